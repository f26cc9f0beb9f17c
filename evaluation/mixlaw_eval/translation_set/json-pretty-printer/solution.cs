using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

// Reads a value, and returns its text with every item on a line of its own.
class Printer
{
    const string StringForm = @"""[^""\\\n]*""";
    const string ScalarForm = StringForm + "|true|false|null|-?[0-9]{1,18}";
    const string TokenForm = StringForm + @"|[a-zA-Z0-9-]+|\S";
    const string End = "end of input";

    readonly List<string> tokens;
    int position;

    public Printer(string text)
    {
        tokens = Regex.Matches(text, TokenForm).Cast<Match>().Select(match => match.Value).ToList();
        tokens.Add(End);
    }

    public string Document()
    {
        string text = Value("");
        Expect(End, End);
        return text;
    }

    bool Accept(string token)
    {
        bool found = tokens[position] == token;
        position += found ? 1 : 0;
        return found;
    }

    string Expect(string form, string name)
    {
        string token = tokens[position++];
        if (!Regex.IsMatch(token, $"^(?:{form})$"))
        {
            throw new FormatException($"token {position}: expected {name}, found {token}");
        }
        return token;
    }

    string Value(string indent)
    {
        if (Accept("{"))
        {
            return Items("{", "}", indent);
        }
        if (Accept("["))
        {
            return Items("[", "]", indent);
        }
        return Expect(ScalarForm, "a value");
    }

    string Items(string opening, string closing, string indent)
    {
        if (Accept(closing))
        {
            return opening + closing;
        }
        string inner = indent + "  ";
        var lines = new List<string>();
        do
        {
            string key = opening == "{" ? Key() : "";
            lines.Add(inner + key + Value(inner));
        }
        while (Accept(","));
        Expect("\\" + closing, closing);
        return opening + "\n" + string.Join(",\n", lines) + "\n" + indent + closing;
    }

    string Key()
    {
        string name = Expect(StringForm, "a key");
        return name + Expect(":", ":") + " ";
    }
}

class Program
{
    static void Main()
    {
        try
        {
            Console.WriteLine(new Printer(Console.In.ReadToEnd()).Document());
        }
        catch (FormatException error)
        {
            Console.WriteLine(error.Message);
        }
    }
}
