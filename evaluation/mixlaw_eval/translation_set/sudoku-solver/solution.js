const fs = require("fs");

const DIGITS = [..."123456789"];
const CELLS = [...Array(81).keys()];

const row = (cell) => Math.floor(cell / 9);
const column = (cell) => cell % 9;
const box = (cell) => 3 * Math.floor(cell / 27) + Math.floor(column(cell) / 3);

const PEERS = CELLS.map((a) =>
  CELLS.filter((b) => a !== b && (row(a) === row(b) || column(a) === column(b) || box(a) === box(b)))
);

function findFault(cells) {
  if (cells.length !== 81) return `81 cells needed, not ${cells.length}`;
  for (const [index, digit] of cells.entries()) {
    if (digit === ".") continue;
    const place = `row ${row(index) + 1} column ${column(index) + 1}`;
    if (!DIGITS.includes(digit)) return `${place} holds ${digit}`;
    if (PEERS[index].some((peer) => peer < index && cells[peer] === digit)) return `${place} repeats ${digit}`;
  }
  return null;
}

// Fills the empty cells in reading order with the smallest digits that lead to a solution.
function solve(cells) {
  const empty = cells.indexOf(".");
  if (empty < 0) return true;
  const used = new Set(PEERS[empty].map((peer) => cells[peer]));
  for (const digit of DIGITS.filter((digit) => !used.has(digit))) {
    cells[empty] = digit;
    if (solve(cells)) return true;
  }
  cells[empty] = ".";
  return false;
}

const cells = [...fs.readFileSync(0, "utf8").replace(/\s/g, "")];
const fault = findFault(cells);
if (fault) {
  console.log(`invalid: ${fault}`);
} else if (solve(cells)) {
  console.log(cells.join("").match(/.{9}/g).join("\n"));
} else {
  console.log("no solution");
}
