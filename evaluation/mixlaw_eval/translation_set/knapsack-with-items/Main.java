import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Collectors;

public class Main {
    record Item(String name, int weight, int value) {
        static Item parse(String line) {
            if (!line.matches("\\w+ \\d+ \\d+")) {
                throw new IllegalArgumentException("bad item: " + line);
            }
            String[] fields = line.split(" ");
            return new Item(fields[0], Integer.parseInt(fields[1]), Integer.parseInt(fields[2]));
        }
    }

    /** The best selection; an item is left behind where it makes no difference. */
    static List<Item> pack(List<Item> items, int capacity) {
        int[][] best = new int[items.size() + 1][capacity + 1];
        for (int i = items.size() - 1; i >= 0; i--) {
            Item item = items.get(i);
            for (int room = 0; room <= capacity; room++) {
                best[i][room] = best[i + 1][room];
                if (item.weight() <= room) {
                    int with = best[i + 1][room - item.weight()] + item.value();
                    best[i][room] = Math.max(best[i][room], with);
                }
            }
        }
        List<Item> chosen = new ArrayList<>();
        int room = capacity;
        for (int i = 0; i < items.size(); i++) {
            if (best[i][room] > best[i + 1][room]) {
                chosen.add(items.get(i));
                room -= items.get(i).weight();
            }
        }
        return chosen;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String capacity = in.hasNextLine() ? in.nextLine() : "";
        if (!capacity.matches("\\d+")) {
            System.out.println("bad capacity");
            return;
        }
        List<Item> items = new ArrayList<>();
        try {
            while (in.hasNextLine()) {
                items.add(Item.parse(in.nextLine()));
            }
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
            return;
        }
        List<Item> chosen = pack(items, Integer.parseInt(capacity));
        int value = chosen.stream().mapToInt(Item::value).sum();
        int weight = chosen.stream().mapToInt(Item::weight).sum();
        System.out.println("value " + value + ", weight " + weight);
        System.out.println(chosen.isEmpty() ? "nothing"
                : chosen.stream().map(Item::name).collect(Collectors.joining(" ")));
    }
}
