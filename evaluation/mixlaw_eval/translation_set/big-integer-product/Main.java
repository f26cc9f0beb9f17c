import java.util.Scanner;

public class Main {
    /** Digits of a number, the least significant first. */
    static int[] parse(String word) {
        if (!word.matches("[0-9]+")) {
            throw new IllegalArgumentException("not a number: " + word);
        }
        return new StringBuilder(word).reverse().chars().map(c -> c - '0').toArray();
    }

    static int[] add(int[] a, int[] b) {
        int[] sum = new int[Math.max(a.length, b.length) + 1];
        for (int i = 0; i < sum.length; i++) {
            int digit = sum[i] + (i < a.length ? a[i] : 0) + (i < b.length ? b[i] : 0);
            sum[i] = digit % 10;
            if (digit >= 10) {
                sum[i + 1] = 1;
            }
        }
        return sum;
    }

    static int[] multiply(int[] a, int[] b) {
        int[] product = new int[a.length + b.length];
        for (int i = 0; i < a.length; i++) {
            int carry = 0;
            for (int j = 0; j < b.length; j++) {
                int value = product[i + j] + a[i] * b[j] + carry;
                product[i + j] = value % 10;
                carry = value / 10;
            }
            product[i + b.length] = carry;
        }
        return product;
    }

    static String format(int[] digits) {
        StringBuilder text = new StringBuilder();
        int sum = 0;
        for (int digit : digits) {
            text.append(digit);
            sum += digit;
        }
        String number = text.reverse().toString().replaceFirst("^0+(?=.)", "");
        return number + " (digit sum " + sum + ")";
    }

    static int[] evaluate(String line) {
        String[] words = line.strip().split("\\s+");
        if (words.length != 3 || !words[1].matches("[+*]")) {
            throw new IllegalArgumentException("expected: number + number, or number * number");
        }
        int[] left = parse(words[0]);
        int[] right = parse(words[2]);
        return words[1].equals("+") ? add(left, right) : multiply(left, right);
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        while (in.hasNextLine()) {
            try {
                System.out.println(format(evaluate(in.nextLine())));
            } catch (IllegalArgumentException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
