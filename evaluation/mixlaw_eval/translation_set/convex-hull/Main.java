import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Scanner;
import java.util.TreeSet;

public class Main {
    record Point(long x, long y) implements Comparable<Point> {
        @Override
        public int compareTo(Point other) {
            return Comparator.comparingLong(Point::x).thenComparingLong(Point::y).compare(this, other);
        }
    }

    /** Positive when the way from origin over a to b turns left. */
    static long cross(Point origin, Point a, Point b) {
        return (a.x - origin.x) * (b.y - origin.y) - (a.y - origin.y) * (b.x - origin.x);
    }

    /** One side of the hull, without its last point, which begins the other side. */
    static List<Point> chain(List<Point> points) {
        List<Point> kept = new ArrayList<>();
        for (Point point : points) {
            int size = kept.size();
            while (size >= 2 && cross(kept.get(size - 2), kept.get(size - 1), point) <= 0) {
                kept.remove(--size);
            }
            kept.add(point);
        }
        return kept.subList(0, kept.size() - 1);
    }

    static List<Point> convexHull(List<Point> ordered) {
        if (ordered.size() <= 1) {
            return ordered;
        }
        List<Point> hull = new ArrayList<>(chain(ordered));
        List<Point> reversed = new ArrayList<>(ordered);
        Collections.reverse(reversed);
        hull.addAll(chain(reversed));
        return hull;
    }

    static long doubleArea(List<Point> hull) {
        long area = 0;
        for (int i = 0; i < hull.size(); i++) {
            Point a = hull.get(i);
            Point b = hull.get((i + 1) % hull.size());
            area += a.x * b.y - a.y * b.x;
        }
        return area;
    }

    public static void main(String[] args) {
        Scanner in = new Scanner(System.in);
        TreeSet<Point> points = new TreeSet<>();
        while (in.hasNext()) {
            long x = in.nextLong();
            if (!in.hasNext()) {
                System.out.println("the last point has no y");
                return;
            }
            points.add(new Point(x, in.nextLong()));
        }
        List<Point> hull = convexHull(List.copyOf(points));
        hull.forEach(point -> System.out.println(point.x + " " + point.y));
        long area = doubleArea(hull);
        System.out.printf("corners: %d of %d points, ", hull.size(), points.size());
        System.out.printf("area: %d.%d%n", area / 2, area % 2 * 5);
    }
}
