using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

class Program
{
    // Greedy lines of words; a word longer than the width gets a line of its own.
    static List<List<string>> BreakLines(string[] words, int width)
    {
        var lines = new List<List<string>>();
        int room = -1;
        foreach (string word in words)
        {
            if (word.Length + 1 <= room)
            {
                lines.Last().Add(word);
                room -= word.Length + 1;
            }
            else
            {
                lines.Add(new List<string> { word });
                room = width - word.Length;
            }
        }
        return lines;
    }

    // Fills the line with spaces; the wider gaps come first, or last if fromRight.
    static string Spread(List<string> words, int width, bool fromRight)
    {
        int gaps = words.Count - 1;
        var line = new StringBuilder(words[0]);
        int spaces = width - words.Sum(word => word.Length);
        for (int i = 0; i < gaps; i++)
        {
            int wider = spaces % gaps;
            bool isWider = fromRight ? i >= gaps - wider : i < wider;
            line.Append(' ', spaces / gaps + (isWider ? 1 : 0)).Append(words[i + 1]);
        }
        return line.ToString();
    }

    static string Justify(string[] words, int width)
    {
        List<List<string>> lines = BreakLines(words, width);
        string last = string.Join(" ", lines.Last());
        // The side of the wider gaps alternates, or they would form rivers of white.
        IEnumerable<string> full = lines
            .Take(lines.Count - 1)
            .Select((line, i) => Spread(line, width, i % 2 == 1));
        return string.Join("\n", full.Concat(new[] { last }));
    }

    static void Main()
    {
        string header = Console.ReadLine();
        if (!int.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out int width))
        {
            Console.WriteLine("the first line must be the width");
            return;
        }
        string[] paragraphs = Console.In.ReadToEnd()
            .Split(new[] { "\n\n" }, StringSplitOptions.None)
            .Select(part => part.Split((char[])null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 0)
            .Select(words => Justify(words, width))
            .ToArray();
        Console.WriteLine(paragraphs.Any() ? string.Join("\n\n", paragraphs) : "no text");
    }
}
