const fs = require("fs");

const SYMBOLS = Object.entries({
  M: 1000, CM: 900, D: 500, CD: 400, C: 100, XC: 90, L: 50, XL: 40, X: 10, IX: 9, V: 5, IV: 4, I: 1,
});
const LARGEST = 3999;

function toRoman(number) {
  if (number < 1 || number > LARGEST) {
    throw new RangeError("out of range");
  }
  let numeral = "";
  for (const [symbol, value] of SYMBOLS) {
    numeral += symbol.repeat(Math.floor(number / value));
    number %= value;
  }
  return numeral;
}

function fromRoman(numeral) {
  let total = 0;
  let rest = numeral;
  for (const [symbol, value] of SYMBOLS) {
    while (rest.startsWith(symbol)) {
      total += value;
      rest = rest.slice(symbol.length);
    }
  }
  // Only one spelling of a number is right: IIII and VX are not numerals.
  if (rest !== "" || total < 1 || total > LARGEST || toRoman(total) !== numeral) {
    throw new SyntaxError("not a numeral");
  }
  return total;
}

function convert(text) {
  const isNumber = /^[+-]?\d{1,9}$/.test(text);
  return isNumber ? toRoman(Number(text)) : fromRoman(text.toUpperCase());
}

let converted = 0;
let rejected = 0;
for (const text of fs.readFileSync(0, "utf8").match(/\S+/g) ?? []) {
  try {
    console.log(`${text} = ${convert(text)}`);
    converted++;
  } catch (error) {
    console.log(`${text}: ${error.message}`);
    rejected++;
  }
}
console.log(`${converted} converted, ${rejected} rejected`);
