const fs = require("fs");

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

function parseBase(word) {
  const base = /^\d+$/.test(word) ? Number(word) : NaN;
  if (!(base >= 2 && base <= DIGITS.length)) throw new RangeError(`base ${word} is not from 2 to 36`);
  return base;
}

function toNumber(text, base) {
  if (text === "") throw new RangeError("no digits");
  return [...text].reduce((number, letter) => {
    const digit = DIGITS.indexOf(letter.toLowerCase());
    if (digit < 0 || digit >= base) throw new RangeError(`${letter} is not a digit of base ${base}`);
    const next = number * base + digit;
    if (!Number.isSafeInteger(next)) throw new RangeError("too large");
    return next;
  }, 0);
}

function toText(number, base) {
  let text = "";
  do {
    text = DIGITS[number % base] + text;
    number = Math.floor(number / base);
  } while (number > 0);
  return text;
}

function convert(line) {
  const words = line.trim().split(/\s+/);
  if (words.length !== 3) throw new RangeError("expected: digits, base, base");
  const [source, target] = words.slice(1).map(parseBase);
  const number = toNumber(words[0].replace(/^-/, ""), source);
  const sign = words[0].startsWith("-") && number > 0 ? "-" : "";
  return sign + toText(number, target);
}

const lines = fs.readFileSync(0, "utf8").split("\n");
if (lines.at(-1) === "") lines.pop();
for (const line of lines) {
  try {
    console.log(convert(line));
  } catch (error) {
    console.log(`error: ${error.message}`);
  }
}
