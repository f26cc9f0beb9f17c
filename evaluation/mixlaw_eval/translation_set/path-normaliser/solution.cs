using System;
using System.Collections.Generic;
using System.Linq;

class Program
{
    // The parts of an absolute path without . and .., and how often .. was above the root.
    static List<string> Normalise(string path, out int above)
    {
        var parts = new List<string>();
        above = 0;
        foreach (string part in path.Split(new[] { '/' }, StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == ".")
            {
                continue;
            }
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                above++;
            }
        }
        return parts;
    }

    static List<string> CommonStart(List<string> first, List<string> second)
    {
        int length = first
            .Zip(second, (a, b) => a == b)
            .TakeWhile(equal => equal)
            .Count();
        return first.GetRange(0, length);
    }

    static string Join(IEnumerable<string> parts)
    {
        return "/" + string.Join("/", parts);
    }

    static void Main()
    {
        var found = new List<List<string>>();
        string line;
        while ((line = Console.ReadLine()) != null)
        {
            if (!line.StartsWith("/", StringComparison.Ordinal))
            {
                Console.WriteLine($"not absolute: {line}");
                continue;
            }
            List<string> parts = Normalise(line, out int above);
            string note = above > 0 ? $" (above the root: {above})" : "";
            Console.WriteLine(Join(parts) + note);
            found.Add(parts);
        }
        if (found.Any())
        {
            Console.WriteLine($"common: {Join(found.Aggregate(CommonStart))}");
        }
        else
        {
            Console.WriteLine("no paths");
        }
    }
}
