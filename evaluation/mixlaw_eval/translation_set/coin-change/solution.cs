using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

class Program
{
    // The smallest number of coins for every amount up to the limit; null where no coins pay it.
    static int?[] FewestCoins(IList<int> coins, int limit)
    {
        var fewest = new int?[limit + 1];
        fewest[0] = 0;
        for (int amount = 1; amount <= limit; amount++)
            fewest[amount] = coins.Where(coin => coin <= amount).Min(coin => fewest[amount - coin] + 1);
        return fewest;
    }

    // Always takes the largest coin that leaves an amount of one coin less.
    static string Pay(int amount, IList<int> coins, int?[] fewest)
    {
        if (fewest[amount] == null)
            return $"{amount} is impossible";
        var paid = new List<int>();
        int rest = amount;
        while (rest > 0)
        {
            int coin = coins.First(c => c <= rest && fewest[rest - c] == fewest[rest] - 1);
            paid.Add(coin);
            rest -= coin;
        }
        return $"{amount} = {(paid.Any() ? string.Join(" + ", paid) : "nothing")}";
    }

    static List<int> ParseNumbers(string text, int smallest)
    {
        var numbers = new List<int>();
        foreach (string word in text.Split(new[] { ' ', '\n' }, StringSplitOptions.RemoveEmptyEntries))
        {
            bool valid = int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number);
            if (!valid || number < smallest)
                throw new FormatException($"bad number: {word}");
            numbers.Add(number);
        }
        return numbers;
    }

    static void Main()
    {
        try
        {
            var coins = ParseNumbers(Console.ReadLine() ?? "", 1).OrderByDescending(c => c).ToList();
            var amounts = ParseNumbers(Console.In.ReadToEnd(), 0);
            int?[] fewest = FewestCoins(coins, amounts.DefaultIfEmpty(0).Max());
            foreach (int amount in amounts)
                Console.WriteLine(Pay(amount, coins, fewest));
            Console.WriteLine($"amounts: {amounts.Count}");
        }
        catch (FormatException e)
        {
            Console.WriteLine(e.Message);
        }
    }
}
