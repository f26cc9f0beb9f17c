import java.util.Optional;
import java.util.Scanner;
import java.util.stream.Collectors;

public class Main {
    private final char[] cells;

    Main(String text) {
        this.cells = text.toCharArray();
    }

    static boolean seeEachOther(int a, int b) {
        boolean sameBox = a / 27 == b / 27 && a % 9 / 3 == b % 9 / 3;
        return a != b && (a / 9 == b / 9 || a % 9 == b % 9 || sameBox);
    }

    /** Whether a cell before the limit that shares a row, column or box holds the digit. */
    boolean isTaken(int cell, char digit, int limit) {
        for (int other = 0; other < limit; other++) {
            if (cells[other] == digit && seeEachOther(cell, other)) {
                return true;
            }
        }
        return false;
    }

    Optional<String> findFault() {
        if (cells.length != 81) {
            return Optional.of("81 cells needed, not " + cells.length);
        }
        for (int cell = 0; cell < 81; cell++) {
            String place = "row " + (cell / 9 + 1) + " column " + (cell % 9 + 1);
            char digit = cells[cell];
            if (digit != '.' && (digit < '1' || digit > '9')) {
                return Optional.of(place + " holds " + digit);
            }
            if (digit != '.' && isTaken(cell, digit, cell)) {
                return Optional.of(place + " repeats " + digit);
            }
        }
        return Optional.empty();
    }

    /** Fills the empty cells in reading order with the smallest digits that lead to a solution. */
    boolean solve(int cell) {
        if (cell == 81) {
            return true;
        }
        if (cells[cell] != '.') {
            return solve(cell + 1);
        }
        for (char digit = '1'; digit <= '9'; digit++) {
            if (!isTaken(cell, digit, 81)) {
                cells[cell] = digit;
                if (solve(cell + 1)) {
                    return true;
                }
            }
        }
        cells[cell] = '.';
        return false;
    }

    public static void main(String[] args) {
        Main sudoku = new Main(new Scanner(System.in).tokens().collect(Collectors.joining()));
        Optional<String> fault = sudoku.findFault();
        if (fault.isPresent()) {
            System.out.println("invalid: " + fault.get());
        } else if (sudoku.solve(0)) {
            System.out.print(new String(sudoku.cells).replaceAll(".{9}", "$0\n"));
        } else {
            System.out.println("no solution");
        }
    }
}
