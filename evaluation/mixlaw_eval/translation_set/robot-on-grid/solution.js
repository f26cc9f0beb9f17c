const fs = require("fs");

const ARROWS = "^>v<";
const MOVES = [[-1, 0], [0, 1], [1, 0], [0, -1]];

class Robot {
  #grid;
  #visited = new Set();
  #bumps = 0;

  constructor(grid) {
    this.#grid = grid;
    this.row = grid.findIndex((row) => /[v^<>]/.test(row));
    if (this.row < 0) throw new Error("no robot");
    this.column = grid[this.row].search(/[v^<>]/);
    this.facing = ARROWS.indexOf(grid[this.row][this.column]);
    this.#visit();
  }

  #visit() {
    this.#visited.add(`${this.row},${this.column}`);
  }

  // Goes on until something is in the way.
  #walk(steps) {
    const [down, right] = MOVES[this.facing];
    for (let i = 0; i < steps; i++) {
      const sign = this.#grid[this.row + down]?.[this.column + right];
      if (sign === undefined || sign === "#") {
        this.#bumps++;
        return;
      }
      this.row += down;
      this.column += right;
      this.#visit();
    }
  }

  execute(instruction) {
    if (instruction === "L" || instruction === "R") {
      this.facing = (this.facing + (instruction === "R" ? 1 : 3)) % 4;
    } else if (/^\d+$/.test(instruction)) {
      this.#walk(Number(instruction));
    } else {
      console.log(`ignored: ${instruction}`);
    }
  }

  report() {
    console.log(`row ${this.row}, column ${this.column}, facing ${ARROWS[this.facing]}`);
    console.log(`visited ${this.#visited.size}, bumped ${this.#bumps}`);
  }
}

const [map, ...rest] = fs.readFileSync(0, "utf8").split("\n\n");
try {
  const robot = new Robot(map.split("\n"));
  const instructions = rest.join(" ").split(/\s+/).filter(Boolean);
  instructions.forEach((instruction) => robot.execute(instruction));
  robot.report();
} catch (error) {
  console.log(error.message);
}
