import * as fs from "fs";

type Result<T> = { ok: true; value: T } | { ok: false; reason: string };

const SYMBOLS: ReadonlyArray<readonly [number, string]> = [
  [1000, "M"], [900, "CM"], [500, "D"], [400, "CD"], [100, "C"], [90, "XC"], [50, "L"],
  [40, "XL"], [10, "X"], [9, "IX"], [5, "V"], [4, "IV"], [1, "I"],
];

const isInRange = (number: number): boolean => 1 <= number && number <= 3999;

function toRoman(number: number): string {
  let numeral = "";
  for (const [value, symbol] of SYMBOLS) {
    while (number >= value) {
      numeral += symbol;
      number -= value;
    }
  }
  return numeral;
}

function fromRoman(numeral: string): number | undefined {
  let total = 0;
  let rest = numeral;
  for (const [value, symbol] of SYMBOLS) {
    while (rest.startsWith(symbol)) {
      total += value;
      rest = rest.slice(symbol.length);
    }
  }
  // Only one spelling of a number is right: IIII and VX are not numerals.
  return isInRange(total) && toRoman(total) === numeral ? total : undefined;
}

function convert(text: string): Result<string> {
  if (/^[+-]?\d{1,9}$/.test(text)) {
    const number = Number(text);
    return isInRange(number)
      ? { ok: true, value: toRoman(number) }
      : { ok: false, reason: "out of range" };
  }
  const number = fromRoman(text.toUpperCase());
  return number === undefined
    ? { ok: false, reason: "not a numeral" }
    : { ok: true, value: String(number) };
}

const texts = fs.readFileSync(0, "utf8").split(/\s+/).filter(Boolean);
let converted = 0;
for (const text of texts) {
  const result = convert(text);
  if (result.ok) {
    converted++;
    console.log(`${text} = ${result.value}`);
  } else {
    console.log(`${text}: ${result.reason}`);
  }
}
console.log(`${converted} converted, ${texts.length - converted} rejected`);
