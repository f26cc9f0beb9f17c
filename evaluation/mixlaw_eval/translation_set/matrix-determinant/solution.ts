import { readFileSync } from "fs";

type Matrix = bigint[][];

function parse(block: string): Matrix {
  return block.split("\n").map((line) => line.trim().split(/\s+/).map((word) => BigInt(word)));
}

/** Clears the column below the pivot; dividing by the previous pivot leaves no remainder. */
function eliminate(rows: Matrix, k: number, previous: bigint): void {
  const pivot = rows[k][k];
  for (const row of rows.slice(k + 1)) {
    const factor = row[k];
    for (let j = k; j < row.length; j++) {
      row[j] = (pivot * row[j] - factor * rows[k][j]) / previous;
    }
  }
}

function determinant(rows: Matrix): bigint {
  let sign = 1n;
  let previous = 1n;
  for (let k = 0; k < rows.length; k++) {
    const pivotRow = rows.findIndex((row, i) => i >= k && row[k] !== 0n);
    if (pivotRow < 0) return 0n;
    if (pivotRow > k) {
      [rows[k], rows[pivotRow]] = [rows[pivotRow], rows[k]];
      sign = -sign;
    }
    eliminate(rows, k, previous);
    previous = rows[k][k];
  }
  return sign * previous;
}

function verdict(matrix: Matrix): string {
  if (!matrix.every((row) => row.length === matrix.length)) return "not square";
  const value = determinant(matrix);
  switch (value) {
    case 0n:
      return "singular";
    case 1n:
    case -1n:
      return `${value}, inverse is integer`;
    default:
      return value.toString();
  }
}

const text = readFileSync(0, "utf8").trim();
const matrices = text === "" ? [] : text.split(/\n\n+/).map(parse);
for (const [index, matrix] of matrices.entries()) {
  console.log(`matrix ${index + 1}: ${verdict(matrix)}`);
}
console.log(`matrices: ${matrices.length}`);
