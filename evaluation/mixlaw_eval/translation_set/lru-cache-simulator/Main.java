import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Scanner;

public class Main {
    static class LruCache {
        private final int capacity;
        private final Map<String, String> entries = new LinkedHashMap<>(16, 0.75f, true);
        private int hits;
        private int misses;

        LruCache(int capacity) {
            this.capacity = capacity;
        }

        String get(String key) {
            String value = entries.get(key);
            if (value == null) {
                misses++;
                return "miss";
            }
            hits++;
            return value;
        }

        String put(String key, String value) {
            boolean known = entries.put(key, value) != null;
            if (entries.size() > capacity) {
                String oldest = entries.keySet().iterator().next();
                entries.remove(oldest);
                return "stored, evicted " + oldest;
            }
            return known ? "replaced" : "stored";
        }

        String drop(String key) {
            return entries.remove(key) == null ? "miss" : "dropped";
        }

        String summary() {
            StringBuilder recent = new StringBuilder();
            entries.forEach((key, value) -> recent.insert(0, " " + key + "=" + value));
            return "hits " + hits + ", misses " + misses + "\ncache:" + (entries.isEmpty() ? " empty" : recent);
        }
    }

    static String execute(LruCache cache, String line) {
        String[] words = line.strip().split("\\s+");
        return switch (words[0] + " " + (words.length - 1)) {
            case "get 1" -> cache.get(words[1]);
            case "put 2" -> cache.put(words[1], words[2]);
            case "drop 1" -> cache.drop(words[1]);
            default -> "bad command: " + line;
        };
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String first = in.nextLine();
        if (!first.matches("0*[1-9]\\d*")) {
            System.out.println("bad capacity: " + first);
            return;
        }
        LruCache cache = new LruCache(Integer.parseInt(first));
        while (in.hasNextLine()) {
            System.out.println(execute(cache, in.nextLine()));
        }
        System.out.println(cache.summary());
    }
}
