const fs = require("fs");

const PARTNER = { ")": "(", "]": "[", "}": "{" };

function isBalanced(text) {
  const stack = [];
  for (const char of text) {
    if ("([{".includes(char)) {
      stack.push(char);
    } else if (char in PARTNER && stack.pop() !== PARTNER[char]) {
      return false;
    }
  }
  return stack.length === 0;
}

console.log(isBalanced(fs.readFileSync(0, "utf8")) ? "yes" : "no");
