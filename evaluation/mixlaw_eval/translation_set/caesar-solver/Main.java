import java.util.Comparator;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

public class Main {
    /** How often each letter of the alphabet occurs in a thousand letters of English text. */
    private static final int[] WEIGHTS = {
        82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24,
        67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1,
    };
    private static final int SIZE = WEIGHTS.length;

    record Candidate(int shift, long score) {}

    static char decode(char symbol, int shift) {
        if (!Character.isLetter(symbol)) {
            return symbol;
        }
        char first = Character.isUpperCase(symbol) ? 'A' : 'a';
        return (char) (first + Math.floorMod(symbol - first - shift, SIZE));
    }

    static Candidate judge(String text, int shift) {
        long score = text.chars()
                .filter(Character::isLetter)
                .map(symbol -> decode((char) Character.toLowerCase(symbol), shift) - 'a')
                .mapToLong(letter -> WEIGHTS[letter])
                .sum();
        return new Candidate(shift, score);
    }

    /** The text moved back by the shift that looks most like English; the smallest one of a tie. */
    static String solve(String text) {
        if (text.chars().noneMatch(Character::isLetter)) {
            return "no letters";
        }
        List<Candidate> ranked = IntStream.range(0, SIZE)
                .mapToObj(shift -> judge(text, shift))
                .sorted(Comparator.comparingLong(Candidate::score).reversed())
                .toList();
        Candidate best = ranked.get(0);
        long lead = best.score() - ranked.get(1).score();
        String plain = text.chars()
                .mapToObj(symbol -> String.valueOf(decode((char) symbol, best.shift())))
                .collect(Collectors.joining());
        return "shift %d, lead %d: %s".formatted(best.shift(), lead, plain);
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        while (in.hasNextLine()) {
            System.out.println(solve(in.nextLine()));
        }
    }
}
