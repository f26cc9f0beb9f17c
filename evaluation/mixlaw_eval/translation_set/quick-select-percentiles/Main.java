import java.util.Scanner;

public class Main {
    /** The number that would stand at place rank (from 0) if the array were sorted; reorders the array. */
    static long quickSelect(long[] numbers, int rank) {
        int low = 0;
        int high = numbers.length - 1;
        while (low < high) {
            long pivot = medianOfThree(numbers[low], numbers[(low + high) >>> 1], numbers[high]);
            int left = low;
            int right = high;
            while (left <= right) {
                while (numbers[left] < pivot) {
                    left++;
                }
                while (numbers[right] > pivot) {
                    right--;
                }
                if (left <= right) {
                    swap(numbers, left++, right--);
                }
            }
            if (rank <= right) {
                high = right;
            } else if (rank >= left) {
                low = left;
            } else {
                return numbers[rank];
            }
        }
        return numbers[rank];
    }

    static long medianOfThree(long a, long b, long c) {
        return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
    }

    static void swap(long[] numbers, int i, int j) {
        long kept = numbers[i];
        numbers[i] = numbers[j];
        numbers[j] = kept;
    }

    /** The smallest number that at least so many per cent do not exceed. */
    static long percentile(long[] numbers, long percent) {
        int rank = (int) ((percent * numbers.length + 99) / 100);
        return quickSelect(numbers, Math.max(rank, 1) - 1);
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        Scanner percents = new Scanner(in.hasNextLine() ? in.nextLine() : "");
        long[] numbers = in.tokens().mapToLong(Long::parseLong).toArray();
        if (numbers.length == 0) {
            System.out.println("no numbers");
            return;
        }
        while (percents.hasNextInt()) {
            int percent = percents.nextInt();
            boolean valid = percent >= 0 && percent <= 100;
            System.out.println("p" + percent + (valid ? " = " + percentile(numbers, percent) : " is out of range"));
        }
    }
}
