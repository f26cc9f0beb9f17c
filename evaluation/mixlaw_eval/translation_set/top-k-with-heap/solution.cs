using System;
using System.Collections.Generic;

class Entry : IComparable<Entry>
{
    public string Name { get; set; }
    public long Score { get; set; }

    // The worst entry comes first: low scores, and late names among equal scores.
    public int CompareTo(Entry other)
    {
        int byScore = Score.CompareTo(other.Score);
        return byScore != 0 ? byScore : string.CompareOrdinal(other.Name, Name);
    }
}

class Heap<T> where T : IComparable<T>
{
    private readonly List<T> items = new List<T>();

    public int Count => items.Count;

    public void Push(T item)
    {
        items.Add(item);
        int child = Count - 1;
        while (child > 0 && items[child].CompareTo(items[(child - 1) / 2]) < 0)
        {
            Swap(child, (child - 1) / 2);
            child = (child - 1) / 2;
        }
    }

    public T Pop()
    {
        Swap(0, Count - 1);
        T top = items[Count - 1];
        items.RemoveAt(Count - 1);
        int place = 0, first = 0;
        do
        {
            Swap(place, first);
            place = first;
            for (int child = 2 * place + 1; child <= 2 * place + 2 && child < Count; child++)
            {
                if (items[child].CompareTo(items[first]) < 0)
                    first = child;
            }
        } while (first != place);
        return top;
    }

    private void Swap(int i, int j)
    {
        if (i == j)
            return;
        T kept = items[i];
        items[i] = items[j];
        items[j] = kept;
    }
}

class Program
{
    static void Main()
    {
        string[] words = Console.In.ReadToEnd().Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        int size = words.Length > 0 ? int.Parse(words[0]) : 0;
        var podium = new Heap<Entry>();
        for (int i = 1; i + 1 < words.Length; i += 2)
        {
            podium.Push(new Entry { Name = words[i], Score = long.Parse(words[i + 1]) });
            if (podium.Count > size)
                podium.Pop();
        }
        var best = new Stack<Entry>();
        while (podium.Count > 0)
            best.Push(podium.Pop());
        if (best.Count == 0)
            Console.WriteLine("nobody");
        int place = 0;
        foreach (Entry entry in best)
            Console.WriteLine($"{++place}. {entry.Name} {entry.Score}");
    }
}
