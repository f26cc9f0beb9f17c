using System;
using System.Collections.Generic;

class Maze
{
    // In alphabetical order, which makes the path found the first of the shortest.
    private const string Moves = "DLRU";
    private static readonly int[] Down = { 1, 0, 0, -1 };
    private static readonly int[] Right = { 0, -1, 1, 0 };

    private readonly string[] grid;

    public Maze(string[] grid)
    {
        this.grid = grid;
    }

    public (int Row, int Column)? Find(char mark)
    {
        int row = Array.FindIndex(grid, line => line.IndexOf(mark) >= 0);
        if (row < 0)
            return null;
        return (row, grid[row].IndexOf(mark));
    }

    public string ShortestPath((int Row, int Column) start, (int Row, int Column) end)
    {
        var paths = new Dictionary<(int, int), string> { [start] = "" };
        var queue = new Queue<(int Row, int Column)>();
        queue.Enqueue(start);
        while (queue.Count > 0)
        {
            var cell = queue.Dequeue();
            if (cell.Equals(end))
                return paths[cell];
            for (int i = 0; i < Moves.Length; i++)
            {
                var next = (Row: cell.Row + Down[i], Column: cell.Column + Right[i]);
                if (IsOpen(next.Row, next.Column) && !paths.ContainsKey(next))
                {
                    paths[next] = paths[cell] + Moves[i];
                    queue.Enqueue(next);
                }
            }
        }
        return null;
    }

    private bool IsOpen(int row, int column)
    {
        bool inside = row >= 0 && row < grid.Length && column >= 0 && column < grid[row].Length;
        return inside && grid[row][column] != '#';
    }
}

class Program
{
    static void Main()
    {
        var maze = new Maze(Console.In.ReadToEnd().Split('\n'));
        var start = maze.Find('S');
        var end = maze.Find('E');
        if (start == null || end == null)
        {
            Console.WriteLine("the maze needs S and E");
            return;
        }
        string path = maze.ShortestPath(start.Value, end.Value);
        Console.WriteLine(path == null ? "no path" : $"{path.Length} steps: {path}");
    }
}
