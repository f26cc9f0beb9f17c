using System;
using System.Collections.Generic;
using System.Linq;

class Program
{
    // Indices of the subsequence; tails holds the smallest end of a run of every length so far.
    static List<int> LongestIncreasing(IList<long> numbers)
    {
        var tails = new List<long>();
        var ends = new List<int>();
        var before = new int[numbers.Count];
        for (int i = 0; i < numbers.Count; i++)
        {
            int place = tails.BinarySearch(numbers[i]);
            if (place < 0)
                place = ~place;
            before[i] = place > 0 ? ends[place - 1] : -1;
            if (place == tails.Count)
            {
                tails.Add(numbers[i]);
                ends.Add(i);
            }
            else
            {
                tails[place] = numbers[i];
                ends[place] = i;
            }
        }
        var chain = new List<int>();
        for (int i = ends.Count > 0 ? ends.Last() : -1; i >= 0; i = before[i])
            chain.Add(i);
        chain.Reverse();
        return chain;
    }

    static void Main()
    {
        string[] words = Console.In.ReadToEnd().Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        var numbers = new List<long>();
        foreach (string word in words)
        {
            if (!long.TryParse(word, out long number))
            {
                Console.WriteLine($"not an integer: {word}");
                return;
            }
            numbers.Add(number);
        }
        List<int> chain = LongestIncreasing(numbers);
        Console.WriteLine($"{chain.Count} of {numbers.Count}");
        if (chain.Count == 0)
            return;
        Console.WriteLine("values: " + string.Join(" ", chain.Select(i => numbers[i])));
        Console.WriteLine("places: " + string.Join(" ", chain.Select(i => i + 1)));
    }
}
