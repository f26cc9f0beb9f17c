import java.math.BigInteger;
import java.util.Scanner;

public class Main {
    record Rational(long top, long bottom) {
        Rational {
            if (bottom == 0) {
                throw new ArithmeticException("division by zero");
            }
            long divisor = BigInteger.valueOf(top).gcd(BigInteger.valueOf(bottom)).longValue();
            divisor = bottom < 0 ? -divisor : divisor;
            top /= divisor;
            bottom /= divisor;
        }

        Rational plus(Rational other) {
            return new Rational(top * other.bottom + other.top * bottom, bottom * other.bottom);
        }

        Rational minus(Rational other) {
            return plus(new Rational(-other.top, other.bottom));
        }

        Rational times(Rational other) {
            return new Rational(top * other.top, bottom * other.bottom);
        }

        Rational over(Rational other) {
            return new Rational(top * other.bottom, bottom * other.top);
        }

        @Override
        public String toString() {
            return bottom == 1 ? "" + top : top + "/" + bottom;
        }
    }

    static Rational parse(String word, Rational answer) {
        if (word.equals("_")) {
            return answer;
        }
        String[] parts = word.split("/", 2);
        return new Rational(Long.parseLong(parts[0]), parts.length == 2 ? Long.parseLong(parts[1]) : 1);
    }

    static Rational evaluate(String line, Rational answer) {
        String[] words = line.strip().split("\\s+");
        if (words.length != 3 || !words[1].matches("[-+*/]")) {
            throw new IllegalArgumentException("three words expected");
        }
        Rational left = parse(words[0], answer);
        Rational right = parse(words[2], answer);
        return switch (words[1]) {
            case "+" -> left.plus(right);
            case "-" -> left.minus(right);
            case "*" -> left.times(right);
            default -> left.over(right);
        };
    }

    public static void main(String[] args) {
        Rational answer = new Rational(0, 1);
        Scanner in = new Scanner(System.in);
        while (in.hasNextLine()) {
            try {
                answer = evaluate(in.nextLine(), answer);
                System.out.println(answer);
            } catch (ArithmeticException e) {
                System.out.println(e.getMessage());
            } catch (IllegalArgumentException e) {
                System.out.println("malformed line");
            }
        }
    }
}
