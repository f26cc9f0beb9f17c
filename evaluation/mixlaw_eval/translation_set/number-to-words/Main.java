import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

public class Main {
    private static final String[] SMALL = {
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
        "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
        "seventeen", "eighteen", "nineteen",
    };
    private static final String[] TENS = {
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    };

    enum Scale {
        BILLION(1_000_000_000), MILLION(1_000_000), THOUSAND(1000), HUNDRED(100);

        final long size;

        Scale(long size) {
            this.size = size;
        }
    }

    static String belowHundred(int number) {
        if (number < 20) {
            return SMALL[number];
        }
        String tens = TENS[number / 10 - 2];
        return number % 10 == 0 ? tens : tens + "-" + SMALL[number % 10];
    }

    static String inWords(long number) {
        if (number < 0) {
            return "minus " + inWords(-number);
        }
        List<String> words = new ArrayList<>();
        long rest = number;
        for (Scale scale : Scale.values()) {
            if (rest >= scale.size) {
                words.add(inWords(rest / scale.size));
                words.add(scale.name().toLowerCase());
                rest %= scale.size;
            }
        }
        if (words.isEmpty()) {
            return belowHundred((int) number);
        }
        if (rest > 0) {
            words.add("and");
            words.add(belowHundred((int) rest));
        }
        return String.join(" ", words);
    }

    static String answer(String text) {
        if (!text.matches("-?\\d+")) {
            return text + ": not a number";
        }
        if (text.replace("-", "").length() > 12) {
            return text + ": too large";
        }
        return inWords(Long.parseLong(text));
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        while (in.hasNextLine()) {
            System.out.println(answer(in.nextLine().strip()));
        }
    }
}
