using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

class Word
{
    public int Needed { get; }
    public Func<long[], long[]> Action { get; }

    public Word(int needed, Func<long[], long[]> action)
    {
        Needed = needed;
        Action = action;
    }
}

class Program
{
    // How many values a word takes from the stack, and what it puts back.
    static readonly Dictionary<string, Word> Words = new Dictionary<string, Word>
    {
        ["+"] = new Word(2, top => new[] { top[0] + top[1] }),
        ["-"] = new Word(2, top => new[] { top[0] - top[1] }),
        ["*"] = new Word(2, top => new[] { top[0] * top[1] }),
        ["max"] = new Word(2, top => new[] { top.Max() }),
        ["neg"] = new Word(1, top => new[] { -top[0] }),
        ["dup"] = new Word(1, top => new[] { top[0], top[0] }),
        ["swap"] = new Word(2, top => new[] { top[1], top[0] }),
        ["over"] = new Word(2, top => new[] { top[0], top[1], top[0] }),
        ["drop"] = new Word(1, top => new long[0]),
    };

    // The stack after the words of the line; the given one is left as it is.
    static List<long> Run(string line, List<long> before)
    {
        var stack = new List<long>(before);
        foreach (string name in line.Split((char[])null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (Regex.IsMatch(name, "^[+-]?[0-9]+$"))
            {
                stack.Add(long.Parse(name));
                continue;
            }
            if (!Words.TryGetValue(name, out Word word))
            {
                throw new FormatException($"unknown word {name}");
            }
            int rest = stack.Count - word.Needed;
            if (rest < 0)
            {
                throw new FormatException($"{name} needs {word.Needed}, the stack has {stack.Count}");
            }
            long[] top = stack.Skip(rest).ToArray();
            stack.RemoveRange(rest, word.Needed);
            stack.AddRange(word.Action(top));
        }
        return stack;
    }

    static void Main()
    {
        var stack = new List<long>();
        string line;
        while ((line = Console.ReadLine()) != null)
        {
            try
            {
                stack = Run(line, stack);
                Console.WriteLine(stack.Any() ? string.Join(" ", stack) : "empty");
            }
            catch (FormatException error)
            {
                Console.WriteLine($"error: {error.Message}");
            }
        }
    }
}
