using System;
using System.Linq;

struct Range
{
    public int Start { get; }
    public int End { get; }
    public int Length => End - Start;

    public Range(int start, int end)
    {
        Start = start;
        End = end;
    }
}

class Program
{
    const int Shortest = 3;

    // The widest palindrome around the centre, as a half-open range of letters.
    static Range Expand(char[] letters, int left, int right)
    {
        while (left >= 0 && right < letters.Length && letters[left] == letters[right])
        {
            left--;
            right++;
        }
        return new Range(left + 1, right);
    }

    // The longest palindrome, and the first of several that are as long.
    static Range Longest(char[] letters)
    {
        var best = new Range(0, 0);
        for (int centre = 0; centre < letters.Length; centre++)
        {
            foreach (int right in new[] { centre, centre + 1 })
            {
                Range found = Expand(letters, centre, right);
                if (found.Length > best.Length)
                {
                    best = found;
                }
            }
        }
        return best;
    }

    static string Describe(string line)
    {
        int[] places = Enumerable.Range(0, line.Length)
            .Where(i => char.IsLetterOrDigit(line[i]))
            .ToArray();
        char[] letters = places.Select(place => char.ToLowerInvariant(line[place])).ToArray();
        Range best = Longest(letters);
        if (best.Length < Shortest)
        {
            return "none";
        }
        int first = places[best.Start];
        int last = places[best.End - 1];
        return $"{best.Length} at {first + 1}: {line.Substring(first, last - first + 1)}";
    }

    static void Main()
    {
        string line;
        while ((line = Console.ReadLine()) != null)
        {
            Console.WriteLine(Describe(line));
        }
    }
}
