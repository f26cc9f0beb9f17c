import { readFileSync } from "fs";

const ARROWS = ["^", ">", "v", "<"] as const;

interface Robot {
  readonly row: number;
  readonly column: number;
  readonly facing: number;
}

function findRobot(grid: string[]): Robot | undefined {
  for (const [row, line] of grid.entries()) {
    const column = line.search(/[v^<>]/);
    if (column >= 0) {
      return { row, column, facing: ARROWS.findIndex((arrow) => arrow === line[column]) };
    }
  }
  return undefined;
}

function stepped({ row, column, facing }: Robot): Robot {
  switch (ARROWS[facing]) {
    case "^":
      return { row: row - 1, column, facing };
    case ">":
      return { row, column: column + 1, facing };
    case "v":
      return { row: row + 1, column, facing };
    default:
      return { row, column: column - 1, facing };
  }
}

function run(grid: string[], robot: Robot, instructions: string[]): void {
  const visited = new Set([`${robot.row},${robot.column}`]);
  let bumps = 0;
  for (const instruction of instructions) {
    if (instruction === "L" || instruction === "R") {
      robot = { ...robot, facing: (robot.facing + (instruction === "L" ? 3 : 1)) % 4 };
      continue;
    }
    if (!/^\d+$/.test(instruction)) {
      console.log(`ignored: ${instruction}`);
      continue;
    }
    for (let left = Number(instruction); left > 0; left--) {
      const next = stepped(robot);
      if ((grid[next.row]?.[next.column] ?? "#") === "#") {
        bumps++;
        break;
      }
      robot = next;
      visited.add(`${robot.row},${robot.column}`);
    }
  }
  console.log(`row ${robot.row}, column ${robot.column}, facing ${ARROWS[robot.facing]}`);
  console.log(`visited ${visited.size}, bumped ${bumps}`);
}

const lines = readFileSync(0, "utf8").split("\n");
const end = lines.indexOf("");
const grid = lines.slice(0, end);
const instructions = lines.slice(end).join(" ").match(/\S+/g) ?? [];
const robot = findRobot(grid);
if (robot === undefined) console.log("no robot");
else run(grid, robot, instructions);
