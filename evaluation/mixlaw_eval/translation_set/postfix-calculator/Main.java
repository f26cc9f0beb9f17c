import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.Scanner;

public class Main {
    static long evaluate(Scanner in) {
        Deque<Long> stack = new ArrayDeque<>();
        while (in.hasNext()) {
            String word = in.next();
            if (!word.equals("+") && !word.equals("-") && !word.equals("*")) {
                stack.push(Long.parseLong(word));
                continue;
            }
            long right = stack.pop();
            long left = stack.pop();
            switch (word) {
                case "+" -> stack.push(left + right);
                case "-" -> stack.push(left - right);
                default -> stack.push(left * right);
            }
        }
        long result = stack.pop();
        if (!stack.isEmpty()) {
            throw new NumberFormatException();
        }
        return result;
    }

    public static void main(String[] args) {
        try {
            System.out.println(evaluate(new Scanner(System.in)));
        } catch (NoSuchElementException | NumberFormatException e) {
            System.out.println("error");
        }
    }
}
