import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

public class Main {
    static List<String> primesUpTo(int limit) {
        boolean[] composite = new boolean[limit + 1];
        List<String> primes = new ArrayList<>();
        for (int n = 2; n <= limit; n++) {
            if (composite[n]) {
                continue;
            }
            primes.add(Integer.toString(n));
            for (long multiple = (long) n * n; multiple <= limit; multiple += n) {
                composite[(int) multiple] = true;
            }
        }
        return primes;
    }

    public static void main(String[] args) {
        int limit = new Scanner(System.in).nextInt();
        System.out.println(String.join(" ", primesUpTo(limit)));
    }
}
