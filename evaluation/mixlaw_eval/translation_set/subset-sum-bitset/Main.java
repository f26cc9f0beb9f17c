import java.math.BigInteger;
import java.util.Arrays;
import java.util.Scanner;

public class Main {
    /** A bitset: bit s is set when some of the values add up to s. */
    static BigInteger reachableSums(int[] values) {
        BigInteger sums = BigInteger.ONE;
        for (int value : values) {
            sums = sums.or(sums.shiftLeft(value));
        }
        return sums;
    }

    /** The reachable sum nearest to the target; of two as near, the smaller. */
    static int nearest(BigInteger sums, int target) {
        for (int distance = 0; ; distance++) {
            if (distance <= target && sums.testBit(target - distance)) {
                return target - distance;
            }
            if (sums.testBit(target + distance)) {
                return target + distance;
            }
        }
    }

    static String answer(BigInteger sums, String word) {
        if (!word.matches("\\d{1,9}") || Integer.parseInt(word) > 10_000) {
            return "not a target from 0 to 10000";
        }
        int target = Integer.parseInt(word);
        return sums.testBit(target) ? "reachable" : "nearest is " + nearest(sums, target);
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String first = in.hasNextLine() ? in.nextLine() : "";
        int[] values = Arrays.stream(first.split("\\s+"))
            .filter(word -> !word.isEmpty())
            .mapToInt(Integer::parseInt)
            .toArray();
        int total = Arrays.stream(values).sum();
        BigInteger sums = reachableSums(values);
        int half = nearest(sums, total / 2);
        System.out.println(sums.bitCount() + " sums up to " + total);
        System.out.println("fairest split: " + half + " and " + (total - half));
        while (in.hasNext()) {
            String word = in.next();
            System.out.println(word + ": " + answer(sums, word));
        }
    }
}
