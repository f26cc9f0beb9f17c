using System;
using System.Collections.Generic;
using System.Linq;

class Section
{
    readonly string name;
    readonly Section parent;

    public Dictionary<string, string> Values { get; } = new Dictionary<string, string>();

    public Section(string name, Section parent)
    {
        this.name = name;
        this.parent = parent;
    }

    // The value, from here or from the nearest section that this one inherits from.
    public string Find(string key)
    {
        return Values.TryGetValue(key, out string value)
            ? $"{value} (from {name})"
            : parent?.Find(key) ?? "not set";
    }
}

class Program
{
    static readonly Dictionary<string, Section> Sections = new Dictionary<string, Section>();
    static Section current;

    static string[] Cut(string text, char separator) =>
        Array.ConvertAll(text.Split(new[] { separator }, 2), part => part.Trim());

    static Section GetSection(string name) =>
        Sections.ContainsKey(name) ? Sections[name] : throw new FormatException($"no section {name}");

    static void OpenSection(string heading)
    {
        var parts = Cut(heading, ':');
        current = null;
        if (Sections.ContainsKey(parts[0]))
        {
            throw new FormatException($"section {parts[0]} again");
        }
        current = new Section(parts[0], parts.Length > 1 ? GetSection(parts[1]) : null);
        Sections.Add(parts[0], current);
    }

    static void Read(string line)
    {
        if (line.StartsWith("[") && line.EndsWith("]"))
        {
            OpenSection(line.Substring(1, line.Length - 2));
        }
        else if (line.StartsWith("?"))
        {
            string query = line.Substring(1).Trim();
            var parts = Cut(query, '.');
            string answer = GetSection(parts[0]).Find(parts.ElementAtOrDefault(1) ?? "");
            Console.WriteLine($"{query}: {answer}");
        }
        else if (line != "" && "#;".IndexOf(line[0]) < 0)
        {
            var pair = Cut(line, '=');
            if (pair.Length < 2 || current == null)
            {
                throw new FormatException("not understood");
            }
            current.Values[pair[0]] = pair[1];
        }
    }

    static void Main()
    {
        string line;
        for (int number = 1; (line = Console.ReadLine()) != null; number++)
        {
            try
            {
                Read(line.Trim());
            }
            catch (FormatException error)
            {
                Console.WriteLine($"line {number}: {error.Message}");
            }
        }
    }
}
