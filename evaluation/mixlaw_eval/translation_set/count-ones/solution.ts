import { readFileSync } from "fs";

let n: number = Number(readFileSync(0, "utf8"));
let ones: number = 0;
while (n !== 0) {
  n &= n - 1;
  ones++;
}
console.log(ones);
