import java.util.Scanner;

public class Main {
    static final String DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";
    static final long LIMIT = (1L << 53) - 1;

    static int parseBase(String word) {
        if (!word.matches("\\d{1,9}") || Integer.parseInt(word) < 2 || Integer.parseInt(word) > 36) {
            throw new IllegalArgumentException("base " + word + " is not from 2 to 36");
        }
        return Integer.parseInt(word);
    }

    static long toNumber(String text, int base) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("no digits");
        }
        long number = 0;
        for (char letter : text.toCharArray()) {
            int digit = DIGITS.indexOf(Character.toLowerCase(letter));
            if (digit < 0 || digit >= base) {
                throw new IllegalArgumentException(letter + " is not a digit of base " + base);
            }
            number = number * base + digit;
            if (number > LIMIT) {
                throw new IllegalArgumentException("too large");
            }
        }
        return number;
    }

    static String toText(long number, int base) {
        StringBuilder text = new StringBuilder();
        do {
            text.append(DIGITS.charAt((int) (number % base)));
            number /= base;
        } while (number > 0);
        return text.reverse().toString();
    }

    static String convert(String line) {
        String[] words = line.strip().split("\\s+");
        if (words.length != 3) {
            throw new IllegalArgumentException("expected: digits, base, base");
        }
        int source = parseBase(words[1]);
        int target = parseBase(words[2]);
        boolean negative = words[0].startsWith("-");
        long number = toNumber(negative ? words[0].substring(1) : words[0], source);
        return (negative && number > 0 ? "-" : "") + toText(number, target);
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        while (in.hasNextLine()) {
            try {
                System.out.println(convert(in.nextLine()));
            } catch (IllegalArgumentException e) {
                System.out.println("error: " + e.getMessage());
            }
        }
    }
}
