const fs = require("fs");

const medianOfThree = (a, b, c) => Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));

// The number that would stand at place `rank` (from 0) if the list were sorted.
function quickSelect(numbers, rank) {
  const pivot = medianOfThree(numbers[0], numbers[numbers.length >> 1], numbers[numbers.length - 1]);
  const smaller = numbers.filter((number) => number < pivot);
  if (rank < smaller.length) return quickSelect(smaller, rank);
  const larger = numbers.filter((number) => number > pivot);
  const atMost = numbers.length - larger.length;
  return rank < atMost ? pivot : quickSelect(larger, rank - atMost);
}

// The smallest number that at least `percent` in a hundred do not exceed.
function percentile(numbers, percent) {
  const rank = Math.ceil((percent * numbers.length) / 100);
  return quickSelect(numbers, Math.max(rank, 1) - 1);
}

function parseNumbers(text) {
  return (text.match(/\S+/g) || []).map(Number);
}

const [first, ...rest] = fs.readFileSync(0, "utf8").split("\n");
const numbers = parseNumbers(rest.join(" "));
if (numbers.length === 0) {
  console.log("no numbers");
} else {
  for (const percent of parseNumbers(first)) {
    const valid = percent >= 0 && percent <= 100;
    console.log(`p${percent}${valid ? ` = ${percentile(numbers, percent)}` : " is out of range"}`);
  }
}
