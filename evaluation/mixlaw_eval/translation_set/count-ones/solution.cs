using System;

class Program
{
    static int CountOnes(int n)
    {
        int count = 0;
        while (n != 0)
        {
            n &= n - 1;
            count++;
        }
        return count;
    }

    static void Main()
    {
        var text = Console.In.ReadToEnd();
        foreach (var word in text.Split((char[])null, StringSplitOptions.RemoveEmptyEntries))
        {
            Console.WriteLine(CountOnes(int.Parse(word)));
        }
    }
}
