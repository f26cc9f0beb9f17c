import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

public class Main {
    /** Greedy lines of words; a word longer than the width gets a line of its own. */
    static List<List<String>> breakLines(String[] words, int width) {
        List<List<String>> lines = new ArrayList<>();
        int room = -1;
        for (String word : words) {
            if (word.length() + 1 <= room) {
                lines.get(lines.size() - 1).add(word);
                room -= word.length() + 1;
            } else {
                lines.add(new ArrayList<>(List.of(word)));
                room = width - word.length();
            }
        }
        return lines;
    }

    /** Fills the line with spaces; the wider gaps come first, or last if fromRight. */
    static String spread(List<String> words, int width, boolean fromRight) {
        int gaps = words.size() - 1;
        int spaces = width - String.join("", words).length();
        StringBuilder line = new StringBuilder(words.get(0));
        for (int i = 0; i < gaps; i++) {
            int wider = spaces % gaps;
            boolean isWider = fromRight ? i >= gaps - wider : i < wider;
            line.append(" ".repeat(spaces / gaps + (isWider ? 1 : 0))).append(words.get(i + 1));
        }
        return line.toString();
    }

    static String justify(String paragraph, int width) {
        List<List<String>> lines = breakLines(paragraph.strip().split("\\s+"), width);
        StringBuilder text = new StringBuilder();
        int last = lines.size() - 1;
        for (int i = 0; i < last; i++) {
            // The side of the wider gaps alternates, or they would form rivers of white.
            text.append(spread(lines.get(i), width, i % 2 == 1)).append('\n');
        }
        return text + String.join(" ", lines.get(last));
    }

    public static void main(String[] args) throws IOException {
        String[] parts = new String(System.in.readAllBytes()).split("\n", 2);
        if (!parts[0].matches("\\d+")) {
            System.out.println("the first line must be the width");
            return;
        }
        int width = Integer.parseInt(parts[0]);
        String text = Arrays.stream(parts[1].split("\n\n"))
                .filter(paragraph -> !paragraph.isBlank())
                .map(paragraph -> justify(paragraph, width))
                .collect(Collectors.joining("\n\n"));
        System.out.println(text.isEmpty() ? "no text" : text);
    }
}
