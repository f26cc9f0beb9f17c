import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Scanner;

public class Main {
    record Stop(long cost, String town, String route) {}

    private final Map<String, Map<String, Long>> roads = new HashMap<>();

    /** Every line holds two towns and the cost of the road between them, both ways. */
    void addRoad(String line) {
        String[] fields = line.split(" ");
        if (fields.length != 3 || !fields[2].matches("\\d+")) {
            throw new IllegalArgumentException("bad road: " + line);
        }
        long cost = Long.parseLong(fields[2]);
        roads.computeIfAbsent(fields[0], town -> new HashMap<>()).merge(fields[1], cost, Math::min);
        roads.computeIfAbsent(fields[1], town -> new HashMap<>()).merge(fields[0], cost, Math::min);
    }

    /** Settles the towns by cost, then by name, which decides between routes of equal cost. */
    String cheapestRoute(String start, String goal) {
        var queue = new PriorityQueue<>(Comparator.comparingLong(Stop::cost).thenComparing(Stop::town));
        Map<String, Long> costs = new HashMap<>(Map.of(start, 0L));
        queue.add(new Stop(0, start, start));
        while (!queue.isEmpty()) {
            Stop stop = queue.remove();
            if (stop.town.equals(goal)) {
                return "cost " + stop.cost + ": " + stop.route;
            }
            if (stop.cost > costs.get(stop.town)) {
                continue;
            }
            roads.getOrDefault(stop.town, Map.of()).forEach((town, length) -> {
                long cost = stop.cost + length;
                if (cost < costs.getOrDefault(town, Long.MAX_VALUE)) {
                    costs.put(town, cost);
                    queue.add(new Stop(cost, town, stop.route + " > " + town));
                }
            });
        }
        return "no route";
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String[] towns = in.hasNextLine() ? in.nextLine().split(" ") : new String[0];
        if (towns.length != 2) {
            System.out.println("the first line must name two towns");
            return;
        }
        Main map = new Main();
        try {
            while (in.hasNextLine()) {
                map.addRoad(in.nextLine());
            }
            System.out.println(map.cheapestRoute(towns[0], towns[1]));
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
    }
}
