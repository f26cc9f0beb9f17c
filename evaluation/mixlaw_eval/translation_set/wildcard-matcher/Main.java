import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.ArrayDeque;
import java.util.Deque;

public class Main {
    record Rule(String text) {
        boolean drops() {
            return text.startsWith("!");
        }

        boolean covers(String name) {
            return matches(drops() ? text.substring(1) : text, name);
        }
    }

    /** Whether the pattern covers the name: ? is any character, * any number of them. */
    static boolean matches(String pattern, String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int resume = 0;
        while (n < name.length()) {
            char expected = p < pattern.length() ? pattern.charAt(p) : '\0';
            if (expected == '*') {
                star = p++;
                resume = n;
            } else if (expected == '?' || expected == name.charAt(n)) {
                p++;
                n++;
            } else if (star >= 0) {
                // Let the last star take one character more.
                p = star + 1;
                n = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }

    static String judge(Deque<Rule> lastFirst, String name) {
        return lastFirst.stream()
                .filter(rule -> rule.covers(name))
                .findFirst()
                .map(rule -> (rule.drops() ? "dropped by " : "kept by ") + rule.text())
                .orElse("no rule");
    }

    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        Deque<Rule> rules = new ArrayDeque<>();
        String line = in.readLine();
        while (line != null && !line.isEmpty()) {
            rules.push(new Rule(line));
            line = in.readLine();
        }
        int kept = 0;
        int total = 0;
        for (String name : in.lines().filter(text -> !text.isEmpty()).toList()) {
            String verdict = judge(rules, name);
            System.out.println(name + ": " + verdict);
            kept += verdict.startsWith("kept") ? 1 : 0;
            total++;
        }
        System.out.printf("kept %d of %d%n", kept, total);
    }
}
