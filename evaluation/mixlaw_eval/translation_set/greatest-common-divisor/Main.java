import java.util.Scanner;

public class Main {
    static long gcd(long a, long b) {
        return b == 0 ? Math.abs(a) : gcd(b, a % b);
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        System.out.println(gcd(in.nextLong(), in.nextLong()));
    }
}
