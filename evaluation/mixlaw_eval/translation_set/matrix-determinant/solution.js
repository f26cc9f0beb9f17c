const fs = require("fs");

// Fraction-free elimination: every division is exact.
function determinant(rows) {
  let sign = 1n;
  let previous = 1n;
  for (let k = 0; k < rows.length; k++) {
    const pivotRow = rows.findIndex((row, i) => i >= k && row[k] !== 0n);
    if (pivotRow === -1) return 0n;
    if (pivotRow !== k) {
      [rows[k], rows[pivotRow]] = [rows[pivotRow], rows[k]];
      sign = -sign;
    }
    const pivot = rows[k][k];
    for (let i = k + 1; i < rows.length; i++) {
      const factor = rows[i][k];
      rows[i] = rows[i].map((x, j) => (j < k ? x : (pivot * x - factor * rows[k][j]) / previous));
    }
    previous = pivot;
  }
  return sign * previous;
}

function verdict(matrix) {
  if (matrix.some((row) => row.length !== matrix.length)) return "not square";
  const value = determinant(matrix);
  if (value === 0n) return "singular";
  return value === 1n || value === -1n ? `${value}, inverse is integer` : `${value}`;
}

const blocks = fs
  .readFileSync(0, "utf8")
  .split("\n\n")
  .map((block) => block.trim())
  .filter(Boolean);
blocks.forEach((block, index) => {
  const matrix = block.split("\n").map((line) => line.trim().split(/\s+/).map(BigInt));
  console.log(`matrix ${index + 1}: ${verdict(matrix)}`);
});
console.log(`matrices: ${blocks.length}`);
