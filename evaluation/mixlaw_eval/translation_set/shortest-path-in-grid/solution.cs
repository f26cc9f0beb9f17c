using System;
using System.Collections.Generic;

class Program
{
    static readonly int[,] Moves = { { 1, 0 }, { -1, 0 }, { 0, 1 }, { 0, -1 } };

    // Steps from the first cell to the last, or -1; '#' is a wall.
    static int ShortestPath(string[] grid)
    {
        int rows = grid.Length, columns = grid[0].Length;
        if (grid[0][0] == '#')
        {
            return -1;
        }
        var distance = new int[rows, columns];
        distance[0, 0] = 1;
        var queue = new Queue<int[]>();
        queue.Enqueue(new[] { 0, 0 });
        while (queue.Count > 0)
        {
            int[] cell = queue.Dequeue();
            for (int i = 0; i < 4; i++)
            {
                int row = cell[0] + Moves[i, 0], column = cell[1] + Moves[i, 1];
                bool inside = row >= 0 && row < rows && column >= 0 && column < columns;
                if (inside && grid[row][column] != '#' && distance[row, column] == 0)
                {
                    distance[row, column] = distance[cell[0], cell[1]] + 1;
                    queue.Enqueue(new[] { row, column });
                }
            }
        }
        return distance[rows - 1, columns - 1] - 1;
    }

    static void Main()
    {
        var grid = Console.In.ReadToEnd().Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        Console.WriteLine(ShortestPath(grid));
    }
}
