using System;
using System.Linq;
using System.Text;

class Program
{
    // Entry [i, j] belongs to the rest of a from i on and the rest of b from j on.
    static int[,] SuffixLengths(string a, string b)
    {
        var lengths = new int[a.Length + 1, b.Length + 1];
        for (int i = a.Length - 1; i >= 0; i--)
        {
            for (int j = b.Length - 1; j >= 0; j--)
            {
                lengths[i, j] = a[i] == b[j]
                    ? lengths[i + 1, j + 1] + 1
                    : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }
        return lengths;
    }

    // The smallest in character order of all longest common subsequences.
    static string FirstCommonSubsequence(string a, string b)
    {
        int[,] lengths = SuffixLengths(a, b);
        char[] alphabet = a.Intersect(b).OrderBy(c => c).ToArray();
        var found = new StringBuilder();
        int i = 0, j = 0;
        while (lengths[i, j] > 0)
        {
            foreach (char c in alphabet)
            {
                int nextI = a.IndexOf(c, i), nextJ = b.IndexOf(c, j);
                if (nextI >= 0 && nextJ >= 0 && lengths[nextI, nextJ] == lengths[i, j])
                {
                    found.Append(c);
                    i = nextI + 1;
                    j = nextJ + 1;
                    break;
                }
            }
        }
        return found.ToString();
    }

    static void Main()
    {
        string first = Console.ReadLine() ?? "";
        string second = Console.ReadLine() ?? "";
        string common = FirstCommonSubsequence(first, second);
        Console.WriteLine(common == "" ? "nothing in common" : $"{common.Length}: {common}");
    }
}
