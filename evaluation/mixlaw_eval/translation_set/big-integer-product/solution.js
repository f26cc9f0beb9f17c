const fs = require("fs");

// A number is an array of its digits, the least significant first.
function parse(word) {
  if (!/^\d+$/.test(word)) throw new Error(`not a number: ${word}`);
  return [...word].reverse().map(Number);
}

function add(a, b) {
  const sum = [];
  let carry = 0;
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    const value = (a[i] ?? 0) + (b[i] ?? 0) + carry;
    sum.push(value % 10);
    carry = Math.trunc(value / 10);
  }
  return [...sum, carry];
}

function multiply(a, b) {
  const product = new Array(a.length + b.length).fill(0);
  a.forEach((left, i) => {
    let carry = 0;
    b.forEach((right, j) => {
      const value = product[i + j] + left * right + carry;
      product[i + j] = value % 10;
      carry = Math.trunc(value / 10);
    });
    product[i + b.length] = carry;
  });
  return product;
}

function evaluate(line) {
  const words = line.trim().split(/\s+/);
  if (words.length !== 3 || !["+", "*"].includes(words[1])) {
    throw new Error("expected: number + number, or number * number");
  }
  const [left, right] = [parse(words[0]), parse(words[2])];
  const digits = words[1] === "+" ? add(left, right) : multiply(left, right);
  const number = digits.reverse().join("").replace(/^0+(?=\d)/, "");
  return `${number} (digit sum ${digits.reduce((sum, digit) => sum + digit)})`;
}

const lines = fs.readFileSync(0, "utf8").split("\n");
if (lines.at(-1) === "") lines.pop();
for (const line of lines) {
  try {
    console.log(evaluate(line));
  } catch (error) {
    console.log(error.message);
  }
}
