using System;
using System.Collections.Generic;

class Program
{
    static readonly Dictionary<string, Func<long, long, long>> Operators =
        new Dictionary<string, Func<long, long, long>>
        {
            { "+", (a, b) => a + b },
            { "-", (a, b) => a - b },
            { "*", (a, b) => a * b },
        };

    static long Evaluate(string[] words)
    {
        var stack = new Stack<long>();
        foreach (var word in words)
        {
            if (Operators.TryGetValue(word, out var apply))
            {
                long right = stack.Pop();
                stack.Push(apply(stack.Pop(), right));
            }
            else
            {
                stack.Push(long.Parse(word));
            }
        }
        if (stack.Count != 1)
        {
            throw new FormatException();
        }
        return stack.Pop();
    }

    static void Main()
    {
        try
        {
            var text = Console.In.ReadToEnd();
            Console.WriteLine(Evaluate(text.Split((char[])null, StringSplitOptions.RemoveEmptyEntries)));
        }
        catch (Exception e) when (e is FormatException || e is InvalidOperationException)
        {
            Console.WriteLine("error");
        }
    }
}
