using System;
using System.Collections.Generic;
using System.Linq;

struct Point
{
    public Point(long x, long y)
    {
        X = x;
        Y = y;
    }

    public long X { get; }

    public long Y { get; }

    // Positive when the way from this point over a to b turns left.
    public long Cross(Point a, Point b) => (a.X - X) * (b.Y - Y) - (a.Y - Y) * (b.X - X);

    public override string ToString() => $"{X} {Y}";
}

class Program
{
    // One side of the hull, without its last point, which begins the other side.
    static List<Point> Chain(IEnumerable<Point> points)
    {
        var kept = new List<Point>();
        foreach (var point in points)
        {
            while (kept.Count >= 2 && kept[kept.Count - 2].Cross(kept[kept.Count - 1], point) <= 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }
            kept.Add(point);
        }
        kept.RemoveAt(kept.Count - 1);
        return kept;
    }

    static List<Point> ConvexHull(List<Point> ordered)
    {
        if (ordered.Count <= 1)
        {
            return ordered;
        }
        return Chain(ordered).Concat(Chain(Enumerable.Reverse(ordered))).ToList();
    }

    static long DoubleArea(List<Point> hull)
    {
        return hull.Select((a, i) => new Point(0, 0).Cross(a, hull[(i + 1) % hull.Count])).Sum();
    }

    static void Main()
    {
        var words = Console.In.ReadToEnd().Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length % 2 == 1)
        {
            Console.WriteLine("the last point has no y");
            return;
        }
        var points = Enumerable.Range(0, words.Length / 2)
            .Select(i => new Point(long.Parse(words[2 * i]), long.Parse(words[2 * i + 1])))
            .Distinct()
            .OrderBy(p => p.X).ThenBy(p => p.Y)
            .ToList();
        var hull = ConvexHull(points);
        hull.ForEach(point => Console.WriteLine(point));
        long area = DoubleArea(hull);
        Console.WriteLine($"corners: {hull.Count} of {points.Count} points, area: {area / 2}.{area % 2 * 5}");
    }
}
