using System;
using System.Collections.Generic;
using System.Linq;

class Cable
{
    public string A { get; private set; }
    public string B { get; private set; }
    public long Price { get; private set; }

    public static Cable Parse(string line)
    {
        string[] fields = line.Split(' ');
        string[] houses = fields.Take(2).OrderBy(house => house, StringComparer.Ordinal).ToArray();
        return new Cable { A = houses[0], B = houses[1], Price = long.Parse(fields[2]) };
    }
}

class Network
{
    private readonly Dictionary<string, string> leader = new Dictionary<string, string>();

    public int Houses => leader.Count;

    public string Find(string house)
    {
        if (!leader.ContainsKey(house))
            leader[house] = house;
        if (leader[house] != house)
            leader[house] = Find(leader[house]);
        return leader[house];
    }

    // Connects the houses; false if they were connected already.
    public bool Connect(Cable cable)
    {
        string a = Find(cable.A), b = Find(cable.B);
        leader[a] = b;
        return a != b;
    }
}

class Program
{
    static void Main()
    {
        string[] lines = Console.In.ReadToEnd().Split(new[] { '\n' }, StringSplitOptions.RemoveEmptyEntries);
        var network = new Network();
        List<Cable> chosen = lines.Select(Cable.Parse)
            .OrderBy(cable => cable.Price)
            .ThenBy(cable => cable.A, StringComparer.Ordinal)
            .ThenBy(cable => cable.B, StringComparer.Ordinal)
            .Where(network.Connect)
            .ToList();
        foreach (Cable cable in chosen)
            Console.WriteLine($"{cable.A}-{cable.B} {cable.Price}");
        long total = chosen.Sum(cable => cable.Price);
        Console.WriteLine($"total {total}, parts {network.Houses - chosen.Count}");
    }
}
