using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

class Item
{
    public string Name { get; private set; }
    public int Weight { get; private set; }
    public int Value { get; private set; }

    public static Item Parse(string line)
    {
        if (!Regex.IsMatch(line, @"^\w+ \d+ \d+$"))
            throw new FormatException($"bad item: {line}");
        string[] fields = line.Split(' ');
        return new Item { Name = fields[0], Weight = int.Parse(fields[1]), Value = int.Parse(fields[2]) };
    }
}

class Program
{
    // The best selection; an item is left behind where it makes no difference.
    static IEnumerable<Item> Pack(IList<Item> items, int capacity)
    {
        var best = new int[items.Count + 1, capacity + 1];
        for (int i = items.Count - 1; i >= 0; i--)
        {
            for (int room = 0; room <= capacity; room++)
            {
                best[i, room] = best[i + 1, room];
                if (items[i].Weight <= room)
                    best[i, room] = Math.Max(best[i, room], best[i + 1, room - items[i].Weight] + items[i].Value);
            }
        }
        for (int i = 0, room = capacity; i < items.Count; i++)
        {
            if (best[i, room] > best[i + 1, room])
            {
                room -= items[i].Weight;
                yield return items[i];
            }
        }
    }

    static void Main()
    {
        if (!int.TryParse(Console.ReadLine(), out int capacity) || capacity < 0)
        {
            Console.WriteLine("bad capacity");
            return;
        }
        var items = new List<Item>();
        try
        {
            for (string line = Console.ReadLine(); line != null; line = Console.ReadLine())
                items.Add(Item.Parse(line));
        }
        catch (FormatException e)
        {
            Console.WriteLine(e.Message);
            return;
        }
        List<Item> chosen = Pack(items, capacity).ToList();
        Console.WriteLine($"value {chosen.Sum(item => item.Value)}, weight {chosen.Sum(item => item.Weight)}");
        Console.WriteLine(chosen.Any() ? string.Join(" ", chosen.Select(item => item.Name)) : "nothing");
    }
}
