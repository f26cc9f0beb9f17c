import { readFileSync } from "fs";

interface Sorted {
  numbers: number[];
  inversions: number;
}

// Counts the pairs in which the right member is the smaller one.
function merge(left: number[], right: number[]): Sorted {
  const numbers: number[] = [];
  let inversions = 0;
  let i = 0;
  for (const number of right) {
    while (i < left.length && left[i] <= number) numbers.push(left[i++]);
    numbers.push(number);
    inversions += left.length - i;
  }
  return { numbers: numbers.concat(left.slice(i)), inversions };
}

function mergeSort(numbers: number[]): Sorted {
  if (numbers.length < 2) return { numbers, inversions: 0 };
  const middle = numbers.length >> 1;
  const left = mergeSort(numbers.slice(0, middle));
  const right = mergeSort(numbers.slice(middle));
  const merged = merge(left.numbers, right.numbers);
  return { ...merged, inversions: left.inversions + right.inversions + merged.inversions };
}

const text = readFileSync(0, "utf8");
if (text === "") {
  console.log("no lines");
} else {
  let best = { line: 0, inversions: Infinity };
  text.replace(/\n$/, "").split("\n").forEach((line, index) => {
    const words = line.split(" ").filter((word) => word !== "");
    const { numbers, inversions } = mergeSort(words.map(Number));
    console.log([`${inversions}:`, ...numbers].join(" "));
    if (inversions < best.inversions) best = { line: index + 1, inversions };
  });
  console.log(`best sorted: line ${best.line}`);
}
