import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

public class Main {
    record Order(long cost, String text) {}

    /** Neighbouring matrices share a side, so a chain of n matrices has n + 1 sizes. */
    static List<Long> readSizes(Scanner in) {
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; in.hasNext(); i++) {
            String word = in.next();
            if (!word.matches("\\d+x\\d+")) {
                throw new IllegalArgumentException("bad matrix: " + word);
            }
            String[] sides = word.split("x");
            long rows = Long.parseLong(sides[0]);
            if (i == 0) {
                sizes.add(rows);
            } else if (sizes.get(i) != rows) {
                throw new IllegalArgumentException("M" + i + " and M" + (i + 1) + " do not fit");
            }
            sizes.add(Long.parseLong(sides[1]));
        }
        return sizes;
    }

    /** Of equally cheap orders the one that splits first. */
    static Order cheapestOrder(List<Long> sizes) {
        int count = sizes.size() - 1;
        Order[][] best = new Order[count + 1][count + 1];
        for (int first = count; first >= 1; first--) {
            best[first][first] = new Order(0, "M" + first);
            for (int last = first + 1; last <= count; last++) {
                for (int middle = first; middle < last; middle++) {
                    Order left = best[first][middle];
                    Order right = best[middle + 1][last];
                    long product = sizes.get(first - 1) * sizes.get(middle) * sizes.get(last);
                    long cost = left.cost() + right.cost() + product;
                    if (middle == first || cost < best[first][last].cost()) {
                        best[first][last] = new Order(cost, "(" + left.text() + " " + right.text() + ")");
                    }
                }
            }
        }
        return best[1][count];
    }

    public static void main(String[] args) {
        try {
            List<Long> sizes = readSizes(new Scanner(System.in));
            if (sizes.isEmpty()) {
                System.out.println("no matrices");
            } else {
                Order order = cheapestOrder(sizes);
                System.out.println("cost " + order.cost() + "\n" + order.text());
            }
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
    }
}
