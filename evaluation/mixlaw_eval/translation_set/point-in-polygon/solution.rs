use std::io;

#[derive(Clone, Copy)]
struct Point {
    x: i64,
    y: i64,
}

struct Edge(Point, Point);

impl Edge {
    fn cross(&self, p: Point) -> i64 {
        let Edge(a, b) = self;
        (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)
    }

    fn holds(&self, p: Point) -> bool {
        let Edge(a, b) = self;
        (a.x.min(b.x)..=a.x.max(b.x)).contains(&p.x)
            && (a.y.min(b.y)..=a.y.max(b.y)).contains(&p.y)
            && self.cross(p) == 0
    }

    /// Whether the edge meets the ray that goes right from p; an edge holds its lower end only.
    fn crosses_ray(&self, p: Point) -> bool {
        let Edge(a, b) = self;
        if a.y <= b.y {
            (a.y..b.y).contains(&p.y) && self.cross(p) > 0
        } else {
            (b.y..a.y).contains(&p.y) && self.cross(p) < 0
        }
    }
}

fn locate(edges: &[Edge], p: Point) -> &'static str {
    if edges.iter().any(|edge| edge.holds(p)) {
        return "boundary";
    }
    let crossings = edges.iter().filter(|edge| edge.crosses_ray(p)).count();
    if crossings % 2 == 1 {
        "inside"
    } else {
        "outside"
    }
}

fn parse_points(text: &str) -> Vec<Point> {
    let numbers: Vec<i64> = text
        .split_whitespace()
        .map(|word| word.parse().unwrap())
        .collect();
    numbers
        .chunks(2)
        .map(|pair| Point {
            x: pair[0],
            y: pair[1],
        })
        .collect()
}

fn main() {
    let text = io::read_to_string(io::stdin()).unwrap();
    let (first, rest) = text.split_once('\n').unwrap_or_default();
    let corners = parse_points(first);
    if corners.len() < 3 {
        println!("a polygon has at least 3 corners");
        return;
    }
    let next = corners.iter().cycle().skip(1);
    let edges: Vec<Edge> = corners
        .iter()
        .zip(next)
        .map(|(&a, &b)| Edge(a, b))
        .collect();
    let mut places = Vec::new();
    for p in parse_points(rest) {
        let place = locate(&edges, p);
        places.push(place);
        println!("({}, {}): {place}", p.x, p.y);
    }
    let count = |name| places.iter().filter(|&&place| place == name).count();
    println!(
        "inside {}, boundary {}, outside {}",
        count("inside"),
        count("boundary"),
        count("outside")
    );
}
