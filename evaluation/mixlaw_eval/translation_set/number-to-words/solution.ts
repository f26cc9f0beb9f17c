import * as fs from "fs";

const SMALL: readonly string[] = [
  "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
  "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
  "nineteen",
];

const TENS: readonly string[] = [
  "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

interface Scale {
  size: number;
  name: string;
}

const SCALES: readonly Scale[] = [
  { size: 1_000_000_000, name: "billion" },
  { size: 1_000_000, name: "million" },
  { size: 1_000, name: "thousand" },
  { size: 100, name: "hundred" },
];

function belowHundred(number: number): string {
  if (number < SMALL.length) {
    return SMALL[number];
  }
  const ones = number % 10;
  const tens = TENS[(number - ones) / 10 - 2];
  return ones > 0 ? `${tens}-${SMALL[ones]}` : tens;
}

function inWords(number: number): string {
  if (number < 100) {
    return belowHundred(number);
  }
  const scale = SCALES.find(({ size }) => size <= number)!;
  const rest = number % scale.size;
  const head = `${inWords((number - rest) / scale.size)} ${scale.name}`;
  if (rest === 0) {
    return head;
  }
  // British English has an "and" before the last two digits.
  return rest < 100 ? `${head} and ${belowHundred(rest)}` : `${head} ${inWords(rest)}`;
}

function answer(text: string): string {
  if (!/^-?\d+$/.test(text)) {
    return `${text}: not a number`;
  }
  const number = Number(text);
  if (text.replace("-", "").length > 12) {
    return `${text}: too large`;
  }
  return number < 0 ? `minus ${inWords(-number)}` : inWords(number);
}

const lines = fs.readFileSync(0, "utf8").split("\n").slice(0, -1);
lines.forEach((line) => console.log(answer(line.trim())));
