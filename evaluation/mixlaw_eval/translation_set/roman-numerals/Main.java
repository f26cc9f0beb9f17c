import java.util.Scanner;

public class Main {
    static final int LARGEST = 3999;

    enum Symbol {
        M(1000), CM(900), D(500), CD(400), C(100), XC(90), L(50), XL(40), X(10), IX(9), V(5), IV(4), I(1);

        final int value;

        Symbol(int value) {
            this.value = value;
        }
    }

    static String toRoman(int number) {
        if (number < 1 || number > LARGEST) {
            throw new IllegalArgumentException("out of range");
        }
        StringBuilder numeral = new StringBuilder();
        for (Symbol symbol : Symbol.values()) {
            numeral.append(symbol.name().repeat(number / symbol.value));
            number %= symbol.value;
        }
        return numeral.toString();
    }

    static int fromRoman(String numeral) {
        int total = 0;
        int position = 0;
        for (Symbol symbol : Symbol.values()) {
            while (numeral.startsWith(symbol.name(), position)) {
                total += symbol.value;
                position += symbol.name().length();
            }
        }
        // Only one spelling of a number is right: IIII and VX are not numerals.
        boolean readable = position == numeral.length() && total >= 1 && total <= LARGEST;
        if (!readable || !toRoman(total).equals(numeral)) {
            throw new IllegalArgumentException("not a numeral");
        }
        return total;
    }

    static String convert(String text) {
        if (text.matches("[+-]?\\d{1,9}")) {
            return toRoman(Integer.parseInt(text));
        }
        return String.valueOf(fromRoman(text.toUpperCase()));
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        int converted = 0;
        int rejected = 0;
        while (in.hasNext()) {
            String text = in.next();
            try {
                System.out.println(text + " = " + convert(text));
                converted++;
            } catch (IllegalArgumentException e) {
                System.out.println(text + ": " + e.getMessage());
                rejected++;
            }
        }
        System.out.printf("%d converted, %d rejected%n", converted, rejected);
    }
}
