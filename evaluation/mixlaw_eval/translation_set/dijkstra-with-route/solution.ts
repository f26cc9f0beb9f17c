import { readFileSync } from "fs";

interface Stop {
  town: string;
  cost: number;
  route: string[];
}

type Roads = Map<string, { to: string; cost: number }[]>;

// Every line holds two towns and the cost of the road between them, both ways.
function parseRoads(lines: string[]): Roads {
  const roads: Roads = new Map();
  const add = (from: string, to: string, cost: number): void => {
    roads.set(from, [...(roads.get(from) ?? []), { to, cost }]);
  };
  for (const line of lines) {
    const match = /^(\S+) (\S+) (\d+)$/.exec(line);
    if (!match) throw new Error(`bad road: ${line}`);
    const [, a, b, cost] = match;
    add(a, b, Number(cost));
    add(b, a, Number(cost));
  }
  return roads;
}

// Settles the towns by cost, then by name, which decides between routes of equal cost.
function cheapestRoute(roads: Roads, start: string, goal: string): Stop | undefined {
  const settled = new Set<string>();
  const open = new Map<string, Stop>([[start, { town: start, cost: 0, route: [start] }]]);
  const nearer = (a: Stop, b: Stop): boolean => (a.cost === b.cost ? a.town < b.town : a.cost < b.cost);
  while (open.size > 0) {
    const stop = [...open.values()].reduce((best, other) => (nearer(other, best) ? other : best));
    if (stop.town === goal) return stop;
    open.delete(stop.town);
    settled.add(stop.town);
    for (const { to, cost } of roads.get(stop.town) ?? []) {
      const known = open.get(to)?.cost ?? Infinity;
      if (!settled.has(to) && stop.cost + cost < known) {
        open.set(to, { town: to, cost: stop.cost + cost, route: [...stop.route, to] });
      }
    }
  }
  return undefined;
}

function report(text: string): string {
  const [first, ...rest] = text.replace(/\n$/, "").split("\n");
  const towns = first.split(" ");
  if (towns.length !== 2) throw new Error("the first line must name two towns");
  const found = cheapestRoute(parseRoads(rest), towns[0], towns[1]);
  return found ? `cost ${found.cost}: ${found.route.join(" > ")}` : "no route";
}

try {
  console.log(report(readFileSync(0, "utf8")));
} catch (error) {
  console.log((error as Error).message);
}
