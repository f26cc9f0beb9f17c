const fs = require("fs");

const cross = (a, b, p) => (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);

const between = (value, a, b) => Math.min(a, b) <= value && value <= Math.max(a, b);

function onEdge([a, b], p) {
  return between(p.x, a.x, b.x) && between(p.y, a.y, b.y) && cross(a, b, p) === 0;
}

// Whether the edge meets the ray that goes right from p; an edge holds its lower end only.
function crossesRay([a, b], p) {
  const [low, high] = a.y <= b.y ? [a, b] : [b, a];
  return low.y <= p.y && p.y < high.y && cross(low, high, p) > 0;
}

function locate(edges, p) {
  if (edges.some((edge) => onEdge(edge, p))) return "boundary";
  const crossings = edges.filter((edge) => crossesRay(edge, p)).length;
  return crossings % 2 === 1 ? "inside" : "outside";
}

function parsePoints(text) {
  const numbers = text.split(/\s+/).filter(Boolean).map(Number);
  const points = [];
  while (numbers.length > 0) {
    const [x, y] = numbers.splice(0, 2);
    points.push({ x, y });
  }
  return points;
}

const [first, ...rest] = fs.readFileSync(0, "utf8").split("\n");
const corners = parsePoints(first);
if (corners.length < 3) {
  console.log("a polygon has at least 3 corners");
} else {
  const edges = corners.map((corner, i) => [corner, corners[(i + 1) % corners.length]]);
  const counts = { inside: 0, boundary: 0, outside: 0 };
  for (const p of parsePoints(rest.join(" "))) {
    const place = locate(edges, p);
    counts[place]++;
    console.log(`(${p.x}, ${p.y}): ${place}`);
  }
  const summary = Object.entries(counts).map(([place, count]) => `${place} ${count}`);
  console.log(summary.join(", "));
}
