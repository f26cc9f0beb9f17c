import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Scanner;
import java.util.stream.IntStream;

public class Main {
    static final String[] WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(" ");

    record Event(String name, int first, int last) { }

    static int monthDays(int year, int month) {
        return switch (month) {
            case 4, 6, 9, 11 -> 30;
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            default -> 31;
        };
    }

    /** Days since Monday, 1 January of the year 1; -1 for no date. */
    static int parseDate(String text) {
        if (!text.matches("\\d{4}-(0[1-9]|1[0-2])-\\d\\d")) {
            return -1;
        }
        int past = Integer.parseInt(text.substring(0, 4)) - 1;
        int month = Integer.parseInt(text.substring(5, 7));
        int day = Integer.parseInt(text.substring(8));
        if (past < 0 || day < 1 || day > monthDays(past + 1, month)) {
            return -1;
        }
        int months = IntStream.range(1, month).map(m -> monthDays(past + 1, m)).sum();
        return past * 365 + past / 4 - past / 100 + past / 400 + months + day - 1;
    }

    static void read(String line, List<Event> events) {
        String[] words = line.split(" ");
        int first = parseDate(words[0]);
        int last = words.length == 3 ? parseDate(words[1]) : -1;
        if (first < 0 || last < 0) {
            System.out.println("bad event: " + line);
        } else if (last < first) {
            System.out.println(words[2] + " ends before it begins");
        } else {
            events.add(new Event(words[2], first, last));
            System.out.println(words[2] + ": " + WEEKDAYS[first % 7] + ", days: " + (last - first + 1));
        }
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        List<Event> events = new ArrayList<>();
        while (in.hasNextLine()) {
            read(in.nextLine(), events);
        }
        events.sort(Comparator.comparingInt(Event::first));
        int clashes = 0;
        while (!events.isEmpty()) {
            Event a = events.remove(0);
            for (Event b : events) {
                int shared = Math.min(a.last, b.last) - b.first + 1;
                if (shared > 0) {
                    clashes++;
                    System.out.printf("%s and %s share days: %d%n", a.name, b.name, shared);
                }
            }
        }
        System.out.println("clashes: " + clashes);
    }
}
