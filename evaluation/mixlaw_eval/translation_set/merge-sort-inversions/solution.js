const fs = require("fs");

// The merged list and the number of pairs in which the right member is the smaller one.
function merge(left, right) {
  const merged = [];
  let inversions = 0;
  let [i, j] = [0, 0];
  while (i < left.length && j < right.length) {
    if (left[i] <= right[j]) {
      merged.push(left[i++]);
    } else {
      merged.push(right[j++]);
      inversions += left.length - i;
    }
  }
  return { sorted: [...merged, ...left.slice(i), ...right.slice(j)], inversions };
}

function mergeSort(numbers) {
  if (numbers.length < 2) return { sorted: numbers, inversions: 0 };
  const middle = numbers.length >> 1;
  const left = mergeSort(numbers.slice(0, middle));
  const right = mergeSort(numbers.slice(middle));
  const { sorted, inversions } = merge(left.sorted, right.sorted);
  return { sorted, inversions: left.inversions + right.inversions + inversions };
}

const text = fs.readFileSync(0, "utf8");
if (text === "") {
  console.log("no lines");
} else {
  const results = text.replace(/\n$/, "").split("\n").map((line) => mergeSort((line.match(/\S+/g) ?? []).map(Number)));
  for (const { sorted, inversions } of results) {
    console.log([`${inversions}:`, ...sorted].join(" "));
  }
  const counts = results.map((result) => result.inversions);
  console.log(`best sorted: line ${counts.indexOf(Math.min(...counts)) + 1}`);
}
