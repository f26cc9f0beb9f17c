import java.util.Scanner;

public class Main {
    /** Undoes the Gray code: every bit is the parity of the code's bits from it upwards. */
    static int fromGrayCode(int code) {
        for (int shift = 1; shift < Integer.SIZE; shift *= 2) {
            code ^= code >>> shift;
        }
        return code;
    }

    /** How many one bits stand side by side at most. */
    static int longestRun(int n) {
        int length = 0;
        while (n != 0) {
            n &= n << 1;
            length++;
        }
        return length;
    }

    static String highestBit(int n) {
        return n == 0 ? "none" : Integer.toString(31 - Integer.numberOfLeadingZeros(n));
    }

    static String report(int n) {
        return String.join(", ",
            "ones " + Integer.bitCount(n),
            "highest " + highestBit(n),
            "reversed " + Integer.toUnsignedString(Integer.reverse(n)),
            "gray " + Integer.toUnsignedString(n ^ n >>> 1),
            "ungray " + Integer.toUnsignedString(fromGrayCode(n)),
            "run " + longestRun(n));
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int total = 0;
        while (in.hasNext()) {
            String word = in.next();
            try {
                int n = Integer.parseUnsignedInt(word);
                System.out.println(word + ": " + report(n));
                total ^= n;
            } catch (NumberFormatException e) {
                System.out.println(word + ": not an unsigned number of 32 bits");
            }
        }
        System.out.printf("exclusive or of all: %08x%n", total);
    }
}
