using System;
using System.Text;
using System.Text.RegularExpressions;

class Program
{
    // Runs as count and character; digits and backslashes are escaped with a backslash.
    static string Encode(string text)
    {
        return Regex.Replace(text, @"(.)\1*", run =>
        {
            string symbol = run.Groups[1].Value;
            string count = run.Length > 1 ? run.Length.ToString() : "";
            string escape = Regex.IsMatch(symbol, @"[0-9\\]") ? "\\" : "";
            return count + escape + symbol;
        });
    }

    static string Decode(string code)
    {
        var text = new StringBuilder();
        int position = 0;
        while (position < code.Length)
        {
            int start = position;
            while (position < code.Length && char.IsDigit(code[position]))
            {
                position++;
            }
            int count = ParseCount(code.Substring(start, position - start));
            if (position < code.Length && code[position] == '\\')
            {
                position++;
            }
            if (position == code.Length)
            {
                throw new FormatException("the code ends too early");
            }
            if (count == 0)
            {
                throw new FormatException("a count is zero");
            }
            text.Append(code[position++], count);
        }
        return text.ToString();
    }

    static int ParseCount(string digits)
    {
        if (digits.Length > 3)
        {
            throw new FormatException($"count {digits} is too large");
        }
        return digits == "" ? 1 : int.Parse(digits);
    }

    static string Answer(string line)
    {
        string[] parts = line.Split(new[] { ' ' }, 2);
        string text = parts.Length > 1 ? parts[1] : "";
        switch (parts[0])
        {
            case "encode": return Encode(text);
            case "decode": return Decode(text);
            default: return $"unknown command: {parts[0]}";
        }
    }

    static void Main()
    {
        string line;
        while ((line = Console.ReadLine()) != null)
        {
            try
            {
                Console.WriteLine(Answer(line));
            }
            catch (FormatException error)
            {
                Console.WriteLine($"error: {error.Message}");
            }
        }
    }
}
