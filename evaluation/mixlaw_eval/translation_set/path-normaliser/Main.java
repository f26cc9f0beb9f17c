import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

public class Main {
    /** An absolute path without . and .., and how often .. was above the root. */
    record NormalPath(List<String> parts, int above) {
        static NormalPath of(String path) {
            List<String> parts = new ArrayList<>();
            int above = 0;
            for (String part : path.split("/")) {
                switch (part) {
                    case "", "." -> { }
                    case ".." -> {
                        if (parts.isEmpty()) {
                            above++;
                        } else {
                            parts.remove(parts.size() - 1);
                        }
                    }
                    default -> parts.add(part);
                }
            }
            return new NormalPath(parts, above);
        }

        @Override
        public String toString() {
            String note = above > 0 ? " (above the root: " + above + ")" : "";
            return join(parts) + note;
        }
    }

    static String join(List<String> parts) {
        return "/" + String.join("/", parts);
    }

    static List<String> commonStart(List<String> first, List<String> second) {
        int length = 0;
        int shorter = Math.min(first.size(), second.size());
        while (length < shorter && first.get(length).equals(second.get(length))) {
            length++;
        }
        return first.subList(0, length);
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        List<List<String>> found = new ArrayList<>();
        while (in.hasNextLine()) {
            String line = in.nextLine();
            if (line.startsWith("/")) {
                NormalPath path = NormalPath.of(line);
                System.out.println(path);
                found.add(path.parts());
            } else {
                System.out.println("not absolute: " + line);
            }
        }
        String summary = found.stream()
                .reduce(Main::commonStart)
                .map(parts -> "common: " + join(parts))
                .orElse("no paths");
        System.out.println(summary);
    }
}
