import * as fs from "fs";

interface Word {
  needed: number;
  action: (a: number, b: number) => number[];
}

const word = (needed: number, action: Word["action"]): Word => ({ needed, action });

// How many values a word takes from the stack, and what it puts back.
const WORDS: ReadonlyMap<string, Word> = new Map([
  ["+", word(2, (a, b) => [a + b])],
  ["-", word(2, (a, b) => [a - b])],
  ["*", word(2, (a, b) => [a * b])],
  ["max", word(2, (a, b) => [Math.max(a, b)])],
  ["neg", word(1, (a) => [-a])],
  ["dup", word(1, (a) => [a, a])],
  ["swap", word(2, (a, b) => [b, a])],
  ["over", word(2, (a, b) => [a, b, a])],
  ["drop", word(1, () => [])],
]);

function find(name: string, available: number): Word {
  const found = WORDS.get(name);
  if (found === undefined) {
    throw new Error(`unknown word ${name}`);
  }
  if (available < found.needed) {
    throw new Error(`${name} needs ${found.needed}, the stack has ${available}`);
  }
  return found;
}

// The stack after the words of the line; the given one is left as it is.
function run(line: string, before: readonly number[]): number[] {
  const stack = [...before];
  for (const name of line.match(/\S+/g) ?? []) {
    if (/^[+-]?\d+$/.test(name)) {
      stack.push(Number(name));
    } else {
      const { needed, action } = find(name, stack.length);
      const [a, b] = stack.splice(stack.length - needed);
      stack.push(...action(a, b));
    }
  }
  return stack;
}

let stack: number[] = [];
for (const line of fs.readFileSync(0, "utf8").split("\n").slice(0, -1)) {
  try {
    stack = run(line, stack);
    console.log(stack.length > 0 ? stack.join(" ") : "empty");
  } catch (error) {
    console.log(`error: ${(error as Error).message}`);
  }
}
