import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.stream.Collectors;

public class Main {
    static final int SHOWN = 3;

    record Entry(String word, int count) {
        @Override
        public String toString() {
            return word + " (" + count + ")";
        }
    }

    static class Node {
        private int count;
        private final Map<Character, Node> children = new TreeMap<>();

        void add(String word) {
            Node node = this;
            for (char letter : word.toCharArray()) {
                node = node.children.computeIfAbsent(letter, key -> new Node());
            }
            node.count++;
        }

        Node descend(String prefix) {
            Node node = this;
            for (int i = 0; i < prefix.length() && node != null; i++) {
                node = node.children.get(prefix.charAt(i));
            }
            return node;
        }

        void collect(String prefix, List<Entry> found) {
            if (count > 0) {
                found.add(new Entry(prefix, count));
            }
            children.forEach((letter, child) -> child.collect(prefix + letter, found));
        }
    }

    static String complete(Node root, String prefix) {
        Node node = root.descend(prefix);
        if (node == null) {
            return "no words";
        }
        List<Entry> found = new ArrayList<>();
        node.collect(prefix, found);
        found.sort(Comparator.comparingInt(entry -> -entry.count()));
        int hidden = Math.max(0, found.size() - SHOWN);
        String shown = found.stream().limit(SHOWN).map(Entry::toString).collect(Collectors.joining(", "));
        return hidden == 0 ? shown : shown + ", " + hidden + " more";
    }

    public static void main(String[] args) {
        Node root = new Node();
        Scanner in = new Scanner(System.in);
        while (in.hasNextLine()) {
            String line = in.nextLine();
            List<String> words = List.of(line.split("\\s+"));
            if (words.get(0).equals("add") && words.size() > 1) {
                words.stream().skip(1).forEach(root::add);
            } else if (words.get(0).equals("complete") && words.size() == 2) {
                System.out.println(words.get(1) + ": " + complete(root, words.get(1)));
            } else {
                System.out.println("cannot understand: " + line);
            }
        }
    }
}
