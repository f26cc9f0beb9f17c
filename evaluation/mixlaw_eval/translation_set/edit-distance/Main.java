import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Scanner;

public class Main {
    private static int[][] distanceTable(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                } else {
                    int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                    int edit = Math.min(table[i - 1][j], table[i][j - 1]) + 1;
                    table[i][j] = Math.min(edit, table[i - 1][j - 1] + cost);
                }
            }
        }
        return table;
    }

    /** Walks back from the corner: replacing is preferred to deleting, and deleting to inserting. */
    private static Deque<String> edits(String a, String b) {
        int[][] table = distanceTable(a, b);
        Deque<String> steps = new ArrayDeque<>();
        int i = a.length();
        int j = b.length();
        while (i > 0 || j > 0) {
            boolean same = i > 0 && j > 0 && a.charAt(i - 1) == b.charAt(j - 1);
            if (i > 0 && j > 0 && table[i][j] == table[i - 1][j - 1] + (same ? 0 : 1)) {
                i--;
                j--;
                if (!same) {
                    steps.push(String.format("replace '%c' by '%c' at %d", a.charAt(i), b.charAt(j), i));
                }
            } else if (i > 0 && table[i][j] == table[i - 1][j] + 1) {
                i--;
                steps.push(String.format("delete '%c' at %d", a.charAt(i), i));
            } else {
                j--;
                steps.push(String.format("insert '%c' at %d", b.charAt(j), i));
            }
        }
        return steps;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String first = in.hasNextLine() ? in.nextLine() : "";
        String second = in.hasNextLine() ? in.nextLine() : "";
        Deque<String> steps = edits(first, second);
        System.out.println("distance " + steps.size());
        steps.forEach(System.out::println);
    }
}
