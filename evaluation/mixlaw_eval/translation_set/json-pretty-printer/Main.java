import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Reads a value, and returns its text with every item on a line of its own. */
class Printer {
    private static final String STRING = "\"[^\"\\\\\n]*\"";
    private static final String SCALAR = STRING + "|true|false|null|-?[0-9]{1,18}";
    private static final Pattern TOKEN = Pattern.compile(STRING + "|[a-zA-Z0-9-]+|\\S");
    private static final String END = "end of input";

    private final List<String> tokens = new ArrayList<>();
    private int position = 0;

    Printer(String text) {
        TOKEN.matcher(text).results().map(MatchResult::group).forEach(tokens::add);
        tokens.add(END);
    }

    String document() {
        String text = value("");
        expect(END, END);
        return text;
    }

    boolean accept(String token) {
        boolean found = tokens.get(position).equals(token);
        position += found ? 1 : 0;
        return found;
    }

    String expect(String pattern, String name) {
        String token = tokens.get(position++);
        if (!token.matches(pattern)) {
            String message = "token %d: expected %s, found %s";
            throw new IllegalArgumentException(message.formatted(position, name, token));
        }
        return token;
    }

    String value(String indent) {
        if (accept("{")) {
            return items("{", "}", indent);
        }
        if (accept("[")) {
            return items("[", "]", indent);
        }
        return expect(SCALAR, "a value");
    }

    String items(String opening, String closing, String indent) {
        if (accept(closing)) {
            return opening + closing;
        }
        String inner = indent + "  ";
        List<String> lines = new ArrayList<>();
        do {
            String key = opening.equals("{") ? key() : "";
            lines.add(inner + key + value(inner));
        } while (accept(","));
        expect(Pattern.quote(closing), closing);
        return opening + "\n" + String.join(",\n", lines) + "\n" + indent + closing;
    }

    String key() {
        String name = expect(STRING, "a key");
        expect(":", ":");
        return name + ": ";
    }
}

public class Main {
    public static void main(String[] args) throws IOException {
        String text = new String(System.in.readAllBytes());
        try {
            System.out.println(new Printer(text).document());
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
    }
}
