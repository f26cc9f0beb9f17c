const fs = require("fs");

// The first place in a sorted list whose value is not below the number.
function lowerBound(sorted, number) {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Indices of the subsequence, in O(n log n): tails[k] is the smallest end of a run of k + 1 numbers.
function longestIncreasing(numbers) {
  const tails = [];
  const ends = [];
  const before = numbers.map((number, index) => {
    const place = lowerBound(tails, number);
    tails[place] = number;
    ends[place] = index;
    return ends[place - 1];
  });
  const chain = [];
  for (let index = ends[ends.length - 1]; index !== undefined; index = before[index]) {
    chain.push(index);
  }
  return chain.reverse();
}

const words = fs.readFileSync(0, "utf8").split(/\s+/).filter(Boolean);
const bad = words.find((word) => !/^-?\d+$/.test(word));
if (bad !== undefined) {
  console.log(`not an integer: ${bad}`);
} else {
  const numbers = words.map(Number);
  const chain = longestIncreasing(numbers);
  console.log(`${chain.length} of ${numbers.length}`);
  if (chain.length > 0) {
    console.log("values:", chain.map((index) => numbers[index]).join(" "));
    console.log("places:", chain.map((index) => index + 1).join(" "));
  }
}
