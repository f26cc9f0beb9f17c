import java.util.Scanner;
import java.util.StringJoiner;

public class Main {
    static final int LIMIT = 1_000_000;

    /** The smallest prime factor of every number up to the limit. */
    static int[] smallestFactors() {
        int[] smallest = new int[LIMIT + 1];
        for (int n = 2; n <= LIMIT; n++) {
            if (smallest[n] != 0) {
                continue;
            }
            for (int multiple = n; multiple <= LIMIT; multiple += n) {
                if (smallest[multiple] == 0) {
                    smallest[multiple] = n;
                }
            }
        }
        return smallest;
    }

    record Factors(String product, int divisors) {
        static Factors of(int n, int[] smallest) {
            StringJoiner product = new StringJoiner(" * ").setEmptyValue("1");
            int divisors = 1;
            while (n > 1) {
                int prime = smallest[n];
                int power = 0;
                while (n % prime == 0) {
                    n /= prime;
                    power++;
                }
                product.add(power == 1 ? "" + prime : prime + "^" + power);
                divisors *= power + 1;
            }
            return new Factors(product.toString(), divisors);
        }
    }

    public static void main(String[] args) {
        int[] smallest = smallestFactors();
        int best = 0;
        int most = 0;
        Scanner in = new Scanner(System.in);
        while (in.hasNext()) {
            String word = in.next();
            if (!word.matches("0*[1-9]\\d{0,6}") || Integer.parseInt(word) > LIMIT) {
                System.out.printf("%s: not a number from 1 to %d%n", word, LIMIT);
                continue;
            }
            int n = Integer.parseInt(word);
            Factors factors = Factors.of(n, smallest);
            System.out.printf("%d = %s, divisors: %d%n", n, factors.product(), factors.divisors());
            if (factors.divisors() > most || factors.divisors() == most && n < best) {
                best = n;
                most = factors.divisors();
            }
        }
        System.out.println("most divisors: " + (best == 0 ? "none" : best));
    }
}
