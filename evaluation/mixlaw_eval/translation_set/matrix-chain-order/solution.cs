using System;
using System.Collections.Generic;

class Program
{
    // Neighbouring matrices share a side, so a chain of n matrices has n + 1 sizes.
    static List<long> ParseSizes(string[] words)
    {
        var sizes = new List<long>();
        for (int i = 0; i < words.Length; i++)
        {
            string[] sides = words[i].Split('x');
            uint columns = 0;
            if (sides.Length != 2 || !uint.TryParse(sides[0], out uint rows) || !uint.TryParse(sides[1], out columns))
                throw new FormatException($"bad matrix: {words[i]}");
            if (i == 0)
                sizes.Add(rows);
            else if (sizes[i] != rows)
                throw new FormatException($"M{i} and M{i + 1} do not fit");
            sizes.Add(columns);
        }
        return sizes;
    }

    // Cost in scalar multiplications and the bracketed chain; of equal orders the one that splits first.
    static (long Cost, string Text) CheapestOrder(List<long> sizes)
    {
        int count = sizes.Count - 1;
        var best = new (long Cost, string Text)[count + 1, count + 1];
        for (int first = count; first >= 1; first--)
        {
            best[first, first] = (0, $"M{first}");
            for (int last = first + 1; last <= count; last++)
            {
                best[first, last] = (long.MaxValue, "");
                for (int middle = first; middle < last; middle++)
                {
                    var left = best[first, middle];
                    var right = best[middle + 1, last];
                    long cost = left.Cost + right.Cost + sizes[first - 1] * sizes[middle] * sizes[last];
                    if (cost < best[first, last].Cost)
                        best[first, last] = (cost, $"({left.Text} {right.Text})");
                }
            }
        }
        return best[1, count];
    }

    static void Main()
    {
        string[] words = Console.In.ReadToEnd().Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            Console.WriteLine("no matrices");
            return;
        }
        try
        {
            var (cost, text) = CheapestOrder(ParseSizes(words));
            Console.WriteLine($"cost {cost}\n{text}");
        }
        catch (FormatException e)
        {
            Console.WriteLine(e.Message);
        }
    }
}
