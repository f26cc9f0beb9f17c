using System;
using System.Text;
using System.Text.RegularExpressions;

class Program
{
    const int Largest = 3999;

    static readonly int[] Values = { 1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1 };

    static readonly string[] Symbols = "M CM D CD C XC L XL X IX V IV I".Split(' ');

    static string ToRoman(int number)
    {
        if (number < 1 || number > Largest)
        {
            throw new FormatException("out of range");
        }
        var numeral = new StringBuilder();
        for (int i = 0; i < Values.Length; i++)
        {
            for (; number >= Values[i]; number -= Values[i])
            {
                numeral.Append(Symbols[i]);
            }
        }
        return numeral.ToString();
    }

    static int FromRoman(string numeral)
    {
        int total = 0;
        string rest = numeral;
        for (int i = 0; i < Symbols.Length; i++)
        {
            while (rest.StartsWith(Symbols[i], StringComparison.Ordinal))
            {
                total += Values[i];
                rest = rest.Substring(Symbols[i].Length);
            }
        }
        // Only one spelling of a number is right: IIII and VX are not numerals.
        if (rest != "" || total < 1 || total > Largest || ToRoman(total) != numeral)
        {
            throw new FormatException("not a numeral");
        }
        return total;
    }

    static string Convert(string text)
    {
        return Regex.IsMatch(text, "^[+-]?[0-9]{1,9}$")
            ? ToRoman(int.Parse(text))
            : FromRoman(text.ToUpperInvariant()).ToString();
    }

    static void Main()
    {
        string[] texts = Console.In.ReadToEnd().Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        int rejected = 0;
        foreach (string text in texts)
        {
            try
            {
                Console.WriteLine($"{text} = {Convert(text)}");
            }
            catch (FormatException error)
            {
                Console.WriteLine($"{text}: {error.Message}");
                rejected++;
            }
        }
        Console.WriteLine($"{texts.Length - rejected} converted, {rejected} rejected");
    }
}
