import * as fs from "fs";

interface Bracket {
  symbol: string;
  line: number;
  column: number;
}

const CLOSING: Record<string, string> = { "(": ")", "[": "]", "{": "}" };

// Every bracket outside double quotes; a quotation ends with its line at the latest.
function findBrackets(line: string, row: number): Bracket[] {
  const found: Bracket[] = [];
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const symbol = line[i];
    if (symbol === '"') {
      quoted = !quoted;
    } else if (!quoted && /[()[\]{}]/.test(symbol)) {
      found.push({ symbol, line: row + 1, column: i + 1 });
    }
  }
  return found;
}

const place = ({ line, column }: Bracket): string => `${line}:${column}`;

function check(brackets: Bracket[]): string {
  const open: Bracket[] = [];
  let depth = 0;
  for (const bracket of brackets) {
    if (bracket.symbol in CLOSING) {
      depth = Math.max(depth, open.push(bracket));
      continue;
    }
    const opening = open.pop();
    if (opening === undefined) {
      return `${place(bracket)}: unexpected '${bracket.symbol}'`;
    }
    if (CLOSING[opening.symbol] !== bracket.symbol) {
      return `${place(bracket)}: '${bracket.symbol}' closes '${opening.symbol}' of ${place(opening)}`;
    }
  }
  if (open.length > 0) {
    return `${place(open[0])}: '${open[0].symbol}' is never closed`;
  }
  return `balanced, pairs: ${brackets.length / 2}, depth: ${depth}`;
}

const lines = fs.readFileSync(0, "utf8").split("\n");
console.log(check(lines.flatMap(findBrackets)));
