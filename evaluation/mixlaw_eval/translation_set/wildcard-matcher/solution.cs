using System;
using System.Collections.Generic;
using System.Linq;

class Rule
{
    public string Text { get; }
    public bool Drops => Text.StartsWith("!", StringComparison.Ordinal);

    public Rule(string text)
    {
        Text = text;
    }

    // Whether the pattern covers the name: ? is any character, * any number of them.
    public bool Matches(string name)
    {
        string pattern = Drops ? Text.Substring(1) : Text;
        int p = 0, n = 0, star = -1, resume = 0;
        while (n < name.Length)
        {
            char expected = p < pattern.Length ? pattern[p] : '\0';
            if (expected == '*')
            {
                star = p++;
                resume = n;
            }
            else if (expected == '?' || expected == name[n])
            {
                p++;
                n++;
            }
            else if (star >= 0)
            {
                // Let the last star take one character more.
                p = star + 1;
                n = ++resume;
            }
            else
            {
                return false;
            }
        }
        return pattern.Skip(p).All(c => c == '*');
    }
}

class Program
{
    static IEnumerable<string> ReadLines()
    {
        string line;
        while ((line = Console.ReadLine()) != null)
        {
            yield return line;
        }
    }

    static void Main()
    {
        List<Rule> rules = ReadLines().TakeWhile(line => line != "").Select(line => new Rule(line)).ToList();
        List<string> names = ReadLines().Where(line => line != "").ToList();
        int kept = 0;
        foreach (string name in names)
        {
            Rule rule = rules.LastOrDefault(candidate => candidate.Matches(name));
            if (rule == null)
            {
                Console.WriteLine($"{name}: no rule");
                continue;
            }
            kept += rule.Drops ? 0 : 1;
            string verdict = rule.Drops ? "dropped" : "kept";
            Console.WriteLine($"{name}: {verdict} by {rule.Text}");
        }
        Console.WriteLine($"kept {kept} of {names.Count}");
    }
}
