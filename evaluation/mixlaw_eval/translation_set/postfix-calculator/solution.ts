import { readFileSync } from "fs";

const OPERATORS = new Map<string, (a: number, b: number) => number>([
  ["+", (a, b) => a + b],
  ["-", (a, b) => a - b],
  ["*", (a, b) => a * b],
]);

function evaluate(words: string[]): number | undefined {
  const stack: number[] = [];
  for (const word of words) {
    const operator = OPERATORS.get(word);
    if (operator === undefined) {
      if (!/^-?\d+$/.test(word)) return undefined;
      stack.push(Number(word));
      continue;
    }
    const right = stack.pop();
    const left = stack.pop();
    if (left === undefined || right === undefined) return undefined;
    stack.push(operator(left, right));
  }
  return stack.length === 1 ? stack[0] : undefined;
}

const words = readFileSync(0, "utf8").split(/\s+/).filter(Boolean);
const result = evaluate(words);
console.log(result === undefined ? "error" : String(result));
