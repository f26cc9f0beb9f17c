using System;
using System.Collections.Generic;
using System.Linq;

class Program
{
    static readonly int[] Around = { -1, 0, 1 };

    static int Neighbours(string[] rows, int row, int column)
    {
        int height = rows.Length, width = rows[0].Length;
        var signs =
            from down in Around
            from right in Around
            where down != 0 || right != 0
            select rows[(row + down + height) % height][(column + right + width) % width];
        return signs.Count(sign => sign == '#');
    }

    static char Next(string[] rows, int row, int column)
    {
        int count = Neighbours(rows, row, column);
        return count == 3 || (count == 2 && rows[row][column] == '#') ? '#' : '.';
    }

    // The next generation on a torus: rows and columns go on at the other side.
    static string[] Step(string[] rows)
    {
        return rows.Select((line, r) => string.Concat(line.Select((_, c) => Next(rows, r, c)))).ToArray();
    }

    static IEnumerable<string> ReadLines()
    {
        for (string line; (line = Console.ReadLine()) != null;)
        {
            yield return line;
        }
    }

    static bool IsGrid(string[] rows)
    {
        return rows.Length > 0
            && rows.All(row => row.Length == rows[0].Length && row.All(sign => sign == '#' || sign == '.'));
    }

    static void Main()
    {
        var lines = ReadLines().ToList();
        var rows = lines.Skip(1).ToArray();
        if (!uint.TryParse(lines.FirstOrDefault(), out uint generations) || !IsGrid(rows))
        {
            Console.WriteLine("expected: number of generations, then rows of # and . of one length");
            return;
        }
        for (int generation = 0; generation < generations; generation++)
        {
            var following = Step(rows);
            if (following.SequenceEqual(rows))
            {
                Console.WriteLine($"still from generation {generation}");
                break;
            }
            rows = following;
        }
        Console.WriteLine(string.Join("\n", rows));
        Console.WriteLine($"alive: {rows.Sum(row => row.Count(sign => sign == '#'))}");
    }
}
