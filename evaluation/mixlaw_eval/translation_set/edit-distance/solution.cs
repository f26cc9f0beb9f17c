using System;
using System.Collections.Generic;

class Program
{
    static int[,] DistanceTable(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }
                int swap = table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                table[i, j] = Math.Min(swap, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
            }
        }
        return table;
    }

    // Walks back from the corner: replacing is preferred to deleting, and deleting to inserting.
    static Stack<string> Edits(string a, string b)
    {
        int[,] table = DistanceTable(a, b);
        var steps = new Stack<string>();
        int i = a.Length, j = b.Length;
        while (i > 0 || j > 0)
        {
            bool same = i > 0 && j > 0 && a[i - 1] == b[j - 1];
            if (i > 0 && j > 0 && table[i, j] == table[i - 1, j - 1] + (same ? 0 : 1))
            {
                i--;
                j--;
                if (!same)
                    steps.Push($"replace '{a[i]}' by '{b[j]}' at {i}");
            }
            else if (i > 0 && table[i, j] == table[i - 1, j] + 1)
            {
                i--;
                steps.Push($"delete '{a[i]}' at {i}");
            }
            else
            {
                j--;
                steps.Push($"insert '{b[j]}' at {i}");
            }
        }
        return steps;
    }

    static void Main()
    {
        string first = Console.ReadLine() ?? "";
        string second = Console.ReadLine() ?? "";
        Stack<string> steps = Edits(first, second);
        Console.WriteLine($"distance {steps.Count}");
        foreach (string step in steps)
            Console.WriteLine(step);
    }
}
