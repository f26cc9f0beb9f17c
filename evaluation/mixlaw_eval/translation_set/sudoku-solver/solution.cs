using System;
using System.Collections.Generic;
using System.Linq;

class Program
{
    static readonly List<int>[] Peers = Enumerable.Range(0, 81)
        .Select(cell => Enumerable.Range(0, 81).Where(other => SeeEachOther(cell, other)).ToList())
        .ToArray();

    static bool SeeEachOther(int a, int b)
    {
        bool sameBox = a / 27 == b / 27 && a % 9 / 3 == b % 9 / 3;
        return a != b && (a / 9 == b / 9 || a % 9 == b % 9 || sameBox);
    }

    static string FindFault(char[] cells)
    {
        if (cells.Length != 81)
            return $"81 cells needed, not {cells.Length}";
        for (int cell = 0; cell < 81; cell++)
        {
            char digit = cells[cell];
            if (digit == '.')
                continue;
            string place = $"row {cell / 9 + 1} column {cell % 9 + 1}";
            if (digit < '1' || digit > '9')
                return $"{place} holds {digit}";
            if (Peers[cell].Any(peer => peer < cell && cells[peer] == digit))
                return $"{place} repeats {digit}";
        }
        return null;
    }

    // Fills the empty cells in reading order with the smallest digits that lead to a solution.
    static bool Solve(char[] cells)
    {
        int empty = Array.IndexOf(cells, '.');
        if (empty < 0)
            return true;
        for (char digit = '1'; digit <= '9'; digit++)
        {
            if (Peers[empty].All(peer => cells[peer] != digit))
            {
                cells[empty] = digit;
                if (Solve(cells))
                    return true;
            }
        }
        cells[empty] = '.';
        return false;
    }

    static void Main()
    {
        char[] cells = Console.In.ReadToEnd().Where(c => !char.IsWhiteSpace(c)).ToArray();
        string fault = FindFault(cells);
        if (fault != null)
        {
            Console.WriteLine($"invalid: {fault}");
        }
        else if (Solve(cells))
        {
            for (int row = 0; row < 9; row++)
                Console.WriteLine(new string(cells, 9 * row, 9));
        }
        else
        {
            Console.WriteLine("no solution");
        }
    }
}
