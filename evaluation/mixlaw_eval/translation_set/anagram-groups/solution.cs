using System;
using System.Collections.Generic;
using System.Linq;

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

    // The phrase in small letters, with single spaces.
    static string Tidy(string line)
    {
        string[] words = line.ToLowerInvariant()
            .Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        return string.Join(" ", words);
    }

    // The letters in order, which all anagrams have in common.
    static string Signature(string phrase)
    {
        return string.Concat(phrase.Where(char.IsLetter).OrderBy(letter => letter));
    }

    static void Main()
    {
        List<IGrouping<string, string>> groups = ReadLines()
            .Select(Tidy)
            .Distinct()
            .OrderBy(phrase => phrase, StringComparer.Ordinal)
            .GroupBy(Signature)
            .Where(group => group.Key != "")
            .ToList();
        List<IGrouping<string, string>> anagrams = groups
            .Where(group => group.Count() > 1)
            .OrderByDescending(group => group.Count())
            .ThenBy(group => group.First(), StringComparer.Ordinal)
            .ToList();
        foreach (IGrouping<string, string> group in anagrams)
        {
            string members = string.Join(", ", group);
            Console.WriteLine($"{group.Count()} of {group.Key.Length} letters: {members}");
        }
        Console.WriteLine($"groups: {anagrams.Count}, alone: {groups.Count - anagrams.Count}");
    }
}
