const fs = require("fs");

// Each word takes as many values from the stack as its function has parameters.
const WORDS = new Map(
  Object.entries({
    "+": (a, b) => [a + b],
    "-": (a, b) => [a - b],
    "*": (a, b) => [a * b],
    max: (a, b) => [Math.max(a, b)],
    neg: (a) => [-a],
    dup: (a) => [a, a],
    swap: (a, b) => [b, a],
    over: (a, b) => [a, b, a],
    drop: (_) => [],
  })
);

function step(stack, word) {
  if (/^[+-]?\d+$/.test(word)) {
    return [...stack, Number(word)];
  }
  const action = WORDS.get(word);
  if (action === undefined) {
    throw new Error(`unknown word ${word}`);
  }
  const rest = stack.length - action.length;
  if (rest < 0) {
    throw new Error(`${word} needs ${action.length}, the stack has ${stack.length}`);
  }
  return [...stack.slice(0, rest), ...action(...stack.slice(rest))];
}

function run(line, stack) {
  const words = line.split(/\s+/).filter((word) => word !== "");
  return words.reduce(step, stack);
}

let stack = [];
for (const line of fs.readFileSync(0, "utf8").split("\n").slice(0, -1)) {
  try {
    stack = run(line, stack);
    console.log(stack.join(" ") || "empty");
  } catch (error) {
    console.log(`error: ${error.message}`);
  }
}
