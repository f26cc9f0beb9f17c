import { readFileSync } from "fs";

// The first place in a sorted list whose value is not below the number.
function lowerBound(sorted: readonly number[], number: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Indices of the subsequence, in O(n log n): tails[k] is the smallest end of a run of k + 1 numbers.
function longestIncreasing(numbers: readonly number[]): number[] {
  const tails: number[] = [];
  const ends: number[] = [];
  const before: (number | undefined)[] = [];
  numbers.forEach((number, index) => {
    const place = lowerBound(tails, number);
    tails[place] = number;
    ends[place] = index;
    before.push(ends[place - 1]);
  });
  const chain: number[] = [];
  let index: number | undefined = ends[ends.length - 1];
  while (index !== undefined) {
    chain.unshift(index);
    index = before[index];
  }
  return chain;
}

function report(words: string[]): string {
  const bad = words.find((word) => !/^-?\d+$/.test(word));
  if (bad !== undefined) return `not an integer: ${bad}`;
  const numbers = words.map(Number);
  const chain = longestIncreasing(numbers);
  const lines = [`${chain.length} of ${numbers.length}`];
  if (chain.length > 0) {
    lines.push(`values: ${chain.map((index) => numbers[index]).join(" ")}`);
    lines.push(`places: ${chain.map((index) => index + 1).join(" ")}`);
  }
  return lines.join("\n");
}

const text = readFileSync(0, "utf8");
console.log(report(text.split(/\s+/).filter((word) => word !== "")));
