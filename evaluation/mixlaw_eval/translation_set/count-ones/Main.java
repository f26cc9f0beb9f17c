import java.util.Scanner;

public class Main {
    static int countOnes(int n) {
        int count = 0;
        while (n != 0) {
            n &= n - 1;
            count++;
        }
        return count;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        while (in.hasNextInt()) {
            System.out.println(countOnes(in.nextInt()));
        }
    }
}
