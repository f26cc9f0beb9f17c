const fs = require("fs");

// lengths[i][j] belongs to the rest of a from i on and the rest of b from j on.
function suffixLengths(a, b) {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i][j] =
        a[i] === b[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}

// The smallest in character order of all longest common subsequences.
function firstCommonSubsequence(a, b) {
  const lengths = suffixLengths(a, b);
  const alphabet = [...new Set(a)].filter((c) => b.includes(c)).sort();
  let found = "";
  let [i, j] = [0, 0];
  while (lengths[i][j] > 0) {
    const missing = lengths[i][j];
    const next = alphabet.find((c) => {
      const [p, q] = [a.indexOf(c, i), b.indexOf(c, j)];
      return p >= 0 && q >= 0 && lengths[p][q] === missing;
    });
    found += next;
    i = a.indexOf(next, i) + 1;
    j = b.indexOf(next, j) + 1;
  }
  return found;
}

const [first, second = ""] = fs.readFileSync(0, "utf8").split("\n");
const common = firstCommonSubsequence(first, second);
console.log(common ? `${common.length}: ${common}` : "nothing in common");
