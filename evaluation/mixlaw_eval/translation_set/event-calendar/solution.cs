using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

class Program
{
    static readonly string[] Weekdays =
        { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday" };

    static readonly int[] Months = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    static int MonthDays(int year, int month) => month == 2 && IsLeap(year) ? 29 : Months[month - 1];

    // The number of days since Monday, 1 January of the year 1; null when there is no such date.
    static int? ParseDate(string text)
    {
        if (!Regex.IsMatch(text, @"^\d{4}-\d\d-\d\d$"))
        {
            return null;
        }
        var parts = text.Split('-').Select(int.Parse).ToArray();
        int year = parts[0], month = parts[1], day = parts[2], past = year - 1;
        if (year < 1 || month < 1 || month > 12 || day < 1 || day > MonthDays(year, month))
        {
            return null;
        }
        int days = past * 365 + past / 4 - past / 100 + past / 400 + day - 1;
        return days + Enumerable.Range(1, month - 1).Sum(m => MonthDays(year, m));
    }

    static void Main()
    {
        var events = new List<(string Name, int First, int Last)>();
        for (string line; (line = Console.ReadLine()) != null;)
        {
            var words = line.Split(' ');
            int? first = ParseDate(words[0]);
            int? last = words.Length == 3 ? ParseDate(words[1]) : null;
            if (first == null || last == null)
            {
                Console.WriteLine($"bad event: {line}");
            }
            else if (last < first)
            {
                Console.WriteLine($"{words[2]} ends before it begins");
            }
            else
            {
                events.Add((words[2], first.Value, last.Value));
                Console.WriteLine($"{words[2]}: {Weekdays[first.Value % 7]}, days: {last - first + 1}");
            }
        }
        events = events.OrderBy(e => e.First).ToList();
        var clashes = (
            from i in Enumerable.Range(0, events.Count)
            from b in events.Skip(i + 1)
            where b.First <= events[i].Last
            let shared = Math.Min(events[i].Last, b.Last) - b.First + 1
            select $"{events[i].Name} and {b.Name} share days: {shared}").ToList();
        clashes.ForEach(Console.WriteLine);
        Console.WriteLine($"clashes: {clashes.Count}");
    }
}
