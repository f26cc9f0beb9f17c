import java.util.List;
import java.util.Scanner;
import java.util.TreeMap;
import java.util.stream.IntStream;

public class Main {
    private final List<String> grid;
    private final int width;
    private final int[] parent;
    private final int[] size;

    Main(List<String> grid) {
        this.grid = grid;
        this.width = grid.stream().mapToInt(String::length).max().orElse(0);
        this.parent = IntStream.range(0, grid.size() * width).toArray();
        this.size = IntStream.generate(() -> 1).limit(parent.length).toArray();
    }

    int find(int cell) {
        while (parent[cell] != cell) {
            parent[cell] = parent[parent[cell]];
            cell = parent[cell];
        }
        return cell;
    }

    void join(int a, int b) {
        int large = find(a);
        int small = find(b);
        if (large != small) {
            parent[small] = large;
            size[large] += size[small];
        }
    }

    char letterAt(int row, int column) {
        boolean inside = row < grid.size() && column < grid.get(row).length();
        return inside ? grid.get(row).charAt(column) : '.';
    }

    void joinNeighbours() {
        for (int cell = 0; cell < parent.length; cell++) {
            int row = cell / width;
            int column = cell % width;
            char letter = letterAt(row, column);
            if (letter != '.' && letterAt(row + 1, column) == letter) {
                join(cell, cell + width);
            }
            if (letter != '.' && letterAt(row, column + 1) == letter) {
                join(cell, cell + 1);
            }
        }
    }

    public static void main(String[] args) {
        Main map = new Main(new Scanner(System.in).tokens().toList());
        map.joinNeighbours();
        TreeMap<Character, Integer> count = new TreeMap<>();
        TreeMap<Character, Integer> largest = new TreeMap<>();
        for (int cell = 0; cell < map.parent.length; cell++) {
            char letter = map.letterAt(cell / map.width, cell % map.width);
            if (letter != '.' && map.find(cell) == cell) {
                count.merge(letter, 1, Integer::sum);
                largest.merge(letter, map.size[cell], Math::max);
            }
        }
        count.forEach((letter, regions) -> System.out.println(
                letter + ": " + regions + " regions, the largest of " + largest.get(letter)));
        if (count.isEmpty()) {
            System.out.println("only sea");
        }
    }
}
