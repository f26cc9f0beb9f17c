import java.util.HashMap;
import java.util.Map;
import java.util.Scanner;

public class Main {
    record Section(String name, Section parent, Map<String, String> values) {
        /** The value of the key, here or in the nearest section that this one inherits from. */
        String find(String key) {
            if (values.containsKey(key)) {
                return values.get(key) + " (from " + name + ")";
            }
            return parent == null ? "not set" : parent.find(key);
        }
    }

    private final Map<String, Section> sections = new HashMap<>();
    private Section current;

    Section section(String name) {
        if (!sections.containsKey(name)) {
            throw new IllegalArgumentException("no section " + name);
        }
        return sections.get(name);
    }

    void openSection(String heading) {
        String[] parts = heading.split(":", 2);
        String name = parts[0].strip();
        current = null;
        if (sections.containsKey(name)) {
            throw new IllegalArgumentException("section " + name + " again");
        }
        Section parent = parts.length > 1 ? section(parts[1].strip()) : null;
        current = new Section(name, parent, new HashMap<>());
        sections.put(name, current);
    }

    void setValue(String line) {
        String[] pair = line.split("=", 2);
        if (pair.length < 2 || current == null) {
            throw new IllegalArgumentException("not understood");
        }
        current.values().put(pair[0].strip(), pair[1].strip());
    }

    void read(String line) {
        if (line.startsWith("[") && line.endsWith("]")) {
            openSection(line.substring(1, line.length() - 1));
        } else if (line.startsWith("?")) {
            String query = line.substring(1).strip();
            String[] parts = query.split("\\.", 2);
            String key = parts.length > 1 ? parts[1].strip() : "";
            System.out.println(query + ": " + section(parts[0].strip()).find(key));
        } else if (!line.isEmpty() && "#;".indexOf(line.charAt(0)) < 0) {
            setValue(line);
        }
    }

    public static void main(String[] args) {
        Main settings = new Main();
        Scanner in = new Scanner(System.in);
        for (int number = 1; in.hasNextLine(); number++) {
            try {
                settings.read(in.nextLine().strip());
            } catch (IllegalArgumentException e) {
                System.out.println("line " + number + ": " + e.getMessage());
            }
        }
    }
}
