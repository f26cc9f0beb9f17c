using System;
using System.Collections.Generic;
using System.Linq;

class BigNumber
{
    // The least significant digit first.
    readonly List<int> digits;

    BigNumber(IEnumerable<int> digits) => this.digits = digits.ToList();

    public static BigNumber Parse(string word)
    {
        if (!word.All(c => c >= '0' && c <= '9'))
        {
            throw new FormatException($"not a number: {word}");
        }
        return new BigNumber(word.Reverse().Select(c => c - '0'));
    }

    public static BigNumber operator +(BigNumber a, BigNumber b)
    {
        var sum = new int[Math.Max(a.digits.Count, b.digits.Count) + 1];
        int carry = 0;
        for (int i = 0; i < sum.Length; i++)
        {
            carry += a.digits.ElementAtOrDefault(i) + b.digits.ElementAtOrDefault(i);
            sum[i] = carry % 10;
            carry /= 10;
        }
        return new BigNumber(sum);
    }

    public static BigNumber operator *(BigNumber a, BigNumber b)
    {
        var product = new int[a.digits.Count + b.digits.Count];
        for (int i = 0; i < a.digits.Count; i++)
        {
            int carry = 0;
            for (int j = 0; j < b.digits.Count; j++)
            {
                carry += product[i + j] + a.digits[i] * b.digits[j];
                product[i + j] = carry % 10;
                carry /= 10;
            }
            product[i + b.digits.Count] = carry;
        }
        return new BigNumber(product);
    }

    public override string ToString()
    {
        var number = string.Concat(Enumerable.Reverse(digits)).TrimStart('0');
        return $"{(number == "" ? "0" : number)} (digit sum {digits.Sum()})";
    }
}

class Program
{
    static BigNumber Evaluate(string line)
    {
        var words = line.Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 3 || (words[1] != "+" && words[1] != "*"))
        {
            throw new FormatException("expected: number + number, or number * number");
        }
        var left = BigNumber.Parse(words[0]);
        var right = BigNumber.Parse(words[2]);
        return words[1] == "+" ? left + right : left * right;
    }

    static void Main()
    {
        for (string line; (line = Console.ReadLine()) != null;)
        {
            try
            {
                Console.WriteLine(Evaluate(line));
            }
            catch (FormatException e)
            {
                Console.WriteLine(e.Message);
            }
        }
    }
}
