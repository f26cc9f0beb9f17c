import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Scanner;

public class Main {
    record Cell(int row, int column) {}

    record Move(char name, int down, int right) {}

    /** In alphabetical order, which makes the path found the first of the shortest. */
    static final List<Move> MOVES =
            List.of(new Move('D', 1, 0), new Move('L', 0, -1), new Move('R', 0, 1), new Move('U', -1, 0));

    static Optional<Cell> find(List<String> grid, char mark) {
        for (int row = 0; row < grid.size(); row++) {
            int column = grid.get(row).indexOf(mark);
            if (column >= 0) {
                return Optional.of(new Cell(row, column));
            }
        }
        return Optional.empty();
    }

    static boolean isOpen(List<String> grid, Cell cell) {
        return cell.row >= 0 && cell.row < grid.size()
                && cell.column >= 0 && cell.column < grid.get(cell.row).length()
                && grid.get(cell.row).charAt(cell.column) != '#';
    }

    static Optional<String> shortestPath(List<String> grid, Cell start, Cell end) {
        Map<Cell, String> paths = new HashMap<>(Map.of(start, ""));
        Queue<Cell> queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty() && !paths.containsKey(end)) {
            Cell cell = queue.remove();
            for (Move move : MOVES) {
                Cell next = new Cell(cell.row + move.down, cell.column + move.right);
                if (isOpen(grid, next) && !paths.containsKey(next)) {
                    paths.put(next, paths.get(cell) + move.name);
                    queue.add(next);
                }
            }
        }
        return Optional.ofNullable(paths.get(end));
    }

    public static void main(String[] args) {
        List<String> grid = new Scanner(System.in).tokens().toList();
        Optional<Cell> start = find(grid, 'S');
        Optional<Cell> end = find(grid, 'E');
        if (start.isEmpty() || end.isEmpty()) {
            System.out.println("the maze needs S and E");
            return;
        }
        System.out.println(shortestPath(grid, start.get(), end.get())
                .map(path -> path.length() + " steps: " + path)
                .orElse("no path"));
    }
}
