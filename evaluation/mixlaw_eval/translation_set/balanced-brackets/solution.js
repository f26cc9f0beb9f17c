const fs = require("fs");

const CLOSING = new Map([
  ["(", ")"],
  ["[", "]"],
  ["{", "}"],
]);

// Every bracket outside double quotes; a quotation ends with its line at the latest.
function* brackets(text) {
  for (const [row, line] of text.split("\n").entries()) {
    let quoted = false;
    for (const [index, symbol] of [...line].entries()) {
      if (symbol === '"') {
        quoted = !quoted;
      } else if (!quoted && "()[]{}".includes(symbol)) {
        yield { symbol, place: `${row + 1}:${index + 1}` };
      }
    }
  }
}

function check(text) {
  const open = [];
  let pairs = 0;
  let depth = 0;
  for (const bracket of brackets(text)) {
    const { symbol, place } = bracket;
    if (CLOSING.has(symbol)) {
      open.push(bracket);
      depth = Math.max(depth, open.length);
      continue;
    }
    const opening = open.pop();
    if (opening === undefined) {
      return `${place}: unexpected '${symbol}'`;
    }
    if (CLOSING.get(opening.symbol) !== symbol) {
      return `${place}: '${symbol}' closes '${opening.symbol}' of ${opening.place}`;
    }
    pairs++;
  }
  if (open.length > 0) {
    const [{ symbol, place }] = open;
    return `${place}: '${symbol}' is never closed`;
  }
  return `balanced, pairs: ${pairs}, depth: ${depth}`;
}

console.log(check(fs.readFileSync(0, "utf8")));
