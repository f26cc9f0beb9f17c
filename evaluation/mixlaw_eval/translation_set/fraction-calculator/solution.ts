import { readFileSync } from "fs";

type Rational = Readonly<{ top: bigint; bottom: bigint }>;
type Operator = (a: Rational, b: Rational) => Rational;

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

function rational(top: bigint, bottom: bigint): Rational {
  if (bottom === 0n) throw new Error("division by zero");
  const divisor = bottom < 0n ? -gcd(top, bottom) : gcd(top, bottom);
  return { top: top / divisor, bottom: bottom / divisor };
}

const OPERATORS = new Map<string, Operator>([
  ["+", (a, b) => rational(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom)],
  ["-", (a, b) => rational(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom)],
  ["*", (a, b) => rational(a.top * b.top, a.bottom * b.bottom)],
  ["/", (a, b) => rational(a.top * b.bottom, a.bottom * b.top)],
]);

function parse(word: string, answer: Rational): Rational {
  if (word === "_") return answer;
  if (!/^-?\d+(\/-?\d+)?$/.test(word)) throw new Error("malformed line");
  const [top, bottom = "1"] = word.split("/");
  return rational(BigInt(top), BigInt(bottom));
}

function evaluate(line: string, answer: Rational): Rational {
  const words = line.trim().split(/\s+/);
  const apply = OPERATORS.get(words[1]);
  if (words.length !== 3 || apply === undefined) throw new Error("malformed line");
  return apply(parse(words[0], answer), parse(words[2], answer));
}

function format({ top, bottom }: Rational): string {
  return bottom === 1n ? top.toString() : `${top}/${bottom}`;
}

let answer = rational(0n, 1n);
const lines = readFileSync(0, "utf8").split("\n");
for (const line of lines.slice(0, -1)) {
  try {
    answer = evaluate(line, answer);
    console.log(format(answer));
  } catch (error) {
    console.log((error as Error).message);
  }
}
