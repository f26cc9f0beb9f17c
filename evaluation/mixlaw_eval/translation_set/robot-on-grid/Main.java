import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Scanner;
import java.util.Set;

public class Main {
    static final String ARROWS = "^>v<";
    static final int[] DOWN = {-1, 0, 1, 0};
    static final int[] RIGHT = {0, 1, 0, -1};

    record Place(int row, int column) {
        Place ahead(int facing) {
            return new Place(row + DOWN[facing], column + RIGHT[facing]);
        }

        boolean isFree(List<String> grid) {
            return row >= 0 && row < grid.size() && column >= 0 && column < grid.get(row).length()
                && grid.get(row).charAt(column) != '#';
        }
    }

    static Place findRobot(List<String> grid) {
        for (int r = 0; r < grid.size(); r++) {
            String[] parts = grid.get(r).split("[v^<>]", 2);
            if (parts.length == 2) {
                return new Place(r, parts[0].length());
            }
        }
        return null;
    }

    static void run(List<String> grid, Place place, Scanner in) {
        int facing = ARROWS.indexOf(grid.get(place.row).charAt(place.column));
        Set<Place> visited = new HashSet<>(Set.of(place));
        int bumps = 0;
        while (in.hasNext()) {
            if (in.hasNext("[LR]")) {
                facing = (facing + (in.next().equals("R") ? 1 : 3)) % 4;
                continue;
            }
            if (!in.hasNext("\\d+")) {
                System.out.println("ignored: " + in.next());
                continue;
            }
            for (int left = Integer.parseInt(in.next()); left > 0; left--) {
                if (!place.ahead(facing).isFree(grid)) {
                    bumps++;
                    break;
                }
                place = place.ahead(facing);
                visited.add(place);
            }
        }
        System.out.printf("row %d, column %d, facing %c%n", place.row, place.column, ARROWS.charAt(facing));
        System.out.printf("visited %d, bumped %d%n", visited.size(), bumps);
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        List<String> grid = new ArrayList<>();
        String line;
        while (in.hasNextLine() && !(line = in.nextLine()).isEmpty()) {
            grid.add(line);
        }
        Place start = findRobot(grid);
        if (start == null) {
            System.out.println("no robot");
        } else {
            run(grid, start, in);
        }
    }
}
