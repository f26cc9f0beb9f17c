using System;
using System.Collections.Generic;
using System.Linq;

class Program
{
    // Every line holds a task and the tasks it needs, which may have lines of their own.
    static SortedDictionary<string, SortedSet<string>> Parse(string text)
    {
        var needs = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (string line in text.Split('\n'))
        {
            string[] words = line.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
            foreach (string word in words.Where(word => !needs.ContainsKey(word)))
                needs[word] = new SortedSet<string>(StringComparer.Ordinal);
            if (words.Any())
                needs[words[0]].UnionWith(words.Skip(1));
        }
        return needs;
    }

    // Takes as many tasks as can be done out of the map, always the alphabetically first that is ready.
    static List<string> TakeInOrder(SortedDictionary<string, SortedSet<string>> waiting)
    {
        var done = new List<string>();
        while (true)
        {
            string task = waiting.Keys.FirstOrDefault(name => waiting[name].Count == 0);
            if (task == null)
                return done;
            done.Add(task);
            waiting.Remove(task);
            foreach (var needed in waiting.Values)
                needed.Remove(task);
        }
    }

    // Follows the first need from the first waiting task until a task returns.
    static IEnumerable<string> FindCycle(SortedDictionary<string, SortedSet<string>> waiting)
    {
        var path = new List<string>();
        string task = waiting.Keys.First();
        while (!path.Contains(task))
        {
            path.Add(task);
            task = waiting[task].Min;
        }
        return path.SkipWhile(name => name != task).Concat(new[] { task });
    }

    static void Main()
    {
        var waiting = Parse(Console.In.ReadToEnd());
        List<string> done = TakeInOrder(waiting);
        if (waiting.Any())
            Console.WriteLine("cycle: " + string.Join(" needs ", FindCycle(waiting)));
        else
            Console.WriteLine(done.Any() ? string.Join(" ", done) : "nothing to do");
    }
}
