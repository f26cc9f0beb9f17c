import * as fs from "fs";

const LIMIT = 1_000_000;

interface Factors {
  n: number;
  product: string;
  divisors: number;
}

function smallestFactors(limit: number): Uint32Array {
  const smallest = Uint32Array.from({ length: limit + 1 }, (_, n) => n);
  for (let n = 2; n * n <= limit; n++) {
    if (smallest[n] !== n) continue;
    for (let multiple = n * n; multiple <= limit; multiple += n) {
      smallest[multiple] = Math.min(smallest[multiple], n);
    }
  }
  return smallest;
}

function factorise(n: number, smallest: Uint32Array): Factors {
  const terms: string[] = [];
  let divisors = 1;
  for (let rest = n; rest > 1; ) {
    const prime = smallest[rest];
    let power = 0;
    for (; rest % prime === 0; rest /= prime) power++;
    terms.push(power === 1 ? `${prime}` : `${prime}^${power}`);
    divisors *= power + 1;
  }
  return { n, product: terms.join(" * ") || "1", divisors };
}

function parse(word: string): number | undefined {
  const n = /^\d+$/.test(word) ? Number(word) : 0;
  return n >= 1 && n <= LIMIT ? n : undefined;
}

const smallest = smallestFactors(LIMIT);
const found: Factors[] = [];
for (const word of fs.readFileSync(0, "utf8").split(/\s+/).filter(Boolean)) {
  const n = parse(word);
  if (n === undefined) {
    console.log(`${word}: not a number from 1 to ${LIMIT}`);
    continue;
  }
  const factors = factorise(n, smallest);
  found.push(factors);
  console.log(`${n} = ${factors.product}, divisors: ${factors.divisors}`);
}
found.sort((a, b) => b.divisors - a.divisors || a.n - b.n);
console.log(`most divisors: ${found[0]?.n ?? "none"}`);
