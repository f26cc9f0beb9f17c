using System;

// Recursive descent over one line; each method is a rule of the grammar.
class Parser
{
    readonly string text;
    int position;

    public Parser(string text)
    {
        this.text = text;
    }

    char Current => position < text.Length ? text[position] : '\0';

    public long Parse()
    {
        long value = Sum();
        if (position < text.Length)
        {
            throw Error("expected an operator");
        }
        return value;
    }

    FormatException Error(string message)
    {
        return new FormatException($"{message} at {position + 1}");
    }

    // Moves past the symbol if it comes next.
    bool Accept(char symbol)
    {
        while (Current == ' ')
        {
            position++;
        }
        if (Current != symbol)
        {
            return false;
        }
        position++;
        return true;
    }

    long Sum()
    {
        long value = Product();
        while (true)
        {
            if (Accept('+'))
                value += Product();
            else if (Accept('-'))
                value -= Product();
            else
                return value;
        }
    }

    long Product()
    {
        long value = Factor();
        while (true)
        {
            if (Accept('*'))
                value *= Factor();
            else if (Accept('/'))
                value /= Factor();
            else
                return value;
        }
    }

    long Factor()
    {
        if (Accept('-'))
        {
            return -Factor();
        }
        if (Accept('('))
        {
            long value = Sum();
            return Accept(')') ? value : throw Error("expected ')'");
        }
        int start = position;
        while (char.IsDigit(Current))
        {
            position++;
        }
        if (start == position)
        {
            throw Error("expected a number");
        }
        return long.Parse(text.Substring(start, position - start));
    }
}

class Program
{
    static string Answer(string line)
    {
        try
        {
            return new Parser(line).Parse().ToString();
        }
        catch (FormatException error)
        {
            return $"error: {error.Message}";
        }
        catch (DivideByZeroException)
        {
            return "error: division by zero";
        }
    }

    static void Main()
    {
        string line;
        while ((line = Console.ReadLine()) != null)
        {
            Console.WriteLine(Answer(line));
        }
    }
}
