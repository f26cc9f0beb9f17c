using System;
using System.Linq;

class Program
{
    // How often each letter of the alphabet occurs in a thousand letters of English text.
    static readonly int[] Weights =
    {
        82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24,
        67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1,
    };

    static int Rotate(int letter, int shift)
    {
        return (letter - shift + Weights.Length) % Weights.Length;
    }

    static char Decode(char symbol, int shift)
    {
        if (!char.IsLetter(symbol))
        {
            return symbol;
        }
        char first = char.IsUpper(symbol) ? 'A' : 'a';
        return (char)(first + Rotate(symbol - first, shift));
    }

    // The text moved back by the shift that looks most like English; the smallest one of a tie.
    static string Solve(string text)
    {
        int[] letters = text
            .Where(char.IsLetter)
            .Select(symbol => char.ToLowerInvariant(symbol) - 'a')
            .ToArray();
        if (letters.Length == 0)
        {
            return "no letters";
        }
        var ranked = Enumerable.Range(0, Weights.Length)
            .Select(shift => new { Shift = shift, Score = letters.Sum(letter => Weights[Rotate(letter, shift)]) })
            .OrderByDescending(candidate => candidate.Score)
            .ThenBy(candidate => candidate.Shift)
            .ToList();
        int best = ranked[0].Shift;
        int lead = ranked[0].Score - ranked[1].Score;
        string plain = string.Concat(text.Select(symbol => Decode(symbol, best)));
        return $"shift {best}, lead {lead}: {plain}";
    }

    static void Main()
    {
        string line;
        while ((line = Console.ReadLine()) != null)
        {
            Console.WriteLine(Solve(line));
        }
    }
}
