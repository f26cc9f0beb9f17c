using System;
using System.Linq;

class Program
{
    static long MedianOfThree(long a, long b, long c)
    {
        return Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
    }

    // The number that would stand at place rank (from 0) if the array were sorted; reorders the array.
    static long QuickSelect(long[] numbers, int rank)
    {
        int low = 0, high = numbers.Length;
        while (true)
        {
            long pivot = MedianOfThree(numbers[low], numbers[(low + high) / 2], numbers[high - 1]);
            int smaller = low, larger = high;
            for (int i = low; i < larger;)
            {
                if (numbers[i] < pivot)
                    Swap(ref numbers[i++], ref numbers[smaller++]);
                else if (numbers[i] > pivot)
                    Swap(ref numbers[i], ref numbers[--larger]);
                else
                    i++;
            }
            if (rank < smaller)
                high = smaller;
            else if (rank >= larger)
                low = larger;
            else
                return pivot;
        }
    }

    static void Swap(ref long a, ref long b)
    {
        long kept = a;
        a = b;
        b = kept;
    }

    // The smallest number that at least so many per cent do not exceed.
    static long Percentile(long[] numbers, long percent)
    {
        long rank = (percent * numbers.Length + 99) / 100;
        return QuickSelect(numbers, (int)Math.Max(rank, 1) - 1);
    }

    static long[] ParseNumbers(string text)
    {
        return text.Split((char[])null, StringSplitOptions.RemoveEmptyEntries).Select(long.Parse).ToArray();
    }

    static void Main()
    {
        long[] percents = ParseNumbers(Console.ReadLine() ?? "");
        long[] numbers = ParseNumbers(Console.In.ReadToEnd());
        if (numbers.Length == 0)
        {
            Console.WriteLine("no numbers");
            return;
        }
        foreach (long percent in percents)
        {
            if (percent < 0 || percent > 100)
                Console.WriteLine($"p{percent} is out of range");
            else
                Console.WriteLine($"p{percent} = {Percentile(numbers, percent)}");
        }
    }
}
