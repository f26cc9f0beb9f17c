const fs = require("fs");

// Bit s of the bitset is set when some of the values add up to s.
function reachableSums(values) {
  const sums = values.reduce((bits, value) => bits | (bits << BigInt(value)), 1n);
  return [...sums.toString(2)].reverse().map((bit) => bit === "1");
}

// The reachable sum nearest to the target; of two as near, the smaller.
function nearest(reachable, target) {
  for (let distance = 0; ; distance++) {
    if (reachable[target - distance]) return target - distance;
    if (reachable[target + distance]) return target + distance;
  }
}

function answer(reachable, word) {
  if (!/^\d+$/.test(word) || Number(word) > 10_000) return "not a target from 0 to 10000";
  const target = Number(word);
  return reachable[target] ? "reachable" : `nearest is ${nearest(reachable, target)}`;
}

const [first, ...queries] = fs
  .readFileSync(0, "utf8")
  .split("\n")
  .map((line) => line.split(/\s+/).filter(Boolean));
const values = first.map(Number);
const total = values.reduce((sum, value) => sum + value, 0);
const reachable = reachableSums(values);
const half = nearest(reachable, Math.floor(total / 2));

console.log(`${reachable.filter(Boolean).length} sums up to ${total}`);
console.log(`fairest split: ${half} and ${total - half}`);
for (const word of queries.flat()) {
  console.log(`${word}: ${answer(reachable, word)}`);
}
