import { readFileSync } from "fs";

function gcd(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : gcd(b, a % b);
}

const [a, b] = readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
console.log(gcd(a, b));
