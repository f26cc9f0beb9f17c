import java.util.Collections;
import java.util.Scanner;

public class Main {
    private static final int LARGEST = 10;

    private final int size;
    private final int[] columns;
    private int count = 0;
    private int[] first;

    Main(int size) {
        this.size = size;
        this.columns = new int[size];
        place(0);
    }

    /** Tries the columns of a row from left to right; all rows above have their queens. */
    private void place(int row) {
        if (row == size) {
            count++;
            if (first == null) {
                first = columns.clone();
            }
            return;
        }
        for (int column = 0; column < size; column++) {
            if (isSafe(row, column)) {
                columns[row] = column;
                place(row + 1);
            }
        }
    }

    private boolean isSafe(int row, int column) {
        for (int above = 0; above < row; above++) {
            int distance = Math.abs(columns[above] - column);
            if (distance == 0 || distance == row - above) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        if (count == 0) {
            return "no solution";
        }
        StringBuilder text = new StringBuilder().append(count);
        for (int column : first) {
            text.append('\n').append(".".repeat(column)).append('Q').append(".".repeat(size - column - 1));
        }
        return text.toString();
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        if (!in.hasNext()) {
            System.out.println("no boards");
        }
        while (in.hasNext()) {
            String word = in.next();
            boolean valid = word.matches("\\d+") && Integer.parseInt(word) >= 1 && Integer.parseInt(word) <= LARGEST;
            Object result = valid ? new Main(Integer.parseInt(word)) : "not a size from 1 to " + LARGEST;
            System.out.println(word + ": " + result);
        }
    }
}
