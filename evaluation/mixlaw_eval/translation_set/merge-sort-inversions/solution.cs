using System;
using System.Linq;

class Program
{
    // Sorts the numbers in place and counts the pairs that were in the wrong order.
    static long MergeSort(long[] numbers)
    {
        if (numbers.Length < 2)
            return 0;
        int middle = numbers.Length / 2;
        long[] left = numbers.Take(middle).ToArray();
        long[] right = numbers.Skip(middle).ToArray();
        long inversions = MergeSort(left) + MergeSort(right);
        return inversions + Merge(left, right, numbers);
    }

    static long Merge(long[] left, long[] right, long[] target)
    {
        long inversions = 0;
        int i = 0, j = 0;
        while (i + j < target.Length)
        {
            bool takeRight = i == left.Length || (j < right.Length && right[j] < left[i]);
            if (takeRight)
            {
                target[i + j] = right[j];
                inversions += left.Length - i;
                j++;
            }
            else
            {
                target[i + j] = left[i];
                i++;
            }
        }
        return inversions;
    }

    static void Main()
    {
        long fewest = long.MaxValue;
        int best = 0, count = 0;
        for (string line = Console.ReadLine(); line != null; line = Console.ReadLine())
        {
            count++;
            string[] words = line.Split(new[] { ' ' }, StringSplitOptions.RemoveEmptyEntries);
            long[] numbers = words.Select(long.Parse).ToArray();
            long inversions = MergeSort(numbers);
            Console.WriteLine(inversions + ":" + string.Concat(numbers.Select(n => " " + n)));
            if (inversions < fewest)
            {
                fewest = inversions;
                best = count;
            }
        }
        Console.WriteLine(count == 0 ? "no lines" : $"best sorted: line {best}");
    }
}
