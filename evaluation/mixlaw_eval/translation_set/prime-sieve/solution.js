const fs = require("fs");

function primesUpTo(limit) {
  const isPrime = new Array(limit + 1).fill(true);
  const primes = [];
  for (let n = 2; n <= limit; n++) {
    if (!isPrime[n]) continue;
    primes.push(n);
    for (let multiple = n * n; multiple <= limit; multiple += n) {
      isPrime[multiple] = false;
    }
  }
  return primes;
}

const limit = parseInt(fs.readFileSync(0, "utf8"), 10);
console.log(primesUpTo(limit).join(" "));
