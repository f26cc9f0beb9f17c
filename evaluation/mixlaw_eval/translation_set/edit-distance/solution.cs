using System;
using System.Linq;

class Program
{
    static int EditDistance(string a, string b)
    {
        int[] previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                int edit = Math.Min(previous[j], current[j - 1]) + 1;
                current[j] = Math.Min(edit, previous[j - 1] + cost);
            }
            previous = current;
        }
        return previous[b.Length];
    }

    static void Main()
    {
        string first = Console.ReadLine();
        string second = Console.ReadLine();
        Console.WriteLine(EditDistance(first, second));
    }
}
