import java.util.Arrays;
import java.util.Scanner;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

public class Main {
    /** Sorts the range from..to (exclusive) and counts the pairs that were in the wrong order. */
    static long mergeSort(long[] numbers, int from, int to) {
        if (to - from < 2) {
            return 0;
        }
        int middle = (from + to) >>> 1;
        long inversions = mergeSort(numbers, from, middle) + mergeSort(numbers, middle, to);
        return inversions + merge(numbers, from, middle, to);
    }

    static long merge(long[] numbers, int from, int middle, int to) {
        long[] left = Arrays.copyOfRange(numbers, from, middle);
        long inversions = 0;
        int taken = 0;
        int right = middle;
        for (int place = from; taken < left.length; place++) {
            if (right < to && numbers[right] < left[taken]) {
                numbers[place] = numbers[right++];
                inversions += left.length - taken;
            } else {
                numbers[place] = left[taken++];
            }
        }
        return inversions;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        long fewest = Long.MAX_VALUE;
        int best = 0;
        for (int line = 1; in.hasNextLine(); line++) {
            long[] numbers = new Scanner(in.nextLine()).tokens().mapToLong(Long::parseLong).toArray();
            long inversions = mergeSort(numbers, 0, numbers.length);
            StringBuilder text = new StringBuilder(inversions + ":");
            LongStream.of(numbers).forEach(number -> text.append(' ').append(number));
            System.out.println(text);
            if (inversions < fewest) {
                fewest = inversions;
                best = line;
            }
        }
        System.out.println(best == 0 ? "no lines" : "best sorted: line " + best);
    }
}
