import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

public class Main {
    record Bracket(char symbol, int line, int column) {
        boolean opens() {
            return "([{".indexOf(symbol) >= 0;
        }

        boolean isClosedBy(Bracket other) {
            return "([{".indexOf(symbol) == ")]}".indexOf(other.symbol);
        }

        String place() {
            return line + ":" + column;
        }
    }

    /** Every bracket outside double quotes; a quotation ends with its line at the latest. */
    static List<Bracket> findBrackets(String text) {
        List<Bracket> found = new ArrayList<>();
        String[] lines = text.split("\n");
        for (int row = 0; row < lines.length; row++) {
            boolean quoted = false;
            for (int column = 0; column < lines[row].length(); column++) {
                char symbol = lines[row].charAt(column);
                if (symbol == '"') {
                    quoted = !quoted;
                } else if (!quoted && "()[]{}".indexOf(symbol) >= 0) {
                    found.add(new Bracket(symbol, row + 1, column + 1));
                }
            }
        }
        return found;
    }

    static String check(List<Bracket> brackets) {
        Deque<Bracket> open = new ArrayDeque<>();
        int depth = 0;
        for (Bracket bracket : brackets) {
            if (bracket.opens()) {
                open.push(bracket);
                depth = Math.max(depth, open.size());
                continue;
            }
            if (open.isEmpty()) {
                return "%s: unexpected '%c'".formatted(bracket.place(), bracket.symbol());
            }
            Bracket opening = open.pop();
            if (!opening.isClosedBy(bracket)) {
                return "%s: '%c' closes '%c' of %s"
                        .formatted(bracket.place(), bracket.symbol(), opening.symbol(), opening.place());
            }
        }
        if (!open.isEmpty()) {
            Bracket outermost = open.getLast();
            return "%s: '%c' is never closed".formatted(outermost.place(), outermost.symbol());
        }
        return "balanced, pairs: %d, depth: %d".formatted(brackets.size() / 2, depth);
    }

    public static void main(String[] args) throws IOException {
        String text = new String(System.in.readAllBytes());
        System.out.println(check(findBrackets(text)));
    }
}
