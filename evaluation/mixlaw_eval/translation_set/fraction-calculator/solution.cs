using System;

struct Rational
{
    readonly long top, bottom;

    public Rational(long top, long bottom)
    {
        long divisor = Gcd(top, bottom) * (bottom < 0 ? -1 : 1);
        this.top = top / divisor;
        this.bottom = bottom / divisor;
    }

    static long Gcd(long a, long b) => b == 0 ? Math.Abs(a) : Gcd(b, a % b);

    public static Rational Parse(string word)
    {
        var parts = word.Split('/');
        if (parts.Length > 2)
        {
            throw new FormatException();
        }
        long top = long.Parse(parts[0]);
        long bottom = parts.Length == 2 ? long.Parse(parts[1]) : 1;
        return bottom == 0 ? throw new DivideByZeroException() : new Rational(top, bottom);
    }

    public static Rational operator +(Rational a, Rational b) =>
        new Rational(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom);

    public static Rational operator -(Rational a) => new Rational(-a.top, a.bottom);

    public static Rational operator *(Rational a, Rational b) =>
        new Rational(a.top * b.top, a.bottom * b.bottom);

    public Rational Inverse() => top == 0 ? throw new DivideByZeroException() : new Rational(bottom, top);

    public override string ToString() => bottom == 1 ? $"{top}" : $"{top}/{bottom}";
}

class Program
{
    static Rational Evaluate(string line, Rational answer)
    {
        var words = line.Split((char[])null, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 3 || !"+-*/".Contains(words[1]))
        {
            throw new FormatException();
        }
        var left = words[0] == "_" ? answer : Rational.Parse(words[0]);
        var right = words[2] == "_" ? answer : Rational.Parse(words[2]);
        switch (words[1])
        {
            case "+": return left + right;
            case "-": return left + -right;
            case "*": return left * right;
            case "/": return left * right.Inverse();
            default: throw new FormatException();
        }
    }

    static void Main()
    {
        var answer = new Rational(0, 1);
        for (string line; (line = Console.ReadLine()) != null;)
        {
            try
            {
                answer = Evaluate(line, answer);
                Console.WriteLine(answer);
            }
            catch (DivideByZeroException) { Console.WriteLine("division by zero"); }
            catch (FormatException) { Console.WriteLine("malformed line"); }
        }
    }
}
