const fs = require("fs");

// Every line holds two towns and the cost of the road between them, both ways.
function parseRoads(lines) {
  const roads = new Map();
  const add = (from, to, cost) => roads.set(from, [...(roads.get(from) ?? []), { to, cost }]);
  for (const line of lines) {
    const match = /^(\S+) (\S+) (\d+)$/.exec(line);
    if (!match) throw new Error(`bad road: ${line}`);
    const [, a, b, cost] = match;
    add(a, b, Number(cost));
    add(b, a, Number(cost));
  }
  return roads;
}

// The cheapest stop, and the first by name among equal ones.
function nearest(stops) {
  const nearer = (a, b) => (a.cost === b.cost ? a.town < b.town : a.cost < b.cost);
  return stops.reduce((best, stop) => (nearer(stop, best) ? stop : best));
}

function cheapestRoute(roads, start, goal) {
  const settled = new Set();
  const open = new Map([[start, { town: start, cost: 0, route: [start] }]]);
  while (open.size > 0) {
    const { town, cost, route } = nearest([...open.values()]);
    if (town === goal) return { cost, route };
    open.delete(town);
    settled.add(town);
    for (const road of roads.get(town) ?? []) {
      const known = open.get(road.to)?.cost ?? Infinity;
      if (!settled.has(road.to) && cost + road.cost < known) {
        open.set(road.to, { town: road.to, cost: cost + road.cost, route: [...route, road.to] });
      }
    }
  }
  return null;
}

function main() {
  const [first, ...rest] = fs.readFileSync(0, "utf8").replace(/\n$/, "").split("\n");
  const towns = first.split(" ");
  if (towns.length !== 2) throw new Error("the first line must name two towns");
  const found = cheapestRoute(parseRoads(rest), ...towns);
  console.log(found ? `cost ${found.cost}: ${found.route.join(" > ")}` : "no route");
}

try {
  main();
} catch (error) {
  console.log(error.message);
}
