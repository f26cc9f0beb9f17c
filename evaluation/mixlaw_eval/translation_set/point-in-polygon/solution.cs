using System;
using System.Collections.Generic;
using System.Linq;

class Edge
{
    readonly (long X, long Y) a, b;

    public Edge((long X, long Y) a, (long X, long Y) b)
    {
        this.a = a;
        this.b = b;
    }

    long Cross((long X, long Y) p) => (b.X - a.X) * (p.Y - a.Y) - (b.Y - a.Y) * (p.X - a.X);

    public bool Holds((long X, long Y) p)
    {
        bool between = Math.Min(a.X, b.X) <= p.X && p.X <= Math.Max(a.X, b.X)
            && Math.Min(a.Y, b.Y) <= p.Y && p.Y <= Math.Max(a.Y, b.Y);
        return between && Cross(p) == 0;
    }

    // Whether the edge meets the ray that goes right from p; an edge holds its lower end only.
    public bool CrossesRay((long X, long Y) p)
    {
        return a.Y <= b.Y
            ? a.Y <= p.Y && p.Y < b.Y && Cross(p) > 0
            : b.Y <= p.Y && p.Y < a.Y && Cross(p) < 0;
    }
}

class Program
{
    static string Locate(List<Edge> edges, (long X, long Y) p)
    {
        if (edges.Any(edge => edge.Holds(p)))
        {
            return "boundary";
        }
        return edges.Count(edge => edge.CrossesRay(p)) % 2 == 1 ? "inside" : "outside";
    }

    static List<(long X, long Y)> ParsePoints(string text)
    {
        var numbers = text.Split((char[])null, StringSplitOptions.RemoveEmptyEntries).Select(long.Parse).ToList();
        return Enumerable.Range(0, numbers.Count / 2).Select(i => (numbers[2 * i], numbers[2 * i + 1])).ToList();
    }

    static void Main()
    {
        var corners = ParsePoints(Console.ReadLine() ?? "");
        if (corners.Count < 3)
        {
            Console.WriteLine("a polygon has at least 3 corners");
            return;
        }
        var edges = corners.Select((corner, i) => new Edge(corner, corners[(i + 1) % corners.Count])).ToList();
        var places = new List<string>();
        foreach (var p in ParsePoints(Console.In.ReadToEnd()))
        {
            places.Add(Locate(edges, p));
            Console.WriteLine($"({p.X}, {p.Y}): {places.Last()}");
        }
        var counts = new[] { "inside", "boundary", "outside" }.Select(name => $"{name} {places.Count(p => p == name)}");
        Console.WriteLine(string.Join(", ", counts));
    }
}
