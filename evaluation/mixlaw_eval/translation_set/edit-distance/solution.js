const fs = require("fs");

function distanceTable(a, b) {
  const table = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const above = table[i - 1];
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(swap, above[j] + 1, row[j - 1] + 1));
    }
    table.push(row);
  }
  return table;
}

// Walks back from the corner: replacing is preferred to deleting, and deleting to inserting.
function edits(a, b) {
  const table = distanceTable(a, b);
  const steps = [];
  let [i, j] = [a.length, b.length];
  while (i > 0 || j > 0) {
    const same = a[i - 1] === b[j - 1];
    if (i > 0 && j > 0 && table[i][j] === table[i - 1][j - 1] + (same ? 0 : 1)) {
      i--;
      j--;
      if (!same) steps.push(`replace '${a[i]}' by '${b[j]}' at ${i}`);
    } else if (i > 0 && table[i][j] === table[i - 1][j] + 1) {
      i--;
      steps.push(`delete '${a[i]}' at ${i}`);
    } else {
      j--;
      steps.push(`insert '${b[j]}' at ${i}`);
    }
  }
  return steps.reverse();
}

const [first, second = ""] = fs.readFileSync(0, "utf8").split("\n");
const steps = edits(first, second);
console.log([`distance ${steps.length}`, ...steps].join("\n"));
