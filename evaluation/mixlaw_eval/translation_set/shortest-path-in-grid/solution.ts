import { readFileSync } from "fs";

type Cell = readonly [row: number, column: number];

// In alphabetical order, which makes the path found the first of the shortest.
const MOVES: ReadonlyMap<string, Cell> = new Map([
  ["D", [1, 0]],
  ["L", [0, -1]],
  ["R", [0, 1]],
  ["U", [-1, 0]],
]);

function find(grid: string[], mark: string): Cell | undefined {
  const row = grid.findIndex((line) => line.includes(mark));
  return row < 0 ? undefined : [row, grid[row].indexOf(mark)];
}

function isOpen(grid: string[], [row, column]: Cell): boolean {
  return (grid[row]?.[column] ?? "#") !== "#";
}

function shortestPath(grid: string[], start: Cell, end: Cell): string | undefined {
  const visited = new Set<string>([start.join()]);
  let border: { cell: Cell; path: string }[] = [{ cell: start, path: "" }];
  while (border.length > 0) {
    const next: typeof border = [];
    for (const { cell, path } of border) {
      if (cell.join() === end.join()) return path;
      for (const [move, [down, right]] of MOVES) {
        const neighbour: Cell = [cell[0] + down, cell[1] + right];
        if (isOpen(grid, neighbour) && !visited.has(neighbour.join())) {
          visited.add(neighbour.join());
          next.push({ cell: neighbour, path: path + move });
        }
      }
    }
    border = next;
  }
  return undefined;
}

const grid = readFileSync(0, "utf8").split("\n");
const start = find(grid, "S");
const end = find(grid, "E");
if (!start || !end) {
  console.log("the maze needs S and E");
} else {
  const path = shortestPath(grid, start, end);
  console.log(path === undefined ? "no path" : `${path.length} steps: ${path}`);
}
