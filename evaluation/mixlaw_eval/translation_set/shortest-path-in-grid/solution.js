const fs = require("fs");

const MOVES = { D: [1, 0], L: [0, -1], R: [0, 1], U: [-1, 0] };

function find(grid, mark) {
  const row = grid.findIndex((line) => line.includes(mark));
  return row < 0 ? null : [row, grid[row].indexOf(mark)];
}

// Trying the moves in alphabetical order makes the path found the first of the shortest.
function search(grid, start) {
  const arrivals = grid.map(() => []);
  arrivals[start[0]][start[1]] = "S";
  const queue = [start];
  for (const [row, column] of queue) {
    for (const [move, [down, right]] of Object.entries(MOVES)) {
      const [r, c] = [row + down, column + right];
      const open = (grid[r]?.[c] ?? "#") !== "#";
      if (open && !arrivals[r][c]) {
        arrivals[r][c] = move;
        queue.push([r, c]);
      }
    }
  }
  return arrivals;
}

function shortestPath(grid, start, end) {
  const arrivals = search(grid, start);
  let [row, column] = end;
  if (!arrivals[row][column]) return null;
  let path = "";
  while (arrivals[row][column] !== "S") {
    const move = arrivals[row][column];
    path = move + path;
    row -= MOVES[move][0];
    column -= MOVES[move][1];
  }
  return path;
}

const grid = fs.readFileSync(0, "utf8").split("\n");
const [start, end] = [find(grid, "S"), find(grid, "E")];
if (!start || !end) {
  console.log("the maze needs S and E");
} else {
  const path = shortestPath(grid, start, end);
  console.log(path === null ? "no path" : `${path.length} steps: ${path}`);
}
