import java.util.Scanner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class Main {
    private static final Pattern RUN = Pattern.compile("(.)\\1*");

    /** Runs as count and character; digits and backslashes are escaped with a backslash. */
    static String encode(String text) {
        StringBuilder code = new StringBuilder();
        Matcher runs = RUN.matcher(text);
        while (runs.find()) {
            String symbol = runs.group(1);
            int length = runs.end() - runs.start();
            code.append(length > 1 ? length : "");
            code.append(symbol.matches("[0-9\\\\]") ? "\\" : "").append(symbol);
        }
        return code.toString();
    }

    static String decode(String code) {
        StringBuilder text = new StringBuilder();
        int position = 0;
        while (position < code.length()) {
            int start = position;
            while (position < code.length() && Character.isDigit(code.charAt(position))) {
                position++;
            }
            int count = parseCount(code.substring(start, position));
            if (position < code.length() && code.charAt(position) == '\\') {
                position++;
            }
            if (position == code.length()) {
                throw new IllegalArgumentException("the code ends too early");
            }
            if (count == 0) {
                throw new IllegalArgumentException("a count is zero");
            }
            text.append(String.valueOf(code.charAt(position)).repeat(count));
            position++;
        }
        return text.toString();
    }

    static int parseCount(String digits) {
        if (digits.length() > 3) {
            throw new IllegalArgumentException("count " + digits + " is too large");
        }
        return digits.isEmpty() ? 1 : Integer.parseInt(digits);
    }

    static String answer(String line) {
        String[] parts = line.split(" ", 2);
        String text = parts.length > 1 ? parts[1] : "";
        try {
            return switch (parts[0]) {
                case "encode" -> encode(text);
                case "decode" -> decode(text);
                default -> "unknown command: " + parts[0];
            };
        } catch (IllegalArgumentException e) {
            return "error: " + e.getMessage();
        }
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        while (in.hasNextLine()) {
            System.out.println(answer(in.nextLine()));
        }
    }
}
