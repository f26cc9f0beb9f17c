import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Scanner;

public class Main {
    record Entry(String name, long score) {}

    /** The worst entry first: low scores, and late names among equal scores. */
    static final Comparator<Entry> WORST_FIRST =
            Comparator.comparingLong(Entry::score).thenComparing(Entry::name, Comparator.reverseOrder());

    private final List<Entry> heap = new ArrayList<>();

    void push(Entry entry) {
        heap.add(entry);
        int child = heap.size() - 1;
        while (child > 0 && comesBefore(child, (child - 1) / 2)) {
            Collections.swap(heap, child, (child - 1) / 2);
            child = (child - 1) / 2;
        }
    }

    Entry pop() {
        Collections.swap(heap, 0, heap.size() - 1);
        Entry worst = heap.remove(heap.size() - 1);
        int place = 0;
        while (true) {
            int first = place;
            for (int child = 2 * place + 1; child <= 2 * place + 2; child++) {
                if (child < heap.size() && comesBefore(child, first)) {
                    first = child;
                }
            }
            if (first == place) {
                return worst;
            }
            Collections.swap(heap, place, first);
            place = first;
        }
    }

    private boolean comesBefore(int i, int j) {
        return WORST_FIRST.compare(heap.get(i), heap.get(j)) < 0;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int size = in.hasNextInt() ? in.nextInt() : 0;
        Main podium = new Main();
        while (in.hasNext()) {
            podium.push(new Entry(in.next(), in.nextLong()));
            if (podium.heap.size() > size) {
                podium.pop();
            }
        }
        List<Entry> best = new ArrayList<>();
        while (!podium.heap.isEmpty()) {
            best.add(0, podium.pop());
        }
        for (int i = 0; i < best.size(); i++) {
            System.out.println((i + 1) + ". " + best.get(i).name() + " " + best.get(i).score());
        }
        if (best.isEmpty()) {
            System.out.println("nobody");
        }
    }
}
