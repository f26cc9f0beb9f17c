import { readFileSync } from "fs";

const PARTNER = new Map([
  [")", "("],
  ["]", "["],
  ["}", "{"],
]);

function isBalanced(text: string): boolean {
  const stack: string[] = [];
  for (const char of text) {
    const partner = PARTNER.get(char);
    if ("([{".includes(char)) {
      stack.push(char);
    } else if (partner !== undefined && stack.pop() !== partner) {
      return false;
    }
  }
  return stack.length === 0;
}

console.log(isBalanced(readFileSync(0, "utf8")) ? "yes" : "no");
