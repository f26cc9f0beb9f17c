import { readFileSync } from "fs";

type Point = readonly [x: number, y: number];

/** Positive when the way from the origin over a to b turns left. */
function cross([x, y]: Point, a: Point, b: Point): number {
  return (a[0] - x) * (b[1] - y) - (a[1] - y) * (b[0] - x);
}

/** One side of the hull, without its last point, which begins the other side. */
function chain(points: Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    while (kept.length >= 2 && cross(kept[kept.length - 2], kept[kept.length - 1], point) <= 0) {
      kept.pop();
    }
    kept.push(point);
  }
  kept.pop();
  return kept;
}

function convexHull(ordered: Point[]): Point[] {
  if (ordered.length <= 1) return ordered;
  const backwards = ordered.slice().reverse();
  return chain(ordered).concat(chain(backwards));
}

function doubleArea(hull: Point[]): number {
  let area = 0;
  hull.forEach((a, i) => {
    const b = hull[(i + 1) % hull.length];
    area += a[0] * b[1] - a[1] * b[0];
  });
  return area;
}

function main(): void {
  const numbers = (readFileSync(0, "utf8").match(/\S+/g) ?? []).map(Number);
  if (numbers.length % 2 !== 0) {
    console.log("the last point has no y");
    return;
  }
  const all = numbers.flatMap((x, i): Point[] => (i % 2 === 0 ? [[x, numbers[i + 1]]] : []));
  all.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const points = all.filter((p, i) => i === 0 || p[0] !== all[i - 1][0] || p[1] !== all[i - 1][1]);
  const hull = convexHull(points);
  for (const [x, y] of hull) console.log(`${x} ${y}`);
  const area = doubleArea(hull);
  console.log(`corners: ${hull.length} of ${points.length} points, area: ${Math.floor(area / 2)}.${(area % 2) * 5}`);
}

main();
