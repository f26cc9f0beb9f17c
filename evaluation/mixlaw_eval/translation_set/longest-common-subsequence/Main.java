import java.util.Scanner;
import java.util.TreeSet;

public class Main {
    private final String a;
    private final String b;
    private final int[][] lengths;

    Main(String a, String b) {
        this.a = a;
        this.b = b;
        this.lengths = new int[a.length() + 1][b.length() + 1];
        for (int i = a.length() - 1; i >= 0; i--) {
            for (int j = b.length() - 1; j >= 0; j--) {
                lengths[i][j] = a.charAt(i) == b.charAt(j)
                        ? lengths[i + 1][j + 1] + 1
                        : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
            }
        }
    }

    /** The smallest in character order of all longest common subsequences. */
    String firstCommonSubsequence() {
        TreeSet<Character> alphabet = new TreeSet<>();
        a.chars().filter(c -> b.indexOf(c) >= 0).forEach(c -> alphabet.add((char) c));
        StringBuilder found = new StringBuilder();
        int i = 0;
        int j = 0;
        while (lengths[i][j] > 0) {
            for (char c : alphabet) {
                int nextI = a.indexOf(c, i);
                int nextJ = b.indexOf(c, j);
                if (nextI >= 0 && nextJ >= 0 && lengths[nextI][nextJ] == lengths[i][j]) {
                    found.append(c);
                    i = nextI + 1;
                    j = nextJ + 1;
                    break;
                }
            }
        }
        return found.toString();
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String first = in.hasNextLine() ? in.nextLine() : "";
        String second = in.hasNextLine() ? in.nextLine() : "";
        String common = new Main(first, second).firstCommonSubsequence();
        System.out.println(common.isEmpty() ? "nothing in common" : common.length() + ": " + common);
    }
}
