using System;
using System.Collections.Generic;
using System.Linq;

class Trie
{
    int count;
    readonly SortedDictionary<char, Trie> children = new SortedDictionary<char, Trie>();

    public void Add(string word)
    {
        var node = this;
        foreach (char letter in word)
        {
            if (!node.children.TryGetValue(letter, out Trie child))
            {
                child = node.children[letter] = new Trie();
            }
            node = child;
        }
        node.count++;
    }

    public Trie Descend(string prefix)
    {
        var node = this;
        foreach (char letter in prefix)
        {
            if (!node.children.TryGetValue(letter, out node))
            {
                return null;
            }
        }
        return node;
    }

    // All words below in alphabetical order, each with its count.
    public IEnumerable<KeyValuePair<string, int>> Words(string prefix)
    {
        if (count > 0)
        {
            yield return new KeyValuePair<string, int>(prefix, count);
        }
        foreach (var entry in children.SelectMany(child => child.Value.Words(prefix + child.Key)))
        {
            yield return entry;
        }
    }
}

class Program
{
    const int Shown = 3;

    static string Complete(Trie root, string prefix)
    {
        var node = root.Descend(prefix);
        if (node == null)
        {
            return "no words";
        }
        var found = node.Words(prefix).OrderByDescending(entry => entry.Value).ToList();
        var parts = found.Take(Shown).Select(entry => $"{entry.Key} ({entry.Value})").ToList();
        if (found.Count > Shown)
        {
            parts.Add($"{found.Count - Shown} more");
        }
        return string.Join(", ", parts);
    }

    static void Main()
    {
        var root = new Trie();
        for (string line; (line = Console.ReadLine()) != null;)
        {
            var words = line.Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
            string command = words.FirstOrDefault();
            if (command == "add" && words.Length > 1)
            {
                words.Skip(1).ToList().ForEach(root.Add);
            }
            else if (command == "complete" && words.Length == 2)
            {
                Console.WriteLine($"{words[1]}: {Complete(root, words[1])}");
            }
            else
            {
                Console.WriteLine($"cannot understand: {line}");
            }
        }
    }
}
