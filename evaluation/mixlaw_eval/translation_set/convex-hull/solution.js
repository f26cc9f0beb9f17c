const fs = require("fs");

// Positive when the way from origin over a to b turns left.
function cross(origin, a, b) {
  return (a.x - origin.x) * (b.y - origin.y) - (a.y - origin.y) * (b.x - origin.x);
}

// One side of the hull, without its last point, which begins the other side.
function chain(points) {
  const kept = [];
  for (const point of points) {
    while (kept.length >= 2 && cross(kept.at(-2), kept.at(-1), point) <= 0) kept.pop();
    kept.push(point);
  }
  return kept.slice(0, -1);
}

function sortedAndDistinct(numbers) {
  const points = new Map();
  for (let i = 0; i < numbers.length; i += 2) {
    const [x, y] = [numbers[i], numbers[i + 1]];
    points.set(`${x} ${y}`, { x, y });
  }
  return [...points.values()].sort((a, b) => a.x - b.x || a.y - b.y);
}

function convexHull(ordered) {
  if (ordered.length <= 1) return ordered;
  return [...chain(ordered), ...chain([...ordered].reverse())];
}

function doubleArea(hull) {
  return hull.reduce((area, a, i) => {
    const b = hull[(i + 1) % hull.length];
    return area + a.x * b.y - a.y * b.x;
  }, 0);
}

const numbers = fs.readFileSync(0, "utf8").split(/\s+/).filter(Boolean).map(Number);
if (numbers.length % 2 === 1) {
  console.log("the last point has no y");
} else {
  const points = sortedAndDistinct(numbers);
  const hull = convexHull(points);
  hull.forEach(({ x, y }) => console.log(`${x} ${y}`));
  const area = (doubleArea(hull) / 2).toFixed(1);
  console.log(`corners: ${hull.length} of ${points.length} points, area: ${area}`);
}
