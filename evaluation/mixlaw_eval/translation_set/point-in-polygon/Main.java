import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Scanner;

public class Main {
    enum Place { INSIDE, BOUNDARY, OUTSIDE }

    record Point(long x, long y) { }

    record Edge(Point a, Point b) {
        long cross(Point p) {
            return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
        }

        boolean holds(Point p) {
            return Math.min(a.x, b.x) <= p.x && p.x <= Math.max(a.x, b.x)
                && Math.min(a.y, b.y) <= p.y && p.y <= Math.max(a.y, b.y)
                && cross(p) == 0;
        }

        /** Whether the edge meets the ray that goes right from p; an edge holds its lower end only. */
        boolean crossesRay(Point p) {
            return a.y <= b.y
                ? a.y <= p.y && p.y < b.y && cross(p) > 0
                : b.y <= p.y && p.y < a.y && cross(p) < 0;
        }
    }

    static Place locate(List<Edge> edges, Point p) {
        if (edges.stream().anyMatch(edge -> edge.holds(p))) {
            return Place.BOUNDARY;
        }
        long crossings = edges.stream().filter(edge -> edge.crossesRay(p)).count();
        return crossings % 2 == 1 ? Place.INSIDE : Place.OUTSIDE;
    }

    static List<Point> readPoints(Scanner in) {
        List<Point> points = new ArrayList<>();
        while (in.hasNextLong()) {
            points.add(new Point(in.nextLong(), in.nextLong()));
        }
        return points;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        List<Point> corners = readPoints(new Scanner(in.hasNextLine() ? in.nextLine() : ""));
        if (corners.size() < 3) {
            System.out.println("a polygon has at least 3 corners");
            return;
        }
        List<Edge> edges = new ArrayList<>();
        for (int i = 0; i < corners.size(); i++) {
            edges.add(new Edge(corners.get(i), corners.get((i + 1) % corners.size())));
        }
        Map<Place, Integer> counts = new EnumMap<>(Place.class);
        for (Point p : readPoints(in)) {
            Place place = locate(edges, p);
            counts.merge(place, 1, Integer::sum);
            System.out.printf("(%d, %d): %s%n", p.x, p.y, place.name().toLowerCase(Locale.ROOT));
        }
        System.out.printf("inside %d, boundary %d, outside %d%n", counts.getOrDefault(Place.INSIDE, 0),
            counts.getOrDefault(Place.BOUNDARY, 0), counts.getOrDefault(Place.OUTSIDE, 0));
    }
}
