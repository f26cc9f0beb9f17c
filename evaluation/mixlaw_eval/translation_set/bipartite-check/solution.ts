import { readFileSync } from "fs";

type Quarrels = Map<string, Set<string>>;
type Seating = { tables: Map<string, number> } | { cycle: string[] };

// Every line holds two guests who quarrel, or a guest who quarrels with nobody.
function parse(text: string): Quarrels {
  const quarrels: Quarrels = new Map();
  const add = (guest: string, others: string[]): void => {
    quarrels.set(guest, new Set([...(quarrels.get(guest) ?? []), ...others]));
  };
  for (const line of text.split("\n")) {
    const [a, b] = line.split(" ").filter((word) => word !== "");
    if (a !== undefined) add(a, b === undefined ? [] : [b]);
    if (b !== undefined) add(b, [a]);
  }
  return quarrels;
}

// Two guests of one rank who quarrel: the ways back to where they meet, as one way around.
function closeCycle(before: Map<string, string>, left: string, right: string): string[] {
  if (left === right) return [left];
  return [left, ...closeCycle(before, before.get(left)!, before.get(right)!), right];
}

// Spreads out from the alphabetically first guest of every circle, who sits at table 1.
function seat(quarrels: Quarrels): Seating {
  const tables = new Map<string, number>();
  const before = new Map<string, string>();
  for (const first of [...quarrels.keys()].sort()) {
    if (tables.has(first)) continue;
    tables.set(first, 1);
    const queue = [first];
    for (const guest of queue) {
      for (const other of [...quarrels.get(guest)!].sort()) {
        if (!tables.has(other)) {
          tables.set(other, 3 - tables.get(guest)!);
          before.set(other, guest);
          queue.push(other);
        } else if (tables.get(other) === tables.get(guest)) {
          return { cycle: closeCycle(before, guest, other) };
        }
      }
    }
  }
  return { tables };
}

const seating = seat(parse(readFileSync(0, "utf8")));
if ("cycle" in seating) {
  console.log(["odd cycle:", ...seating.cycle].join(" "));
} else {
  for (const table of [1, 2]) {
    const guests = [...seating.tables].filter(([, place]) => place === table).map(([guest]) => guest);
    console.log([`table ${table}:`, ...guests.sort()].join(" "));
  }
}
