const fs = require("fs");

function parseItem(line) {
  const match = /^(\w+) (\d+) (\d+)$/.exec(line);
  if (!match) throw new Error(`bad item: ${line}`);
  return { name: match[1], weight: Number(match[2]), value: Number(match[3]) };
}

// best[i][room] is the largest value of items i and later ones within that room.
function bestValues(items, capacity) {
  const best = [new Array(capacity + 1).fill(0)];
  for (const { weight, value } of [...items].reverse()) {
    const without = best[0];
    best.unshift(
      without.map((alone, room) => (weight > room ? alone : Math.max(alone, without[room - weight] + value)))
    );
  }
  return best;
}

// The best selection; an item is left behind where it makes no difference.
function pack(items, capacity) {
  const best = bestValues(items, capacity);
  let room = capacity;
  return items.filter(({ weight }, i) => {
    const needed = best[i][room] > best[i + 1][room];
    if (needed) room -= weight;
    return needed;
  });
}

const sum = (numbers) => numbers.reduce((total, n) => total + n, 0);

function report(text) {
  const [first, ...rest] = text.replace(/\n$/, "").split("\n");
  if (!/^\d+$/.test(first)) throw new Error("bad capacity");
  const chosen = pack(rest.map(parseItem), Number(first));
  const totals = `value ${sum(chosen.map((item) => item.value))}, weight ${sum(chosen.map((item) => item.weight))}`;
  return `${totals}\n${chosen.map((item) => item.name).join(" ") || "nothing"}`;
}

try {
  console.log(report(fs.readFileSync(0, "utf8")));
} catch (error) {
  console.log(error.message);
}
