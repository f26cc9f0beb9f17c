using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

class Program
{
    static readonly Regex Placeholder = new Regex(@"\{\{(.*?)\}\}", RegexOptions.Singleline);

    static Dictionary<string, string> ReadValues(string head)
    {
        var values = new Dictionary<string, string>();
        string[] lines = head.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i]))
            {
                continue;
            }
            string[] parts = lines[i].Split(new[] { '=' }, 2);
            if (parts.Length < 2 || parts[0].Trim() == "")
            {
                throw new FormatException($"line {i + 1}: expected name=value");
            }
            values[parts[0].Trim()] = parts[1].Trim();
        }
        return values;
    }

    // Replaces {{name}} and {{name|default}}, and lists the names that have neither value.
    static string Fill(string template, Dictionary<string, string> values, List<string> missing)
    {
        return Placeholder.Replace(template, match =>
        {
            string[] parts = match.Groups[1].Value.Split(new[] { '|' }, 2);
            string name = parts[0].Trim();
            if (values.TryGetValue(name, out string value))
            {
                return value;
            }
            if (parts.Length > 1)
            {
                return parts[1].Trim();
            }
            missing.Add(name);
            return $"<{name}>";
        });
    }

    static void Main()
    {
        string[] parts = Console.In.ReadToEnd().Split(new[] { "---\n" }, 2, StringSplitOptions.None);
        if (parts.Length < 2)
        {
            Console.WriteLine("no template");
            return;
        }
        try
        {
            var missing = new List<string>();
            Console.Write(Fill(parts[1], ReadValues(parts[0]), missing));
            foreach (var group in missing.GroupBy(name => name).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                Console.WriteLine($"missing {group.Key}: {group.Count()}");
            }
        }
        catch (FormatException error)
        {
            Console.WriteLine(error.Message);
        }
    }
}
