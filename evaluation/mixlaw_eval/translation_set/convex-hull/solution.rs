use std::collections::BTreeSet;
use std::io;

type Point = (i64, i64);

/// Positive when the way from the origin over a to b turns left.
fn cross(origin: Point, a: Point, b: Point) -> i64 {
    (a.0 - origin.0) * (b.1 - origin.1) - (a.1 - origin.1) * (b.0 - origin.0)
}

/// One side of the hull, without its last point, which begins the other side.
fn chain<'a>(points: impl Iterator<Item = &'a Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for &point in points {
        while let [.., a, b] = kept[..] {
            if cross(a, b, point) > 0 {
                break;
            }
            kept.pop();
        }
        kept.push(point);
    }
    kept.pop();
    kept
}

/// Corners only, counter-clockwise from the leftmost and then lowest point.
fn convex_hull(points: &BTreeSet<Point>) -> Vec<Point> {
    if points.len() <= 1 {
        return points.iter().copied().collect();
    }
    let mut hull = chain(points.iter());
    hull.extend(chain(points.iter().rev()));
    hull
}

fn double_area(hull: &[Point]) -> i64 {
    hull.iter()
        .zip(hull.iter().cycle().skip(1))
        .map(|(a, b)| a.0 * b.1 - a.1 * b.0)
        .sum()
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let numbers: Vec<i64> = text
        .split_whitespace()
        .map(|word| word.parse().expect("an integer"))
        .collect();
    if numbers.len() % 2 == 1 {
        println!("the last point has no y");
        return;
    }
    let points: BTreeSet<Point> = numbers.chunks(2).map(|pair| (pair[0], pair[1])).collect();
    let hull = convex_hull(&points);
    for (x, y) in &hull {
        println!("{x} {y}");
    }
    let area = double_area(&hull);
    println!(
        "corners: {} of {} points, area: {}.{}",
        hull.len(),
        points.len(),
        area / 2,
        area % 2 * 5
    );
}
