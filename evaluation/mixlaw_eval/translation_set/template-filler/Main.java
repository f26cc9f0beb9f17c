import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

public class Main {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(.*?)\\}\\}", Pattern.DOTALL);

    static Map<String, String> readValues(String head) {
        Map<String, String> values = new HashMap<>();
        int number = 0;
        for (String line : head.lines().toList()) {
            number++;
            int equals = line.indexOf('=');
            if (line.isBlank()) {
                continue;
            }
            if (equals < 0 || line.substring(0, equals).isBlank()) {
                throw new IllegalArgumentException("line " + number + ": expected name=value");
            }
            values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        }
        return values;
    }

    /** The value of a {{name}} or {{name|default}}; missing names are counted. */
    static String valueOf(String body, Map<String, String> values, Map<String, Integer> missing) {
        String[] parts = body.split("\\|", 2);
        String name = parts[0].strip();
        if (values.containsKey(name)) {
            return values.get(name);
        }
        if (parts.length > 1) {
            return parts[1].strip();
        }
        missing.merge(name, 1, Integer::sum);
        return "<" + name + ">";
    }

    public static void main(String[] args) throws IOException {
        String[] parts = new String(System.in.readAllBytes()).split("---\n", 2);
        if (parts.length < 2) {
            System.out.println("no template");
            return;
        }
        try {
            Map<String, String> values = readValues(parts[0]);
            Map<String, Integer> missing = new TreeMap<>();
            System.out.print(PLACEHOLDER.matcher(parts[1]).replaceAll(
                    match -> Matcher.quoteReplacement(valueOf(match.group(1), values, missing))));
            missing.forEach((name, count) -> System.out.println("missing " + name + ": " + count));
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
    }
}
