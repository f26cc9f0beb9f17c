import java.util.Map;
import java.util.Scanner;
import java.util.TreeMap;

public class Main {
    static class LedgerException extends Exception {
        LedgerException(String message) {
            super(message);
        }
    }

    /** An amount such as 12.50 in cents. */
    static long parseAmount(String word) throws LedgerException {
        long cents = word.matches("\\d{1,12}\\.\\d\\d") ? Long.parseLong(word.replace(".", "")) : 0;
        if (cents == 0) {
            throw new LedgerException("bad amount " + word);
        }
        return cents;
    }

    static String format(long cents) {
        return String.format("%d.%02d", cents / 100, cents % 100);
    }

    private final Map<String, Long> balances = new TreeMap<>();

    void open(String name) throws LedgerException {
        if (balances.putIfAbsent(name, 0L) != null) {
            throw new LedgerException("account " + name + " exists");
        }
    }

    void change(String name, long cents) throws LedgerException {
        Long balance = balances.get(name);
        if (balance == null) {
            throw new LedgerException("no account " + name);
        }
        if (balance + cents < 0) {
            throw new LedgerException(name + " has only " + format(balance));
        }
        balances.put(name, balance + cents);
    }

    void execute(String... words) throws LedgerException {
        switch (words[0] + " " + (words.length - 1)) {
            case "open 1" -> open(words[1]);
            case "deposit 2" -> change(words[1], parseAmount(words[2]));
            case "withdraw 2" -> change(words[1], -parseAmount(words[2]));
            case "transfer 3" -> {
                long cents = parseAmount(words[3]);
                change(words[2], 0);
                change(words[1], -cents);
                change(words[2], cents);
            }
            default -> throw new LedgerException("bad transaction");
        }
    }

    public static void main(String[] args) {
        Main ledger = new Main();
        Scanner in = new Scanner(System.in);
        for (int number = 1; in.hasNextLine(); number++) {
            try {
                ledger.execute(in.nextLine().split("\\s+"));
            } catch (LedgerException e) {
                System.out.println("line " + number + ": " + e.getMessage());
            }
        }
        ledger.balances.forEach((name, cents) -> System.out.println(name + " " + format(cents)));
        System.out.println("total " + format(ledger.balances.values().stream().mapToLong(Long::longValue).sum()));
    }
}
