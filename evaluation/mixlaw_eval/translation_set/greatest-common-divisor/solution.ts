import { readFileSync } from "fs";

let [a, b]: number[] = readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
while (b !== 0) {
  [a, b] = [b, a % b];
}
console.log(Math.abs(a));
