import * as fs from "fs";

/** A fixed number of bits in words of 32. */
class BitSet {
  private readonly words: Uint32Array;

  constructor(readonly size: number) {
    this.words = new Uint32Array(Math.ceil(size / 32));
  }

  has(bit: number): boolean {
    return bit >= 0 && bit < this.size && ((this.words[bit >>> 5] >>> (bit & 31)) & 1) === 1;
  }

  add(bit: number): void {
    this.words[bit >>> 5] |= 1 << (bit & 31);
  }
}

function reachableSums(values: number[], total: number): BitSet {
  const sums = new BitSet(total + 1);
  sums.add(0);
  let highest = 0;
  for (const value of values) {
    for (let sum = highest; sum >= 0; sum--) {
      if (sums.has(sum)) sums.add(sum + value);
    }
    highest += value;
  }
  return sums;
}

/** The reachable sum nearest to the target; of two as near, the smaller. */
function nearest(sums: BitSet, target: number): number {
  let distance = 0;
  while (!sums.has(target - distance) && !sums.has(target + distance)) distance++;
  return sums.has(target - distance) ? target - distance : target + distance;
}

function answer(sums: BitSet, word: string): string {
  const target = /^\d+$/.test(word) ? Number(word) : Infinity;
  if (target > 10_000) return "not a target from 0 to 10000";
  return sums.has(target) ? "reachable" : `nearest is ${nearest(sums, target)}`;
}

const wordsOf = (line: string): string[] => line.split(/\s+/).filter((word) => word !== "");
const [first, ...rest] = fs.readFileSync(0, "utf8").split("\n");
const values = wordsOf(first).map(Number);
const total = values.reduce((sum, value) => sum + value, 0);
const sums = reachableSums(values, total);
const half = nearest(sums, Math.floor(total / 2));
const count = Array.from({ length: total + 1 }, (_, sum) => sums.has(sum)).filter(Boolean).length;

console.log(`${count} sums up to ${total}`);
console.log(`fairest split: ${half} and ${total - half}`);
for (const word of rest.flatMap(wordsOf)) console.log(`${word}: ${answer(sums, word)}`);
