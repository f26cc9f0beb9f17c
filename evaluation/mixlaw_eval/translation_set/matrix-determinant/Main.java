import java.util.Arrays;
import java.util.Scanner;

public class Main {
    static long[][] parse(String block) {
        return block.lines()
            .map(line -> Arrays.stream(line.strip().split("\\s+")).mapToLong(Long::parseLong).toArray())
            .toArray(long[][]::new);
    }

    /** Fraction-free elimination: every division is exact. */
    static long determinant(long[][] rows) {
        int n = rows.length;
        long sign = 1;
        long previous = 1;
        for (int k = 0; k < n; k++) {
            int pivotRow = k;
            while (pivotRow < n && rows[pivotRow][k] == 0) {
                pivotRow++;
            }
            if (pivotRow == n) {
                return 0;
            }
            if (pivotRow != k) {
                long[] swapped = rows[k];
                rows[k] = rows[pivotRow];
                rows[pivotRow] = swapped;
                sign = -sign;
            }
            for (int i = k + 1; i < n; i++) {
                for (int j = k + 1; j < n; j++) {
                    rows[i][j] = (rows[k][k] * rows[i][j] - rows[i][k] * rows[k][j]) / previous;
                }
            }
            previous = rows[k][k];
        }
        return sign * previous;
    }

    static String verdict(long[][] matrix) {
        if (Arrays.stream(matrix).anyMatch(row -> row.length != matrix.length)) {
            return "not square";
        }
        long value = determinant(matrix);
        if (value == 0) {
            return "singular";
        }
        return Math.abs(value) == 1 ? value + ", inverse is integer" : Long.toString(value);
    }

    public static void main(String[] args) {
        Scanner blocks = new Scanner(System.in).useDelimiter("\n\n+");
        int count = 0;
        while (blocks.hasNext()) {
            String block = blocks.next().strip();
            if (!block.isEmpty()) {
                count++;
                System.out.println("matrix " + count + ": " + verdict(parse(block)));
            }
        }
        System.out.println("matrices: " + count);
    }
}
