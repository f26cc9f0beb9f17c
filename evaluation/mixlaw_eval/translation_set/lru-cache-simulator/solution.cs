using System;
using System.Collections.Generic;
using System.Linq;

class LruCache
{
    readonly int capacity;
    readonly Dictionary<string, string> values = new Dictionary<string, string>();
    readonly LinkedList<string> recent = new LinkedList<string>();

    public LruCache(int capacity)
    {
        this.capacity = capacity;
    }

    public int Hits { get; private set; }

    public int Misses { get; private set; }

    void Touch(string key)
    {
        recent.Remove(key);
        recent.AddFirst(key);
    }

    public string Get(string key)
    {
        if (!values.TryGetValue(key, out string value))
        {
            Misses++;
            return "miss";
        }
        Hits++;
        Touch(key);
        return value;
    }

    public string Put(string key, string value)
    {
        bool known = values.ContainsKey(key);
        values[key] = value;
        Touch(key);
        if (values.Count <= capacity)
        {
            return known ? "replaced" : "stored";
        }
        string oldest = recent.Last.Value;
        Drop(oldest);
        return $"stored, evicted {oldest}";
    }

    public string Drop(string key)
    {
        recent.Remove(key);
        return values.Remove(key) ? "dropped" : "miss";
    }

    public override string ToString() =>
        recent.Count == 0 ? "empty" : string.Join(" ", recent.Select(key => $"{key}={values[key]}"));
}

class Program
{
    static string Execute(LruCache cache, string line)
    {
        var words = line.Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        switch ($"{words.FirstOrDefault()} {words.Length - 1}")
        {
            case "get 1": return cache.Get(words[1]);
            case "put 2": return cache.Put(words[1], words[2]);
            case "drop 1": return cache.Drop(words[1]);
            default: return $"bad command: {line}";
        }
    }

    static void Main()
    {
        string first = Console.ReadLine();
        if (!int.TryParse(first, out int capacity) || capacity < 1)
        {
            Console.WriteLine($"bad capacity: {first}");
            return;
        }
        var cache = new LruCache(capacity);
        for (string line; (line = Console.ReadLine()) != null;)
        {
            Console.WriteLine(Execute(cache, line));
        }
        Console.WriteLine($"hits {cache.Hits}, misses {cache.Misses}\ncache: {cache}");
    }
}
