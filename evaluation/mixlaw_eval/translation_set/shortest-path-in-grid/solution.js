const fs = require("fs");

const MOVES = [[1, 0], [-1, 0], [0, 1], [0, -1]];

/** Steps from the first cell to the last, or -1; '#' is a wall. */
function shortestPath(grid) {
  if (grid[0][0] === "#") return -1;
  const distance = grid.map((line) => new Array(line.length).fill(-1));
  distance[0][0] = 0;
  const queue = [[0, 0]];
  for (const [row, column] of queue) {
    for (const [down, right] of MOVES) {
      const r = row + down;
      const c = column + right;
      if (grid[r]?.[c] === "." && distance[r][c] === -1) {
        distance[r][c] = distance[row][column] + 1;
        queue.push([r, c]);
      }
    }
  }
  return distance.at(-1).at(-1);
}

console.log(shortestPath(fs.readFileSync(0, "utf8").trim().split(/\s+/)));
