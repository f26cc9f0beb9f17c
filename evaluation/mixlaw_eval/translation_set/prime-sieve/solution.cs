using System;
using System.Collections.Generic;

class Program
{
    static List<int> PrimesUpTo(int limit)
    {
        var composite = new bool[limit + 1];
        var primes = new List<int>();
        for (int n = 2; n <= limit; n++)
        {
            if (composite[n])
            {
                continue;
            }
            primes.Add(n);
            for (long multiple = (long)n * n; multiple <= limit; multiple += n)
            {
                composite[multiple] = true;
            }
        }
        return primes;
    }

    static void Main()
    {
        int limit = int.Parse(Console.ReadLine());
        Console.WriteLine(string.Join(" ", PrimesUpTo(limit)));
    }
}
