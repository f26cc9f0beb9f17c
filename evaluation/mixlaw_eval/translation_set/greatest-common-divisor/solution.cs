using System;

class Program
{
    static long Gcd(long a, long b)
    {
        return b == 0 ? Math.Abs(a) : Gcd(b, a % b);
    }

    static void Main()
    {
        var words = Console.ReadLine().Split(' ');
        Console.WriteLine(Gcd(long.Parse(words[0]), long.Parse(words[1])));
    }
}
