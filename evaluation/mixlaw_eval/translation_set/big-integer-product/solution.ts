import * as fs from "fs";

/** Digits of a number, the least significant first. */
type Digits = number[];

function parse(word: string): Digits {
  if (!/^\d+$/.test(word)) throw new Error(`not a number: ${word}`);
  return Array.from(word, Number).reverse();
}

/** Carries from every place into the next, so that each holds one digit; leading zeros are dropped. */
function carried(places: number[]): Digits {
  const digits: Digits = [];
  let carry = 0;
  for (const place of places) {
    digits.push((place + carry) % 10);
    carry = Math.floor((place + carry) / 10);
  }
  for (; carry > 0; carry = Math.floor(carry / 10)) digits.push(carry % 10);
  while (digits.length > 1 && digits[digits.length - 1] === 0) digits.pop();
  return digits;
}

function add(a: Digits, b: Digits): Digits {
  const length = Math.max(a.length, b.length);
  return carried(Array.from({ length }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0)));
}

function multiply(a: Digits, b: Digits): Digits {
  const places = new Array<number>(a.length + b.length - 1).fill(0);
  for (const [i, left] of a.entries()) {
    for (const [j, right] of b.entries()) places[i + j] += left * right;
  }
  return carried(places);
}

function evaluate(line: string): Digits {
  const words = line.trim().split(/\s+/);
  if (words.length !== 3 || (words[1] !== "+" && words[1] !== "*")) {
    throw new Error("expected: number + number, or number * number");
  }
  const [left, right] = [parse(words[0]), parse(words[2])];
  return words[1] === "+" ? add(left, right) : multiply(left, right);
}

for (const line of fs.readFileSync(0, "utf8").split("\n").slice(0, -1)) {
  try {
    const digits = evaluate(line);
    const sum = digits.reduce((total, digit) => total + digit, 0);
    console.log(`${digits.reverse().join("")} (digit sum ${sum})`);
  } catch (error) {
    console.log((error as Error).message);
  }
}
