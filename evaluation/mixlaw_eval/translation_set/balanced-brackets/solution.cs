using System;
using System.Collections.Generic;
using System.Linq;

class Bracket
{
    public char Symbol { get; set; }
    public int Line { get; set; }
    public int Column { get; set; }

    public string Place => $"{Line}:{Column}";
}

class Program
{
    static readonly Dictionary<char, char> Closing = new Dictionary<char, char>
    {
        { '(', ')' },
        { '[', ']' },
        { '{', '}' },
    };

    // A quotation ends with its line at the latest.
    static IEnumerable<Bracket> FindBrackets(string line, int row)
    {
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char symbol = line[i];
            if (symbol == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && (Closing.ContainsKey(symbol) || Closing.ContainsValue(symbol)))
            {
                yield return new Bracket { Symbol = symbol, Line = row + 1, Column = i + 1 };
            }
        }
    }

    static string Check(IEnumerable<Bracket> brackets)
    {
        var open = new Stack<Bracket>();
        int pairs = 0, depth = 0;
        foreach (Bracket bracket in brackets)
        {
            if (Closing.ContainsKey(bracket.Symbol))
            {
                open.Push(bracket);
                depth = Math.Max(depth, open.Count);
                continue;
            }
            if (open.Count == 0)
            {
                return $"{bracket.Place}: unexpected '{bracket.Symbol}'";
            }
            Bracket opening = open.Pop();
            if (Closing[opening.Symbol] != bracket.Symbol)
            {
                return $"{bracket.Place}: '{bracket.Symbol}' closes '{opening.Symbol}' of {opening.Place}";
            }
            pairs++;
        }
        if (open.Any())
        {
            Bracket outermost = open.Last();
            return $"{outermost.Place}: '{outermost.Symbol}' is never closed";
        }
        return $"balanced, pairs: {pairs}, depth: {depth}";
    }

    static void Main()
    {
        string[] lines = Console.In.ReadToEnd().Split('\n');
        Console.WriteLine(Check(lines.SelectMany(FindBrackets)));
    }
}
