using System;
using System.Linq;

class Program
{
    static void Main()
    {
        var words = Console.In.ReadToEnd().ToLowerInvariant()
            .Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        var groups = words
            .GroupBy(word => word)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.Key, StringComparer.Ordinal);
        foreach (var group in groups)
        {
            Console.WriteLine("{0} {1}", group.Key, group.Count());
        }
    }
}
