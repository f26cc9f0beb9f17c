const fs = require("fs");

const AROUND = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => [down, right]));

function neighbours(rows, r, c) {
  const [height, width] = [rows.length, rows[0].length];
  const alive = AROUND.filter(
    ([down, right]) => rows[(r + down + height) % height][(c + right + width) % width] === "#",
  );
  return alive.length - (rows[r][c] === "#" ? 1 : 0);
}

// The next generation on a torus: rows and columns go on at the other side.
function step(rows) {
  const next = (sign, r, c) => {
    const count = neighbours(rows, r, c);
    return count === 3 || (count === 2 && sign === "#") ? "#" : ".";
  };
  return rows.map((row, r) => [...row].map((sign, c) => next(sign, r, c)).join(""));
}

function run(rows, generations) {
  for (let generation = 0; generation < generations; generation++) {
    const following = step(rows);
    if (following.join() === rows.join()) {
      console.log(`still from generation ${generation}`);
      break;
    }
    rows = following;
  }
  return rows;
}

const isGrid = (rows) =>
  rows.length > 0 && rows.every((row) => row.length === rows[0].length && /^[#.]*$/.test(row));

const [first, ...rows] = fs.readFileSync(0, "utf8").trimEnd().split("\n");
if (/^\d+$/.test(first) && isGrid(rows)) {
  const picture = run(rows, Number(first)).join("\n");
  console.log(picture);
  console.log(`alive: ${picture.split("#").length - 1}`);
} else {
  console.log("expected: number of generations, then rows of # and . of one length");
}
