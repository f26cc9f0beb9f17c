const fs = require("fs");

// Every line holds two guests who quarrel, or a guest who quarrels with nobody.
function parse(text) {
  const quarrels = new Map();
  for (const line of text.split("\n")) {
    const guests = line.match(/\S+/g) ?? [];
    for (const guest of guests) {
      if (!quarrels.has(guest)) quarrels.set(guest, new Set());
    }
    if (guests.length > 1) {
      quarrels.get(guests[0]).add(guests[1]);
      quarrels.get(guests[1]).add(guests[0]);
    }
  }
  return quarrels;
}

// Two guests of one rank who quarrel: the ways back to where they meet, as one way around.
function closeCycle(before, left, right) {
  if (left === right) return [left];
  return [left, ...closeCycle(before, before.get(left), before.get(right)), right];
}

// Spreads out from the alphabetically first guest of every circle, who sits at table 1.
function seat(quarrels) {
  const tables = new Map();
  const before = new Map();
  for (const first of [...quarrels.keys()].sort()) {
    if (tables.has(first)) continue;
    tables.set(first, 1);
    const queue = [first];
    for (const guest of queue) {
      for (const other of [...quarrels.get(guest)].sort()) {
        if (!tables.has(other)) {
          tables.set(other, 3 - tables.get(guest));
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

const { tables, cycle } = seat(parse(fs.readFileSync(0, "utf8")));
if (cycle) {
  console.log(["odd cycle:", ...cycle].join(" "));
} else {
  for (const table of [1, 2]) {
    const guests = [...tables.keys()].filter((guest) => tables.get(guest) === table).sort();
    console.log([`table ${table}:`, ...guests].join(" "));
  }
}
