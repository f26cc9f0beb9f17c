using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

class Ledger
{
    readonly SortedDictionary<string, long> balances =
        new SortedDictionary<string, long>(StringComparer.Ordinal);

    void Open(string name)
    {
        if (balances.ContainsKey(name))
        {
            throw new InvalidOperationException($"account {name} exists");
        }
        balances[name] = 0;
    }

    void Change(string name, long cents)
    {
        if (!balances.TryGetValue(name, out long balance))
        {
            throw new InvalidOperationException($"no account {name}");
        }
        if (balance + cents < 0)
        {
            throw new InvalidOperationException($"{name} has only {Format(balance)}");
        }
        balances[name] = balance + cents;
    }

    void Transfer(string source, string target, long cents)
    {
        Change(target, 0);
        Change(source, -cents);
        Change(target, cents);
    }

    // An amount such as 12.50 in cents.
    static long ParseAmount(string word)
    {
        long cents = Regex.IsMatch(word, @"^\d{1,12}\.\d\d$") ? long.Parse(word.Replace(".", "")) : 0;
        return cents > 0 ? cents : throw new InvalidOperationException($"bad amount {word}");
    }

    static string Format(long cents) => $"{cents / 100}.{cents % 100:00}";

    void Execute(string line)
    {
        var words = line.Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        switch ($"{words.FirstOrDefault()} {words.Length - 1}")
        {
            case "open 1": Open(words[1]); break;
            case "deposit 2": Change(words[1], ParseAmount(words[2])); break;
            case "withdraw 2": Change(words[1], -ParseAmount(words[2])); break;
            case "transfer 3": Transfer(words[1], words[2], ParseAmount(words[3])); break;
            default: throw new InvalidOperationException("bad transaction");
        }
    }

    static void Main()
    {
        var ledger = new Ledger();
        string line;
        for (int number = 1; (line = Console.ReadLine()) != null; number++)
        {
            try
            {
                ledger.Execute(line);
            }
            catch (InvalidOperationException e)
            {
                Console.WriteLine($"line {number}: {e.Message}");
            }
        }
        foreach (var account in ledger.balances)
        {
            Console.WriteLine($"{account.Key} {Format(account.Value)}");
        }
        Console.WriteLine($"total {Format(ledger.balances.Values.Sum())}");
    }
}
