import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Scanner;

public class Main {
    private static final int IMPOSSIBLE = Integer.MAX_VALUE;

    /** The smallest number of coins for every amount up to the limit. */
    static int[] fewestCoins(List<Integer> coins, int limit) {
        int[] fewest = new int[limit + 1];
        Arrays.fill(fewest, 1, limit + 1, IMPOSSIBLE);
        for (int amount = 1; amount <= limit; amount++) {
            for (int coin : coins) {
                if (coin <= amount && fewest[amount - coin] != IMPOSSIBLE) {
                    fewest[amount] = Math.min(fewest[amount], fewest[amount - coin] + 1);
                }
            }
        }
        return fewest;
    }

    /** Takes a coin as often as that leaves an amount of one coin less, the largest coins first. */
    static String pay(int amount, List<Integer> coins, int[] fewest) {
        if (fewest[amount] == IMPOSSIBLE) {
            return amount + " is impossible";
        }
        List<String> paid = new ArrayList<>();
        int rest = amount;
        for (int coin : coins) {
            while (coin <= rest && fewest[rest - coin] == fewest[rest] - 1) {
                paid.add(String.valueOf(coin));
                rest -= coin;
            }
        }
        return amount + " = " + (paid.isEmpty() ? "nothing" : String.join(" + ", paid));
    }

    static List<Integer> readNumbers(Scanner in, int smallest) {
        List<Integer> numbers = new ArrayList<>();
        while (in.hasNext()) {
            String word = in.next();
            if (!word.matches("\\d+") || Integer.parseInt(word) < smallest) {
                throw new IllegalArgumentException("bad number: " + word);
            }
            numbers.add(Integer.valueOf(word));
        }
        return numbers;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        try {
            List<Integer> coins = readNumbers(new Scanner(in.hasNextLine() ? in.nextLine() : ""), 1);
            List<Integer> amounts = readNumbers(in, 0);
            coins.sort(Collections.reverseOrder());
            int[] fewest = fewestCoins(coins, amounts.stream().max(Integer::compare).orElse(0));
            amounts.forEach(amount -> System.out.println(pay(amount, coins, fewest)));
            System.out.println("amounts: " + amounts.size());
        } catch (IllegalArgumentException e) {
            System.out.println(e.getMessage());
        }
    }
}
