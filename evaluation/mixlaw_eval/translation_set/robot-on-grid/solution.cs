using System;
using System.Collections.Generic;
using System.Linq;

class Robot
{
    const string Arrows = "^>v<";
    static readonly int[] Down = { -1, 0, 1, 0 }, Right = { 0, 1, 0, -1 };

    readonly List<string> grid;
    readonly HashSet<(int, int)> visited = new HashSet<(int, int)>();
    int row, column, facing, bumps;

    public Robot(List<string> grid)
    {
        this.grid = grid;
        row = grid.FindIndex(line => line.IndexOfAny(Arrows.ToCharArray()) >= 0);
        if (row >= 0)
        {
            column = grid[row].IndexOfAny(Arrows.ToCharArray());
            facing = Arrows.IndexOf(grid[row][column]);
            visited.Add((row, column));
        }
    }

    public bool Exists => row >= 0;

    bool IsFree(int r, int c)
    {
        return r >= 0 && r < grid.Count && c >= 0 && c < grid[r].Length && grid[r][c] != '#';
    }

    // Goes on until something is in the way.
    void Walk(int steps)
    {
        for (; steps > 0; steps--)
        {
            if (!IsFree(row + Down[facing], column + Right[facing]))
            {
                bumps++;
                return;
            }
            row += Down[facing];
            column += Right[facing];
            visited.Add((row, column));
        }
    }

    public void Execute(string instruction)
    {
        if (instruction == "L" || instruction == "R")
        {
            facing = (facing + (instruction == "R" ? 1 : 3)) % 4;
        }
        else if (instruction.All(char.IsDigit))
        {
            Walk(int.Parse(instruction));
        }
        else
        {
            Console.WriteLine($"ignored: {instruction}");
        }
    }

    public override string ToString() =>
        $"row {row}, column {column}, facing {Arrows[facing]}\nvisited {visited.Count}, bumped {bumps}";
}

class Program
{
    static void Main()
    {
        var lines = Console.In.ReadToEnd().Split('\n');
        var grid = lines.TakeWhile(line => line != "").ToList();
        var robot = new Robot(grid);
        if (!robot.Exists)
        {
            Console.WriteLine("no robot");
            return;
        }
        foreach (var instruction in lines.Skip(grid.Count).SelectMany(line => line.Split(' ')).Where(w => w != ""))
        {
            robot.Execute(instruction);
        }
        Console.WriteLine(robot);
    }
}
