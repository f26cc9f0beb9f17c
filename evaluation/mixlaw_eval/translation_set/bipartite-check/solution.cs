using System;
using System.Collections.Generic;
using System.Linq;

class Party
{
    private readonly SortedDictionary<string, SortedSet<string>> quarrels =
        new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
    private readonly Dictionary<string, int> tables = new Dictionary<string, int>();
    private readonly Dictionary<string, string> before = new Dictionary<string, string>();

    public void AddLine(string line)
    {
        string[] guests = line.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
        foreach (string guest in guests.Where(guest => !quarrels.ContainsKey(guest)))
            quarrels[guest] = new SortedSet<string>(StringComparer.Ordinal);
        if (guests.Length < 2)
            return;
        quarrels[guests[0]].Add(guests[1]);
        quarrels[guests[1]].Add(guests[0]);
    }

    // Seats every guest, or gives an odd cycle.
    public string Seat()
    {
        foreach (string first in quarrels.Keys.Where(guest => !tables.ContainsKey(guest)))
        {
            tables[first] = 1;
            var queue = new Queue<string>(new[] { first });
            while (queue.Count > 0)
            {
                string guest = queue.Dequeue();
                foreach (string other in quarrels[guest])
                {
                    if (!tables.ContainsKey(other))
                    {
                        tables[other] = 3 - tables[guest];
                        before[other] = guest;
                        queue.Enqueue(other);
                    }
                    else if (tables[other] == tables[guest])
                        return CloseCycle(guest, other);
                }
            }
        }
        return null;
    }

    public void Print(int table)
    {
        var guests = quarrels.Keys.Where(guest => tables[guest] == table);
        Console.WriteLine($"table {table}:" + string.Concat(guests.Select(guest => " " + guest)));
    }

    // Joins the ways back from two guests to where they meet.
    private string CloseCycle(string left, string right)
    {
        return left == right ? left : $"{left} {CloseCycle(before[left], before[right])} {right}";
    }
}

class Program
{
    static void Main()
    {
        var party = new Party();
        foreach (string line in Console.In.ReadToEnd().Split('\n'))
            party.AddLine(line);
        string cycle = party.Seat();
        if (cycle == null)
        {
            party.Print(1);
            party.Print(2);
        }
        else
            Console.WriteLine($"odd cycle: {cycle}");
    }
}
