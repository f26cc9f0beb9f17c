import { readFileSync } from "fs";

function countOnes(n: number): number {
  let count = 0;
  while (n !== 0) {
    n &= n - 1;
    count++;
  }
  return count;
}

for (const word of readFileSync(0, "utf8").split(/\s+/).filter(Boolean)) {
  console.log(countOnes(Number(word)));
}
