import java.util.Scanner;

/** Recursive descent over one line; each method is a rule of the grammar. */
public class Main {
    private final String text;
    private int position;

    Main(String text) {
        this.text = text;
    }

    long parse() {
        long value = sum();
        if (position < text.length()) {
            throw error("expected an operator");
        }
        return value;
    }

    ArithmeticException error(String message) {
        return new ArithmeticException(message + " at " + (position + 1));
    }

    /** Moves past the symbol if it comes next. */
    boolean accept(char symbol) {
        while (text.startsWith(" ", position)) {
            position++;
        }
        boolean found = position < text.length() && text.charAt(position) == symbol;
        position += found ? 1 : 0;
        return found;
    }

    long sum() {
        long value = product();
        while (true) {
            if (accept('+')) {
                value += product();
            } else if (accept('-')) {
                value -= product();
            } else {
                return value;
            }
        }
    }

    long product() {
        long value = factor();
        while (true) {
            if (accept('*')) {
                value *= factor();
            } else if (accept('/')) {
                long divisor = factor();
                if (divisor == 0) {
                    throw new ArithmeticException("division by zero");
                }
                value /= divisor;
            } else {
                return value;
            }
        }
    }

    long factor() {
        if (accept('-')) {
            return -factor();
        }
        if (accept('(')) {
            long value = sum();
            if (!accept(')')) {
                throw error("expected ')'");
            }
            return value;
        }
        int start = position;
        while (position < text.length() && Character.isDigit(text.charAt(position))) {
            position++;
        }
        if (start == position) {
            throw error("expected a number");
        }
        return Long.parseLong(text.substring(start, position));
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        while (in.hasNextLine()) {
            try {
                System.out.println(new Main(in.nextLine()).parse());
            } catch (ArithmeticException e) {
                System.out.println("error: " + e.getMessage());
            }
        }
    }
}
