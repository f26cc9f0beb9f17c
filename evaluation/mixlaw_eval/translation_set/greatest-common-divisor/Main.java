import java.util.Scanner;

public class Main {
    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        long a = in.nextLong();
        long b = in.nextLong();
        while (b != 0) {
            long rest = a % b;
            a = b;
            b = rest;
        }
        System.out.println(Math.abs(a));
    }
}
