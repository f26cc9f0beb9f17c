using System;
using System.Collections.Generic;

class Program
{
    static readonly Dictionary<char, char> Partner = new Dictionary<char, char>
    {
        { ')', '(' },
        { ']', '[' },
        { '}', '{' },
    };

    static bool IsBalanced(string text)
    {
        var stack = new Stack<char>();
        foreach (char c in text)
        {
            if (Partner.ContainsValue(c))
            {
                stack.Push(c);
            }
            else if (Partner.ContainsKey(c) && (stack.Count == 0 || stack.Pop() != Partner[c]))
            {
                return false;
            }
        }
        return stack.Count == 0;
    }

    static void Main()
    {
        Console.WriteLine(IsBalanced(Console.In.ReadToEnd()) ? "yes" : "no");
    }
}
