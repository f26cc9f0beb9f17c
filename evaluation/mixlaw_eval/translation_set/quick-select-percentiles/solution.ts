import { readFileSync } from "fs";

function medianOfThree(a: number, b: number, c: number): number {
  return [a, b, c].sort((x, y) => x - y)[1];
}

// The number that would stand at place `rank` (from 0) if the list were sorted.
function quickSelect(numbers: readonly number[], rank: number): number {
  const pivot = medianOfThree(numbers[0], numbers[numbers.length >> 1], numbers[numbers.length - 1]);
  const smaller: number[] = [];
  const larger: number[] = [];
  for (const number of numbers) {
    if (number < pivot) smaller.push(number);
    else if (number > pivot) larger.push(number);
  }
  const atMost = numbers.length - larger.length;
  if (rank < smaller.length) return quickSelect(smaller, rank);
  return rank < atMost ? pivot : quickSelect(larger, rank - atMost);
}

// The smallest number that at least `percent` in a hundred do not exceed.
function percentile(numbers: readonly number[], percent: number): number {
  const rank = Math.ceil((percent * numbers.length) / 100);
  return quickSelect(numbers, Math.max(rank, 1) - 1);
}

function parseNumbers(text: string): number[] {
  return text.split(/\s+/).filter((word) => word !== "").map(Number);
}

const [first, ...rest] = readFileSync(0, "utf8").split("\n");
const numbers = parseNumbers(rest.join(" "));
if (numbers.length === 0) {
  console.log("no numbers");
} else {
  for (const percent of parseNumbers(first)) {
    if (percent < 0 || percent > 100) console.log(`p${percent} is out of range`);
    else console.log(`p${percent} = ${percentile(numbers, percent)}`);
  }
}
