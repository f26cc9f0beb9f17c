import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

public class Main {
    static int neighbours(List<String> rows, int row, int column) {
        int count = rows.get(row).charAt(column) == '#' ? -1 : 0;
        for (int r = row - 1; r <= row + 1; r++) {
            String line = rows.get(Math.floorMod(r, rows.size()));
            for (int c = column - 1; c <= column + 1; c++) {
                if (line.charAt(Math.floorMod(c, line.length())) == '#') {
                    count++;
                }
            }
        }
        return count;
    }

    /** The next generation on a torus: rows and columns go on at the other side. */
    static List<String> step(List<String> rows) {
        List<String> following = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            StringBuilder line = new StringBuilder(rows.get(r));
            for (int c = 0; c < line.length(); c++) {
                int count = neighbours(rows, r, c);
                if (count != 2) {
                    line.setCharAt(c, count == 3 ? '#' : '.');
                }
            }
            following.add(line.toString());
        }
        return following;
    }

    static boolean isGrid(List<String> rows) {
        return !rows.isEmpty()
            && rows.stream().allMatch(row -> row.matches("[#.]+") && row.length() == rows.get(0).length());
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String first = in.hasNextLine() ? in.nextLine() : "";
        List<String> rows = new ArrayList<>();
        while (in.hasNextLine()) {
            rows.add(in.nextLine());
        }
        if (!first.matches("\\d+") || !isGrid(rows)) {
            System.out.println("expected: number of generations, then rows of # and . of one length");
            return;
        }
        for (int generation = 0; generation < Integer.parseInt(first); generation++) {
            List<String> following = step(rows);
            if (following.equals(rows)) {
                System.out.println("still from generation " + generation);
                break;
            }
            rows = following;
        }
        rows.forEach(System.out::println);
        System.out.println("alive: " + String.join("", rows).replace(".", "").length());
    }
}
