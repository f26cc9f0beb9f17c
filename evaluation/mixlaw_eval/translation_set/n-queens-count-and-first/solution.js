const fs = require("fs");

const LARGEST = 10;

// Every way to complete the board, by the column of the queen in each row, smallest columns first.
function* placements(size, columns = []) {
  const row = columns.length;
  if (row === size) {
    yield columns;
    return;
  }
  for (let column = 0; column < size; column++) {
    const attacked = columns.some(
      (other, above) => other === column || Math.abs(other - column) === row - above
    );
    if (!attacked) yield* placements(size, [...columns, column]);
  }
}

function draw(columns) {
  return columns
    .map((column) => ".".repeat(column) + "Q" + ".".repeat(columns.length - column - 1))
    .join("\n");
}

function report(word) {
  const size = /^\d+$/.test(word) ? Number(word) : 0;
  if (size < 1 || size > LARGEST) return `${word}: not a size from 1 to ${LARGEST}`;
  const solutions = [...placements(size)];
  return solutions.length > 0 ? `${word}: ${solutions.length}\n${draw(solutions[0])}` : `${word}: no solution`;
}

const words = fs.readFileSync(0, "utf8").match(/\S+/g) ?? [];
console.log(words.map(report).join("\n") || "no boards");
