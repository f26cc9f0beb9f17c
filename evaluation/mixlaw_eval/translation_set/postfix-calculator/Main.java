import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Collectors;

public class Main {
    /** How many values a word takes from the stack. */
    static int needed(String word) {
        return switch (word) {
            case "neg", "dup", "drop" -> 1;
            case "+", "-", "*", "max", "swap", "over" -> 2;
            default -> throw new IllegalArgumentException("unknown word " + word);
        };
    }

    /** What a word puts back; a word of one value takes the first. */
    static List<Long> apply(String word, long a, long b) {
        return switch (word) {
            case "+" -> List.of(a + b);
            case "-" -> List.of(a - b);
            case "*" -> List.of(a * b);
            case "max" -> List.of(Math.max(a, b));
            case "neg" -> List.of(-a);
            case "dup" -> List.of(a, a);
            case "swap" -> List.of(b, a);
            case "over" -> List.of(a, b, a);
            default -> List.of();
        };
    }

    /** The stack after the words of the line; the given one is left as it is. */
    static List<Long> run(String line, List<Long> before) {
        List<Long> stack = new ArrayList<>(before);
        Scanner words = new Scanner(line);
        while (words.hasNext()) {
            String word = words.next();
            if (word.matches("[+-]?\\d+")) {
                stack.add(Long.parseLong(word));
                continue;
            }
            int needed = needed(word);
            if (stack.size() < needed) {
                throw new IllegalArgumentException(
                        word + " needs " + needed + ", the stack has " + stack.size());
            }
            List<Long> top = stack.subList(stack.size() - needed, stack.size());
            List<Long> result = apply(word, top.get(0), top.get(needed - 1));
            top.clear();
            stack.addAll(result);
        }
        return stack;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        List<Long> stack = List.of();
        while (in.hasNextLine()) {
            try {
                stack = run(in.nextLine(), stack);
                String values = stack.stream().map(String::valueOf).collect(Collectors.joining(" "));
                System.out.println(values.isEmpty() ? "empty" : values);
            } catch (IllegalArgumentException e) {
                System.out.println("error: " + e.getMessage());
            }
        }
    }
}
