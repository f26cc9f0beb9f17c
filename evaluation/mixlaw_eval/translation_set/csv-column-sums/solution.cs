using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

class Program
{
    // The fields of a line; a quoted field may hold commas, and quotes written twice.
    static List<string> SplitRecord(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (!quoted && i > 0 && line[i - 1] == '"')
                {
                    field.Append('"');
                }
                quoted = !quoted;
            }
            else if (line[i] == ',' && !quoted)
            {
                fields.Add(field.ToString().Trim());
                field.Clear();
            }
            else
            {
                field.Append(line[i]);
            }
        }
        if (quoted)
        {
            throw new FormatException("a quote is not closed");
        }
        fields.Add(field.ToString().Trim());
        return fields;
    }

    static string Summarize(IEnumerable<string> values)
    {
        List<string> filled = values.Where(value => value != "").ToList();
        if (filled.Count == 0)
        {
            return "empty";
        }
        if (filled.All(value => Regex.IsMatch(value, "^[+-]?[0-9]{1,15}$")))
        {
            return $"sum {filled.Sum(long.Parse)} of {filled.Count}";
        }
        return $"{filled.Distinct().Count()} different texts";
    }

    static void Main()
    {
        var table = new List<List<string>>();
        string line;
        for (int number = 1; (line = Console.ReadLine()) != null; number++)
        {
            try
            {
                table.Add(SplitRecord(line));
            }
            catch (FormatException error)
            {
                Console.WriteLine($"line {number}: {error.Message}");
                return;
            }
            int wanted = table[0].Count, found = table[number - 1].Count;
            if (found != wanted)
            {
                Console.WriteLine($"line {number}: expected {wanted} fields, found {found}");
                return;
            }
        }
        if (table.Count == 0)
        {
            Console.WriteLine("no header");
            return;
        }
        for (int i = 0; i < table[0].Count; i++)
        {
            int column = i;
            Console.WriteLine($"{table[0][i]}: {Summarize(table.Skip(1).Select(row => row[column]))}");
        }
    }
}
