using System;

class Program
{
    static void Main()
    {
        var words = Console.ReadLine().Split();
        long a = long.Parse(words[0]);
        long b = long.Parse(words[1]);
        while (b != 0)
        {
            long rest = a % b;
            a = b;
            b = rest;
        }
        Console.WriteLine(Math.Abs(a));
    }
}
