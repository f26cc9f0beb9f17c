import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

public class Main {
    /** The phrase in small letters, with single spaces. */
    static String tidy(String line) {
        return line.toLowerCase().strip().replaceAll("\\s+", " ");
    }

    /** The letters in order, which all anagrams have in common. */
    static String signature(String phrase) {
        return phrase.chars()
                .filter(Character::isLetter)
                .sorted()
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    static String describe(List<String> members) {
        int letters = signature(members.get(0)).length();
        return "%d of %d letters: %s".formatted(members.size(), letters, String.join(", ", members));
    }

    public static void main(String[] args) {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        Map<String, List<String>> groups = in.lines()
                .map(Main::tidy)
                .filter(Predicate.not(phrase -> signature(phrase).isEmpty()))
                .distinct()
                .sorted()
                .collect(Collectors.groupingBy(Main::signature));
        List<List<String>> anagrams = groups.values().stream()
                .filter(members -> members.size() > 1)
                .sorted(Comparator.<List<String>>comparingInt(List::size)
                        .reversed()
                        .thenComparing(members -> members.get(0)))
                .toList();
        anagrams.forEach(members -> System.out.println(describe(members)));
        int alone = groups.size() - anagrams.size();
        System.out.printf("groups: %d, alone: %d%n", anagrams.size(), alone);
    }
}
