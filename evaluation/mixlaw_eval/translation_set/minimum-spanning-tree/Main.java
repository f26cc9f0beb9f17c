import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;

public class Main {
    record Cable(String a, String b, long price) {
        static final Comparator<Cable> CHEAP_FIRST =
                Comparator.comparingLong(Cable::price).thenComparing(Cable::a).thenComparing(Cable::b);

        static Cable parse(String line) {
            String[] fields = line.split(" ");
            long price = Long.parseLong(fields[2]);
            boolean ordered = fields[0].compareTo(fields[1]) <= 0;
            return ordered ? new Cable(fields[0], fields[1], price) : new Cable(fields[1], fields[0], price);
        }

        @Override
        public String toString() {
            return a + "-" + b + " " + price;
        }
    }

    private final Map<String, String> leader = new HashMap<>();

    String find(String house) {
        String next = leader.computeIfAbsent(house, name -> name);
        while (!next.equals(house)) {
            house = next;
            next = leader.get(house);
        }
        return house;
    }

    /** Connects two houses, unless they are connected already. */
    boolean connect(Cable cable) {
        String a = find(cable.a());
        String b = find(cable.b());
        leader.put(a, b);
        return !a.equals(b);
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        List<Cable> cables = new ArrayList<>();
        while (in.hasNextLine()) {
            cables.add(Cable.parse(in.nextLine()));
        }
        cables.sort(Cable.CHEAP_FIRST);
        Main network = new Main();
        List<Cable> chosen = cables.stream().filter(network::connect).toList();
        chosen.forEach(System.out::println);
        long total = chosen.stream().mapToLong(Cable::price).sum();
        System.out.println("total " + total + ", parts " + (network.leader.size() - chosen.size()));
    }
}
