import { readFileSync } from "fs";

function primesUpTo(limit: number): number[] {
  const isPrime: boolean[] = new Array(limit + 1).fill(true);
  const primes: number[] = [];
  for (let n = 2; n <= limit; n++) {
    if (!isPrime[n]) continue;
    primes.push(n);
    for (let multiple = n * n; multiple <= limit; multiple += n) {
      isPrime[multiple] = false;
    }
  }
  return primes;
}

const limit = parseInt(readFileSync(0, "utf8"), 10);
console.log(primesUpTo(limit).join(" "));
