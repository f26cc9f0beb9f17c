using System;
using System.Collections.Generic;
using System.Linq;

class Program
{
    const int Largest = 10;

    // Every way to complete the board, by the column of the queen in each row, smallest columns first.
    static IEnumerable<int[]> Placements(int size, int[] columns)
    {
        if (columns.Length == size)
            return new[] { columns };
        return Enumerable.Range(0, size)
            .Where(column => IsSafe(columns, column))
            .SelectMany(column => Placements(size, columns.Concat(new[] { column }).ToArray()));
    }

    static bool IsSafe(int[] columns, int column)
    {
        for (int above = 0; above < columns.Length; above++)
        {
            int distance = Math.Abs(columns[above] - column);
            if (distance == 0 || distance == columns.Length - above)
                return false;
        }
        return true;
    }

    static string Draw(int[] columns)
    {
        var lines = columns.Select(column => "Q".PadLeft(column + 1, '.').PadRight(columns.Length, '.'));
        return string.Join("\n", lines);
    }

    static string Report(string word)
    {
        if (!int.TryParse(word, out int size) || size < 1 || size > Largest)
            return $"{word}: not a size from 1 to {Largest}";
        List<int[]> solutions = Placements(size, new int[0]).ToList();
        if (solutions.Count == 0)
            return $"{word}: no solution";
        return $"{word}: {solutions.Count}\n{Draw(solutions[0])}";
    }

    static void Main()
    {
        string[] words = Console.In.ReadToEnd().Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        foreach (string word in words)
            Console.WriteLine(Report(word));
        if (words.Length == 0)
            Console.WriteLine("no boards");
    }
}
