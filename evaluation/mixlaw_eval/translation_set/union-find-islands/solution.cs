using System;
using System.Collections.Generic;
using System.Linq;

class DisjointSets
{
    private readonly int[] parent;

    public DisjointSets(int count)
    {
        parent = Enumerable.Range(0, count).ToArray();
    }

    public int Find(int item)
    {
        if (parent[item] != item)
            parent[item] = Find(parent[item]);
        return parent[item];
    }

    public void Join(int a, int b)
    {
        parent[Find(a)] = Find(b);
    }
}

class Program
{
    // Joins neighbours with the same letter; '.' is sea.
    static DisjointSets FindRegions(string cells, int width)
    {
        var sets = new DisjointSets(cells.Length);
        for (int cell = 0; cell < cells.Length; cell++)
        {
            bool hasRight = (cell + 1) % width != 0;
            bool hasBelow = cell + width < cells.Length;
            if (hasRight && cells[cell + 1] == cells[cell])
                sets.Join(cell, cell + 1);
            if (hasBelow && cells[cell + width] == cells[cell])
                sets.Join(cell, cell + width);
        }
        return sets;
    }

    static void Main()
    {
        string[] grid = Console.In.ReadToEnd().Split(new[] { '\n' }, StringSplitOptions.RemoveEmptyEntries);
        int width = grid.Select(line => line.Length).DefaultIfEmpty(0).Max();
        string cells = string.Concat(grid.Select(line => line.PadRight(width, '.')));
        DisjointSets sets = FindRegions(cells, width);
        var letters = Enumerable.Range(0, cells.Length)
            .Where(cell => cells[cell] != '.')
            .GroupBy(cell => sets.Find(cell))
            .GroupBy(region => cells[region.Key], region => region.Count())
            .OrderBy(letter => letter.Key)
            .ToList();
        foreach (var letter in letters)
            Console.WriteLine($"{letter.Key}: {letter.Count()} regions, the largest of {letter.Max()}");
        if (!letters.Any())
            Console.WriteLine("only sea");
    }
}
