using System;

class Program
{
    const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
    const long Limit = (1L << 53) - 1;

    static int ParseBase(string word)
    {
        if (!int.TryParse(word, out int number) || number < 2 || number > Digits.Length)
        {
            throw new FormatException($"base {word} is not from 2 to 36");
        }
        return number;
    }

    static long ToNumber(string text, int radix)
    {
        if (text == "")
        {
            throw new FormatException("no digits");
        }
        long number = 0;
        foreach (char letter in text)
        {
            int digit = Digits.IndexOf(char.ToLowerInvariant(letter));
            if (digit < 0 || digit >= radix)
            {
                throw new FormatException($"{letter} is not a digit of base {radix}");
            }
            number = number * radix + digit;
            if (number > Limit)
            {
                throw new FormatException("too large");
            }
        }
        return number;
    }

    static string ToText(long number, int radix)
    {
        string text = "";
        do
        {
            text = Digits[(int)(number % radix)] + text;
            number /= radix;
        } while (number > 0);
        return text;
    }

    static string Convert(string line)
    {
        var words = line.Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 3)
        {
            throw new FormatException("expected: digits, base, base");
        }
        int source = ParseBase(words[1]), target = ParseBase(words[2]);
        bool negative = words[0][0] == '-';
        long number = ToNumber(negative ? words[0].Substring(1) : words[0], source);
        return (negative && number > 0 ? "-" : "") + ToText(number, target);
    }

    static void Main()
    {
        for (string line; (line = Console.ReadLine()) != null;)
        {
            try
            {
                Console.WriteLine(Convert(line));
            }
            catch (FormatException e)
            {
                Console.WriteLine($"error: {e.Message}");
            }
        }
    }
}
