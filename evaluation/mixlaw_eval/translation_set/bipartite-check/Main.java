import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.TreeSet;

public class Main {
    private final Map<String, TreeSet<String>> quarrels = new TreeMap<>();
    private final Map<String, Integer> tables = new TreeMap<>();
    private final Map<String, String> before = new TreeMap<>();

    void addLine(List<String> guests) {
        guests.forEach(guest -> quarrels.computeIfAbsent(guest, name -> new TreeSet<>()));
        if (guests.size() > 1) {
            quarrels.get(guests.get(0)).add(guests.get(1));
            quarrels.get(guests.get(1)).add(guests.get(0));
        }
    }

    /** Seats every guest, or gives an odd cycle. */
    Optional<String> seat() {
        var queue = new ArrayDeque<String>();
        for (String first : quarrels.keySet()) {
            if (tables.putIfAbsent(first, 1) == null) {
                queue.add(first);
            }
            while (!queue.isEmpty()) {
                String guest = queue.remove();
                int table = tables.get(guest);
                for (String other : quarrels.get(guest)) {
                    if (!tables.containsKey(other)) {
                        tables.put(other, 3 - table);
                        before.put(other, guest);
                        queue.add(other);
                    } else if (tables.get(other) == table) {
                        return Optional.of(closeCycle(guest, other));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Joins the ways back from two guests of one rank to where they meet. */
    private String closeCycle(String left, String right) {
        boolean closed = left.equals(right);
        return closed ? left : left + " " + closeCycle(before.get(left), before.get(right)) + " " + right;
    }

    String guestsAt(int table) {
        StringBuilder names = new StringBuilder();
        tables.forEach((guest, place) -> names.append(place == table ? " " + guest : ""));
        return names.toString();
    }

    public static void main(String[] args) {
        Main party = new Main();
        Scanner in = new Scanner(System.in);
        while (in.hasNextLine()) {
            party.addLine(new Scanner(in.nextLine()).tokens().toList());
        }
        System.out.println(party.seat()
                .map(cycle -> "odd cycle: " + cycle)
                .orElseGet(() -> "table 1:" + party.guestsAt(1) + "\ntable 2:" + party.guestsAt(2)));
    }
}
