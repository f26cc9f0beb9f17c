import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

public class Main {
    /** The fields; a quoted one may hold commas, and quotes written twice. Null if a quote stays open. */
    static List<String> splitRecord(String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char symbol = line.charAt(i);
            if (symbol == '"') {
                if (!quoted && i > 0 && line.charAt(i - 1) == '"') {
                    field.append(symbol);
                }
                quoted = !quoted;
            } else if (symbol == ',' && !quoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(symbol);
            }
        }
        fields.add(field.toString().strip());
        return quoted ? null : fields;
    }

    static String summarize(List<String> values) {
        List<String> filled = values.stream().filter(value -> !value.isEmpty()).toList();
        if (filled.isEmpty()) {
            return "empty";
        }
        if (filled.stream().allMatch(value -> value.matches("[+-]?\\d{1,15}"))) {
            long sum = filled.stream().mapToLong(Long::parseLong).sum();
            return "sum " + sum + " of " + filled.size();
        }
        return new HashSet<>(filled).size() + " different texts";
    }

    static String describe(Scanner in) {
        var table = new ArrayList<List<String>>();
        for (int number = 1; in.hasNextLine(); number++) {
            List<String> record = splitRecord(in.nextLine());
            if (record == null) {
                return "line " + number + ": a quote is not closed";
            }
            table.add(record);
            int wanted = table.get(0).size();
            if (record.size() != wanted) {
                return "line %d: expected %d fields, found %d".formatted(number, wanted, record.size());
            }
        }
        var header = table.remove(0);
        return IntStream.range(0, header.size())
                .mapToObj(i -> header.get(i) + ": " + summarize(table.stream().map(row -> row.get(i)).toList()))
                .collect(Collectors.joining("\n"));
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        System.out.println(in.hasNextLine() ? describe(in) : "no header");
    }
}
