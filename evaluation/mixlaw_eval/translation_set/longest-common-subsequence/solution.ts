import { readFileSync } from "fs";

// lengths[i][j] belongs to the rest of a from i on and the rest of b from j on.
function suffixLengths(a: string, b: string): number[][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      lengths[i][j] =
        a[i] === b[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
    }
  }
  return lengths;
}

// The smallest in character order of all longest common subsequences.
function firstCommonSubsequence(a: string, b: string): string {
  const lengths = suffixLengths(a, b);
  const alphabet = [...new Set(a)].filter((c) => b.includes(c)).sort();
  let found = "";
  let i = 0;
  let j = 0;
  while (lengths[i][j] > 0) {
    for (const c of alphabet) {
      const p = a.indexOf(c, i);
      const q = b.indexOf(c, j);
      if (p >= 0 && q >= 0 && lengths[p][q] === lengths[i][j]) {
        found += c;
        i = p + 1;
        j = q + 1;
        break;
      }
    }
  }
  return found;
}

const [first, second = ""] = readFileSync(0, "utf8").split("\n");
const common = firstCommonSubsequence(first, second);
console.log(common ? `${common.length}: ${common}` : "nothing in common");
