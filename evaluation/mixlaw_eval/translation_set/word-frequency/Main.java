import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

public class Main {
    private static final Pattern WORD = Pattern.compile("[a-z](?:[a-z']*[a-z])?");

    static Map<String, Long> countWords(String text, int shortest) {
        return WORD.matcher(text.toLowerCase())
                .results()
                .map(MatchResult::group)
                .filter(word -> word.length() >= shortest)
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
    }

    static List<Map.Entry<String, Long>> mostCommon(Map<String, Long> counts, int limit) {
        if (counts.isEmpty() || limit == 0) {
            return List.of();
        }
        // The sort is stable, so equal counts stay in alphabetical order.
        List<Map.Entry<String, Long>> ranked = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .toList();
        long threshold = ranked.get(Math.min(limit, ranked.size()) - 1).getValue();
        return ranked.stream().takeWhile(entry -> entry.getValue() >= threshold).toList();
    }

    public static void main(String[] args) throws IOException {
        String[] parts = new String(System.in.readAllBytes()).split("\n", 2);
        if (!parts[0].matches("\\d+ \\d+")) {
            System.out.println("expected: LIMIT SHORTEST");
            return;
        }
        String[] header = parts[0].split(" ");
        String text = parts.length > 1 ? parts[1] : "";
        Map<String, Long> counts = countWords(text, Integer.parseInt(header[1]));
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        for (var entry : mostCommon(counts, Integer.parseInt(header[0]))) {
            long share = entry.getValue() * 1000 / total;
            System.out.printf("%s %d %d.%d%%%n", entry.getKey(), entry.getValue(), share / 10, share % 10);
        }
        System.out.printf("total %d, distinct %d%n", total, counts.size());
    }
}
