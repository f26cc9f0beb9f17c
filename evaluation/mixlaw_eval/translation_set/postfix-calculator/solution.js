const fs = require("fs");

const OPERATORS = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
};

function evaluate(words) {
  const stack = [];
  for (const word of words) {
    if (Object.hasOwn(OPERATORS, word)) {
      if (stack.length < 2) throw new Error("too few operands");
      const right = stack.pop();
      stack.push(OPERATORS[word](stack.pop(), right));
    } else {
      if (!/^-?\d+$/.test(word)) throw new Error(`not a number: ${word}`);
      stack.push(Number(word));
    }
  }
  if (stack.length !== 1) throw new Error("not one result");
  return stack[0];
}

try {
  const words = fs.readFileSync(0, "utf8").split(/\s+/).filter(Boolean);
  console.log(String(evaluate(words)));
} catch {
  console.log("error");
}
