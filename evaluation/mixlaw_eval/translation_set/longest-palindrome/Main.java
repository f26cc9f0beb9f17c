import java.util.Scanner;
import java.util.stream.IntStream;

public class Main {
    private static final int SHORTEST = 3;

    /** A half-open range of letters. */
    record Range(int start, int end) {
        int length() {
            return end - start;
        }
    }

    /** The widest palindrome around the centre. */
    static Range expand(String letters, int left, int right) {
        while (left >= 0 && right < letters.length() && letters.charAt(left) == letters.charAt(right)) {
            left--;
            right++;
        }
        return new Range(left + 1, right);
    }

    /** The longest palindrome, and the first of several that are as long. */
    static Range longest(String letters) {
        Range best = new Range(0, 0);
        for (int centre = 0; centre < letters.length(); centre++) {
            for (int right = centre; right <= centre + 1; right++) {
                Range found = expand(letters, centre, right);
                if (found.length() > best.length()) {
                    best = found;
                }
            }
        }
        return best;
    }

    static String describe(String line) {
        int[] places = IntStream.range(0, line.length())
                .filter(i -> Character.isLetterOrDigit(line.charAt(i)))
                .toArray();
        StringBuilder letters = new StringBuilder();
        for (int place : places) {
            letters.append(Character.toLowerCase(line.charAt(place)));
        }
        Range best = longest(letters.toString());
        if (best.length() < SHORTEST) {
            return "none";
        }
        int first = places[best.start()];
        int last = places[best.end() - 1];
        return best.length() + " at " + (first + 1) + ": " + line.substring(first, last + 1);
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        while (in.hasNextLine()) {
            System.out.println(describe(in.nextLine()));
        }
    }
}
