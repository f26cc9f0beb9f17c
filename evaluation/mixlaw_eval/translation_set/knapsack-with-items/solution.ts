import { readFileSync } from "fs";

interface Item {
  name: string;
  weight: number;
  value: number;
}

function parseItem(line: string): Item {
  const match = /^(\w+) (\d+) (\d+)$/.exec(line);
  if (!match) throw new Error(`bad item: ${line}`);
  return { name: match[1], weight: Number(match[2]), value: Number(match[3]) };
}

// best[i][room] is the largest value of items i and later ones within that room.
function bestValues(items: readonly Item[], capacity: number): number[][] {
  const best = [new Array<number>(capacity + 1).fill(0)];
  for (const { weight, value } of [...items].reverse()) {
    const without = best[0];
    best.unshift(
      without.map((alone, room) => (weight > room ? alone : Math.max(alone, without[room - weight] + value)))
    );
  }
  return best;
}

// The best selection; an item is left behind where it makes no difference.
function pack(items: readonly Item[], capacity: number): Item[] {
  const best = bestValues(items, capacity);
  const chosen: Item[] = [];
  let room = capacity;
  items.forEach((item, i) => {
    if (best[i][room] > best[i + 1][room]) {
      chosen.push(item);
      room -= item.weight;
    }
  });
  return chosen;
}

const total = (items: readonly Item[], key: "weight" | "value"): number =>
  items.reduce((sum, item) => sum + item[key], 0);

function report(text: string): string {
  const [first, ...rest] = text.replace(/\n$/, "").split("\n");
  if (!/^\d+$/.test(first)) throw new Error("bad capacity");
  const chosen = pack(rest.map(parseItem), Number(first));
  const names = chosen.map((item) => item.name).join(" ");
  return `value ${total(chosen, "value")}, weight ${total(chosen, "weight")}\n${names || "nothing"}`;
}

try {
  console.log(report(readFileSync(0, "utf8")));
} catch (error) {
  console.log((error as Error).message);
}
