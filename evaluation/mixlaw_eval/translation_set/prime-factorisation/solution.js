const fs = require("fs");

const LIMIT = 1_000_000;

function smallestFactors() {
  const smallest = new Uint32Array(LIMIT + 1);
  for (let n = 2; n <= LIMIT; n++) {
    if (smallest[n] !== 0) continue;
    for (let multiple = n; multiple <= LIMIT; multiple += n) {
      smallest[multiple] ||= n;
    }
  }
  return smallest;
}

function factorise(n, smallest) {
  const powers = new Map();
  while (n > 1) {
    const prime = smallest[n];
    powers.set(prime, (powers.get(prime) ?? 0) + 1);
    n /= prime;
  }
  return powers;
}

const inRange = (word) => /^\d+$/.test(word) && Number(word) >= 1 && Number(word) <= LIMIT;

const smallest = smallestFactors();
let best = null;
for (const word of fs.readFileSync(0, "utf8").split(/\s+/).filter(Boolean)) {
  if (!inRange(word)) {
    console.log(`${word}: not a number from 1 to ${LIMIT}`);
    continue;
  }
  const n = Number(word);
  const powers = [...factorise(n, smallest)];
  const product = powers.map(([prime, power]) => (power > 1 ? `${prime}^${power}` : prime)).join(" * ");
  const divisors = powers.reduce((count, [, power]) => count * (power + 1), 1);
  console.log(`${n} = ${product || 1}, divisors: ${divisors}`);
  if (best === null || divisors > best.divisors || (divisors === best.divisors && n < best.n)) {
    best = { n, divisors };
  }
}
console.log(`most divisors: ${best?.n ?? "none"}`);
