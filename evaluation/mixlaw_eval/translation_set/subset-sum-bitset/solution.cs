using System;
using System.Collections;
using System.Linq;

class Program
{
    // Bit s is set when some of the values add up to s.
    static BitArray ReachableSums(int[] values)
    {
        var sums = new BitArray(values.Sum() + 1);
        sums[0] = true;
        int highest = 0;
        foreach (int value in values)
        {
            for (int sum = highest; sum >= 0; sum--)
            {
                sums[sum + value] |= sums[sum];
            }
            highest += value;
        }
        return sums;
    }

    static bool Has(BitArray sums, int sum) => sum >= 0 && sum < sums.Length && sums[sum];

    // The reachable sum nearest to the target; of two as near, the smaller.
    static int Nearest(BitArray sums, int target)
    {
        int distance = 0;
        while (!Has(sums, target - distance) && !Has(sums, target + distance))
        {
            distance++;
        }
        return Has(sums, target - distance) ? target - distance : target + distance;
    }

    static string Answer(BitArray sums, string word)
    {
        if (!int.TryParse(word, out int target) || target < 0 || target > 10000)
        {
            return "not a target from 0 to 10000";
        }
        return Has(sums, target) ? "reachable" : $"nearest is {Nearest(sums, target)}";
    }

    static string[] Words(string text) => text.Split((char[])null, StringSplitOptions.RemoveEmptyEntries);

    static void Main()
    {
        int[] values = Words(Console.ReadLine() ?? "").Select(int.Parse).ToArray();
        int total = values.Sum();
        var sums = ReachableSums(values);
        int half = Nearest(sums, total / 2);
        Console.WriteLine($"{sums.Cast<bool>().Count(bit => bit)} sums up to {total}");
        Console.WriteLine($"fairest split: {half} and {total - half}");
        foreach (var word in Words(Console.In.ReadToEnd()))
        {
            Console.WriteLine($"{word}: {Answer(sums, word)}");
        }
    }
}
