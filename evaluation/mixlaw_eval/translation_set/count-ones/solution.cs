using System;

class Program
{
    static void Main()
    {
        int n = int.Parse(Console.ReadLine());
        int ones = 0;
        while (n != 0)
        {
            n &= n - 1;
            ones++;
        }
        Console.WriteLine(ones);
    }
}
