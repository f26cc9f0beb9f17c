using System;
using System.Collections.Generic;
using System.Text.RegularExpressions;

class Program
{
    static readonly string[] Small = (
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen " +
        "fifteen sixteen seventeen eighteen nineteen").Split(' ');

    static readonly string[] Tens =
        "twenty thirty forty fifty sixty seventy eighty ninety".Split(' ');

    static readonly KeyValuePair<long, string>[] Scales =
    {
        new KeyValuePair<long, string>(1000000000, "billion"),
        new KeyValuePair<long, string>(1000000, "million"),
        new KeyValuePair<long, string>(1000, "thousand"),
        new KeyValuePair<long, string>(100, "hundred"),
    };

    static string BelowHundred(long number)
    {
        if (number < 20)
        {
            return Small[number];
        }
        string ones = number % 10 > 0 ? "-" + Small[number % 10] : "";
        return Tens[number / 10 - 2] + ones;
    }

    static string InWords(long number)
    {
        if (number < 0)
        {
            return $"minus {InWords(-number)}";
        }
        if (number < 100)
        {
            return BelowHundred(number);
        }
        var words = new List<string>();
        foreach (var scale in Scales)
        {
            if (number >= scale.Key)
            {
                words.Add(InWords(number / scale.Key));
                words.Add(scale.Value);
                number %= scale.Key;
            }
        }
        if (number > 0)
        {
            words.Add("and");
            words.Add(BelowHundred(number));
        }
        return string.Join(" ", words);
    }

    static string Answer(string text)
    {
        Match match = Regex.Match(text, "^-?([0-9]+)$");
        if (!match.Success)
        {
            return $"{text}: not a number";
        }
        bool large = match.Groups[1].Length > 12;
        return large ? $"{text}: too large" : InWords(long.Parse(text));
    }

    static void Main()
    {
        string line;
        while ((line = Console.ReadLine()) != null)
        {
            Console.WriteLine(Answer(line.Trim()));
        }
    }
}
