import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

public class Main {
    /** Every line holds a task and the tasks it needs, which may have lines of their own. */
    static SortedMap<String, TreeSet<String>> read(Scanner in) {
        SortedMap<String, TreeSet<String>> needs = new TreeMap<>();
        while (in.hasNextLine()) {
            List<String> words = new Scanner(in.nextLine()).tokens().toList();
            for (String word : words) {
                needs.computeIfAbsent(word, task -> new TreeSet<>());
            }
            if (!words.isEmpty()) {
                needs.get(words.get(0)).addAll(words.subList(1, words.size()));
            }
        }
        return needs;
    }

    /** Takes as many tasks as can be done out of the map, always the alphabetically first that is ready. */
    static List<String> takeInOrder(SortedMap<String, TreeSet<String>> waiting) {
        List<String> done = new ArrayList<>();
        while (true) {
            var ready = waiting.entrySet().stream().filter(entry -> entry.getValue().isEmpty()).findFirst();
            if (ready.isEmpty()) {
                return done;
            }
            String task = ready.get().getKey();
            done.add(task);
            waiting.remove(task);
            waiting.values().forEach(needs -> needs.remove(task));
        }
    }

    /** Follows the first need from the first waiting task until a task returns. */
    static List<String> findCycle(SortedMap<String, TreeSet<String>> waiting) {
        List<String> path = new ArrayList<>();
        String task = waiting.firstKey();
        while (!path.contains(task)) {
            path.add(task);
            task = waiting.get(task).first();
        }
        path.add(task);
        return path.subList(path.indexOf(task), path.size());
    }

    public static void main(String[] args) {
        SortedMap<String, TreeSet<String>> waiting = read(new Scanner(System.in));
        List<String> done = takeInOrder(waiting);
        if (!waiting.isEmpty()) {
            System.out.println("cycle: " + String.join(" needs ", findCycle(waiting)));
        } else {
            System.out.println(done.isEmpty() ? "nothing to do" : String.join(" ", done));
        }
    }
}
