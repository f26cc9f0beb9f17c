using System;

static class Bits
{
    public const int Width = 32;

    public static int CountOnes(uint n)
    {
        int count = 0;
        for (; n != 0; n &= n - 1)
        {
            count++;
        }
        return count;
    }

    public static string HighestBit(uint n)
    {
        int highest = -1;
        for (; n != 0; n >>= 1)
        {
            highest++;
        }
        return highest < 0 ? "none" : highest.ToString();
    }

    public static uint Reverse(uint n)
    {
        uint result = 0;
        for (int i = 0; i < Width; i++)
        {
            result = result << 1 | n >> i & 1;
        }
        return result;
    }

    public static uint Gray(uint n) => n ^ n >> 1;

    // Undoes Gray: every bit is the parity of the code's bits from it upwards.
    public static uint Ungray(uint code)
    {
        for (int shift = 1; shift < Width; shift *= 2)
        {
            code ^= code >> shift;
        }
        return code;
    }

    public static int LongestRun(uint n) => n == 0 ? 0 : 1 + LongestRun(n & n << 1);
}

class Program
{
    static string Report(uint n)
    {
        return $"ones {Bits.CountOnes(n)}, highest {Bits.HighestBit(n)}, reversed {Bits.Reverse(n)}, " +
            $"gray {Bits.Gray(n)}, ungray {Bits.Ungray(n)}, run {Bits.LongestRun(n)}";
    }

    static void Main()
    {
        uint total = 0;
        var words = Console.In.ReadToEnd().Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        foreach (var word in words)
        {
            if (uint.TryParse(word, out uint n))
            {
                Console.WriteLine($"{word}: {Report(n)}");
                total ^= n;
            }
            else
            {
                Console.WriteLine($"{word}: not an unsigned number of {Bits.Width} bits");
            }
        }
        Console.WriteLine($"exclusive or of all: {total:x8}");
    }
}
