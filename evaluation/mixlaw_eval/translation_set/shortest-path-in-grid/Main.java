import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Scanner;

public class Main {
    private static final int[][] MOVES = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};

    /** Steps from the first cell to the last, or -1; '#' is a wall. */
    static int shortestPath(List<String> grid) {
        int rows = grid.size();
        int columns = grid.get(0).length();
        if (grid.get(0).charAt(0) == '#') {
            return -1;
        }
        int[][] distance = new int[rows][columns];
        distance[0][0] = 1;
        Queue<int[]> queue = new ArrayDeque<>();
        queue.add(new int[] {0, 0});
        while (!queue.isEmpty()) {
            int[] cell = queue.remove();
            for (int[] move : MOVES) {
                int row = cell[0] + move[0];
                int column = cell[1] + move[1];
                boolean inside = row >= 0 && row < rows && column >= 0 && column < columns;
                if (inside && grid.get(row).charAt(column) != '#' && distance[row][column] == 0) {
                    distance[row][column] = distance[cell[0]][cell[1]] + 1;
                    queue.add(new int[] {row, column});
                }
            }
        }
        return distance[rows - 1][columns - 1] - 1;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        List<String> grid = new ArrayList<>();
        while (in.hasNext()) {
            grid.add(in.next());
        }
        System.out.println(shortestPath(grid));
    }
}
