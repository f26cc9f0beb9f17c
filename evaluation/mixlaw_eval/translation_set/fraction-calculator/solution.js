const fs = require("fs");

const gcd = (a, b) => (b === 0n ? a : gcd(b, a % b));

class Rational {
  constructor(top, bottom = 1n) {
    if (bottom === 0n) throw new RangeError("division by zero");
    let divisor = gcd(top, bottom);
    if (divisor < 0n !== bottom < 0n) divisor = -divisor;
    this.top = top / divisor;
    this.bottom = bottom / divisor;
  }

  static parse(word) {
    const match = /^(-?\d+)(?:\/(-?\d+))?$/.exec(word);
    if (!match) throw new SyntaxError("malformed line");
    return new Rational(BigInt(match[1]), BigInt(match[2] ?? 1));
  }

  toString() {
    return this.bottom === 1n ? `${this.top}` : `${this.top}/${this.bottom}`;
  }
}

const OPERATORS = {
  "+": (a, b) => new Rational(a.top * b.bottom + b.top * a.bottom, a.bottom * b.bottom),
  "-": (a, b) => new Rational(a.top * b.bottom - b.top * a.bottom, a.bottom * b.bottom),
  "*": (a, b) => new Rational(a.top * b.top, a.bottom * b.bottom),
  "/": (a, b) => new Rational(a.top * b.bottom, a.bottom * b.top),
};

function evaluate(line, answer) {
  const [left, symbol, right, ...rest] = line.trim().split(/\s+/);
  if (!(symbol in OPERATORS) || right === undefined || rest.length > 0) {
    throw new SyntaxError("malformed line");
  }
  const [a, b] = [left, right].map((word) => (word === "_" ? answer : Rational.parse(word)));
  return OPERATORS[symbol](a, b);
}

const lines = fs.readFileSync(0, "utf8").split("\n");
if (lines.at(-1) === "") lines.pop();
let answer = new Rational(0n);
for (const line of lines) {
  try {
    answer = evaluate(line, answer);
    console.log(String(answer));
  } catch (error) {
    console.log(error.message);
  }
}
