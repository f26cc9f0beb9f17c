import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        int n = new Scanner(System.in).nextInt();
        int ones = 0;
        while (n != 0) {
            n &= n - 1;
            ones++;
        }
        System.out.println(ones);
    }
}
