import { readFileSync } from "fs";

const DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz";

function parseBase(word: string): number {
  const base = /^\d+$/.test(word) ? parseInt(word, 10) : 0;
  if (base < 2 || base > DIGITS.length) {
    throw new Error(`base ${word} is not from 2 to 36`);
  }
  return base;
}

function toNumber(text: string, base: number): number {
  if (text.length === 0) throw new Error("no digits");
  let number = 0;
  for (const letter of text) {
    const digit = DIGITS.indexOf(letter.toLowerCase());
    if (digit < 0 || digit >= base) {
      throw new Error(`${letter} is not a digit of base ${base}`);
    }
    number = number * base + digit;
    if (number > Number.MAX_SAFE_INTEGER) throw new Error("too large");
  }
  return number;
}

function toText(number: number, base: number): string {
  const digits: string[] = [];
  for (; number > 0; number = Math.floor(number / base)) {
    digits.unshift(DIGITS[number % base]);
  }
  return digits.join("") || "0";
}

function convert(line: string): string {
  const words = line.trim().split(/\s+/);
  if (words.length !== 3) throw new Error("expected: digits, base, base");
  const [text, source, target] = [words[0], parseBase(words[1]), parseBase(words[2])];
  const negative = text.startsWith("-");
  const number = toNumber(negative ? text.slice(1) : text, source);
  return (negative && number > 0 ? "-" : "") + toText(number, target);
}

function answer(line: string): string {
  try {
    return convert(line);
  } catch (error) {
    return `error: ${(error as Error).message}`;
  }
}

const text = readFileSync(0, "utf8");
if (text !== "") {
  const lines = text.replace(/\n$/, "").split("\n");
  console.log(lines.map(answer).join("\n"));
}
