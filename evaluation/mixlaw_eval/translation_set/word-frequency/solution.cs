using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

class WordCount
{
    public string Word { get; set; }
    public int Count { get; set; }
}

class Program
{
    static readonly Regex WordPattern = new Regex("[a-z](?:[a-z']*[a-z])?");

    static List<WordCount> RankWords(string text, int shortest)
    {
        return WordPattern.Matches(text.ToLowerInvariant())
            .Cast<Match>()
            .Where(match => match.Length >= shortest)
            .GroupBy(match => match.Value)
            .Select(group => new WordCount { Word = group.Key, Count = group.Count() })
            .OrderByDescending(item => item.Count)
            .ThenBy(item => item.Word, StringComparer.Ordinal)
            .ToList();
    }

    // Words that tie with the last one shown are shown too.
    static IEnumerable<WordCount> MostCommon(List<WordCount> ranked, int limit)
    {
        if (ranked.Count == 0 || limit == 0)
        {
            return Enumerable.Empty<WordCount>();
        }
        int threshold = ranked[Math.Min(limit, ranked.Count) - 1].Count;
        return ranked.TakeWhile(item => item.Count >= threshold);
    }

    static void Main()
    {
        Match header = Regex.Match(Console.ReadLine() ?? "", "^([0-9]+) ([0-9]+)$");
        if (!header.Success)
        {
            Console.WriteLine("expected: LIMIT SHORTEST");
            return;
        }
        int limit = int.Parse(header.Groups[1].Value);
        int shortest = int.Parse(header.Groups[2].Value);
        List<WordCount> ranked = RankWords(Console.In.ReadToEnd(), shortest);
        int total = ranked.Sum(item => item.Count);
        foreach (WordCount item in MostCommon(ranked, limit))
        {
            int share = item.Count * 1000 / total;
            Console.WriteLine($"{item.Word} {item.Count} {share / 10}.{share % 10}%");
        }
        Console.WriteLine($"total {total}, distinct {ranked.Count}");
    }
}
