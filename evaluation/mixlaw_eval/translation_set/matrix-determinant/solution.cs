using System;
using System.Linq;
using System.Text.RegularExpressions;

class Program
{
    static long[][] Parse(string block)
    {
        return block.Trim().Split('\n')
            .Select(line => line.Split((char[])null, StringSplitOptions.RemoveEmptyEntries))
            .Select(words => words.Select(long.Parse).ToArray())
            .ToArray();
    }

    // Fraction-free elimination: every division is exact.
    static long Determinant(long[][] rows)
    {
        int n = rows.Length;
        long sign = 1, previous = 1;
        for (int k = 0; k < n; k++)
        {
            int pivotRow = Array.FindIndex(rows, k, row => row[k] != 0);
            if (pivotRow < 0)
            {
                return 0;
            }
            if (pivotRow != k)
            {
                var swapped = rows[k];
                rows[k] = rows[pivotRow];
                rows[pivotRow] = swapped;
                sign = -sign;
            }
            for (int i = k + 1; i < n; i++)
            {
                for (int j = k + 1; j < n; j++)
                {
                    rows[i][j] = (rows[k][k] * rows[i][j] - rows[i][k] * rows[k][j]) / previous;
                }
            }
            previous = rows[k][k];
        }
        return sign * previous;
    }

    static string Verdict(long[][] matrix)
    {
        if (matrix.Any(row => row.Length != matrix.Length))
        {
            return "not square";
        }
        long value = Determinant(matrix);
        if (value == 0)
        {
            return "singular";
        }
        return Math.Abs(value) == 1 ? $"{value}, inverse is integer" : value.ToString();
    }

    static void Main()
    {
        var blocks = Regex.Split(Console.In.ReadToEnd(), "\n\n+").Where(block => block.Trim() != "").ToList();
        for (int i = 0; i < blocks.Count; i++)
        {
            Console.WriteLine($"matrix {i + 1}: {Verdict(Parse(blocks[i]))}");
        }
        Console.WriteLine($"matrices: {blocks.Count}");
    }
}
