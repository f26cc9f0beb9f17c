using System;
using System.Collections.Generic;
using System.Linq;

class Program
{
    // Every line holds two towns and the cost of the road between them, both ways.
    static ILookup<string, (string Town, long Cost)> ParseRoads(IEnumerable<string> lines)
    {
        var roads = new List<(string From, string To, long Cost)>();
        foreach (string line in lines)
        {
            string[] fields = line.Split(' ');
            long cost = 0;
            if (fields.Length != 3 || !long.TryParse(fields[2], out cost) || cost < 0)
                throw new FormatException($"bad road: {line}");
            roads.Add((fields[0], fields[1], cost));
            roads.Add((fields[1], fields[0], cost));
        }
        return roads.ToLookup(road => road.From, road => (road.To, road.Cost));
    }

    // Settles the towns by cost, then by name, which decides between routes of equal cost.
    static string CheapestRoute(ILookup<string, (string Town, long Cost)> roads, string start, string goal)
    {
        var routes = new Dictionary<string, string>();
        var open = new Dictionary<string, (long Cost, string Route)> { [start] = (0, start) };
        while (open.Count > 0)
        {
            string town = open.Keys.OrderBy(t => open[t].Cost).ThenBy(t => t, StringComparer.Ordinal).First();
            var (cost, route) = open[town];
            if (town == goal)
                return $"cost {cost}: {route}";
            open.Remove(town);
            routes[town] = route;
            foreach (var road in roads[town].Where(r => !routes.ContainsKey(r.Town)))
            {
                long total = cost + road.Cost;
                if (!open.ContainsKey(road.Town) || total < open[road.Town].Cost)
                    open[road.Town] = (total, $"{route} > {road.Town}");
            }
        }
        return "no route";
    }

    static void Main()
    {
        try
        {
            string[] towns = (Console.ReadLine() ?? "").Split(' ');
            if (towns.Length != 2)
                throw new FormatException("the first line must name two towns");
            string[] lines = Console.In.ReadToEnd().Split(new[] { '\n' }, StringSplitOptions.RemoveEmptyEntries);
            Console.WriteLine(CheapestRoute(ParseRoads(lines), towns[0], towns[1]));
        }
        catch (FormatException e)
        {
            Console.WriteLine(e.Message);
        }
    }
}
