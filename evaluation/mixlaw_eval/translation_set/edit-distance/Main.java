import java.util.Scanner;

public class Main {
    static int editDistance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                int edit = Math.min(previous[j], current[j - 1]) + 1;
                current[j] = Math.min(edit, previous[j - 1] + cost);
            }
            previous = current;
        }
        return previous[b.length()];
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        String first = in.nextLine();
        String second = in.nextLine();
        System.out.println(editDistance(first, second));
    }
}
