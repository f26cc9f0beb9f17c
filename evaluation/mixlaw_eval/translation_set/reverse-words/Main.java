import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        Deque<String> words = new ArrayDeque<>();
        while (in.hasNext()) {
            words.push(in.next());
        }
        System.out.println(String.join(" ", words));
    }
}
