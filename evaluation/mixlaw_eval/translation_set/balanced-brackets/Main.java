import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

public class Main {
    private static final Map<Character, Character> PARTNER = Map.of(')', '(', ']', '[', '}', '{');

    static boolean isBalanced(String text) {
        Deque<Character> stack = new ArrayDeque<>();
        for (char c : text.toCharArray()) {
            if (PARTNER.containsValue(c)) {
                stack.push(c);
            } else if (PARTNER.containsKey(c)) {
                if (stack.isEmpty() || !stack.pop().equals(PARTNER.get(c))) {
                    return false;
                }
            }
        }
        return stack.isEmpty();
    }

    public static void main(String[] args) throws IOException {
        String text = new String(System.in.readAllBytes());
        System.out.println(isBalanced(text) ? "yes" : "no");
    }
}
