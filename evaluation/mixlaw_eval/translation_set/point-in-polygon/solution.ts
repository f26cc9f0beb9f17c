import * as fs from "fs";

interface Point {
  x: number;
  y: number;
}

type Place = "inside" | "boundary" | "outside";

class Edge {
  constructor(
    private readonly a: Point,
    private readonly b: Point,
  ) {}

  private side(p: Point): number {
    return Math.sign((this.b.x - this.a.x) * (p.y - this.a.y) - (this.b.y - this.a.y) * (p.x - this.a.x));
  }

  holds(p: Point): boolean {
    const { a, b } = this;
    const between = (p.x - a.x) * (p.x - b.x) <= 0 && (p.y - a.y) * (p.y - b.y) <= 0;
    return between && this.side(p) === 0;
  }

  /** Whether the edge meets the ray that goes right from p; an edge holds its lower end only. */
  crossesRay(p: Point): boolean {
    const upwards = this.a.y <= p.y && p.y < this.b.y;
    const downwards = this.b.y <= p.y && p.y < this.a.y;
    return (upwards && this.side(p) > 0) || (downwards && this.side(p) < 0);
  }
}

function locate(edges: Edge[], p: Point): Place {
  if (edges.some((edge) => edge.holds(p))) return "boundary";
  return edges.filter((edge) => edge.crossesRay(p)).length % 2 === 1 ? "inside" : "outside";
}

function parsePoints(text: string): Point[] {
  const pairs = text.match(/-?\d+\s+-?\d+/g) ?? [];
  return pairs.map((pair) => {
    const [x, y] = pair.split(/\s+/).map(Number);
    return { x, y };
  });
}

const [first, ...rest] = fs.readFileSync(0, "utf8").split("\n");
const corners = parsePoints(first);
if (corners.length < 3) {
  console.log("a polygon has at least 3 corners");
} else {
  const edges = corners.map((corner, i) => new Edge(corner, corners[(i + 1) % corners.length]));
  const counts: Record<Place, number> = { inside: 0, boundary: 0, outside: 0 };
  for (const p of parsePoints(rest.join(" "))) {
    const place = locate(edges, p);
    counts[place] += 1;
    console.log(`(${p.x}, ${p.y}): ${place}`);
  }
  console.log(`inside ${counts.inside}, boundary ${counts.boundary}, outside ${counts.outside}`);
}
