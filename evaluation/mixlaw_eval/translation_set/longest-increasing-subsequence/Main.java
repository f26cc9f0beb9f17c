import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedList;
import java.util.List;
import java.util.Scanner;
import java.util.function.Function;
import java.util.stream.Collectors;

public class Main {
    /** Indices of the subsequence; tails holds the smallest end of a run of every length so far. */
    static List<Integer> longestIncreasing(List<Long> numbers) {
        List<Long> tails = new ArrayList<>();
        List<Integer> ends = new ArrayList<>();
        int[] before = new int[numbers.size()];
        for (int i = 0; i < numbers.size(); i++) {
            int found = Collections.binarySearch(tails, numbers.get(i));
            int place = found >= 0 ? found : -found - 1;
            before[i] = place > 0 ? ends.get(place - 1) : -1;
            if (place == tails.size()) {
                tails.add(numbers.get(i));
                ends.add(i);
            } else {
                tails.set(place, numbers.get(i));
                ends.set(place, i);
            }
        }
        LinkedList<Integer> chain = new LinkedList<>();
        int last = ends.isEmpty() ? -1 : ends.get(ends.size() - 1);
        for (int i = last; i >= 0; i = before[i]) {
            chain.addFirst(i);
        }
        return chain;
    }

    static <T> String join(List<Integer> chain, Function<Integer, T> show) {
        return chain.stream().map(show).map(String::valueOf).collect(Collectors.joining(" "));
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        List<Long> numbers = new ArrayList<>();
        while (in.hasNextLong()) {
            numbers.add(in.nextLong());
        }
        if (in.hasNext()) {
            System.out.println("not an integer: " + in.next());
            return;
        }
        List<Integer> chain = longestIncreasing(numbers);
        System.out.println(chain.size() + " of " + numbers.size());
        if (!chain.isEmpty()) {
            System.out.println("values: " + join(chain, numbers::get));
            System.out.println("places: " + join(chain, i -> i + 1));
        }
    }
}
