using System;
using System.Collections.Generic;
using System.Linq;

class Program
{
    const int Limit = 1000000;

    static int[] SmallestFactors()
    {
        var smallest = Enumerable.Range(0, Limit + 1).ToArray();
        for (int n = 2; n * n <= Limit; n++)
        {
            if (smallest[n] != n)
            {
                continue;
            }
            for (int multiple = n * n; multiple <= Limit; multiple += n)
            {
                smallest[multiple] = Math.Min(smallest[multiple], n);
            }
        }
        return smallest;
    }

    static IEnumerable<int> PrimeFactors(int n, int[] smallest)
    {
        while (n > 1)
        {
            yield return smallest[n];
            n /= smallest[n];
        }
    }

    static void Main()
    {
        var smallest = SmallestFactors();
        int best = 0, most = 0;
        var words = Console.In.ReadToEnd().Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words)
        {
            if (!int.TryParse(word, out int n) || n < 1 || n > Limit)
            {
                Console.WriteLine($"{word}: not a number from 1 to {Limit}");
                continue;
            }
            var powers = PrimeFactors(n, smallest).GroupBy(p => p).ToList();
            var terms = powers.Select(g => g.Count() == 1 ? $"{g.Key}" : $"{g.Key}^{g.Count()}");
            string product = n == 1 ? "1" : string.Join(" * ", terms);
            int divisors = powers.Aggregate(1, (count, g) => count * (g.Count() + 1));
            Console.WriteLine($"{n} = {product}, divisors: {divisors}");
            if (divisors > most || (divisors == most && n < best))
            {
                best = n;
                most = divisors;
            }
        }
        Console.WriteLine("most divisors: " + (best == 0 ? "none" : best.ToString()));
    }
}
