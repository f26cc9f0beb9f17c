const fs = require("fs");

class DisjointSets {
  constructor(count) {
    this.parent = Array.from({ length: count }, (_, i) => i);
    this.size = new Array(count).fill(1);
  }

  find(item) {
    if (this.parent[item] !== item) this.parent[item] = this.find(this.parent[item]);
    return this.parent[item];
  }

  join(a, b) {
    const [large, small] = [this.find(a), this.find(b)].sort((x, y) => this.size[y] - this.size[x]);
    if (large === small) return;
    this.parent[small] = large;
    this.size[large] += this.size[small];
  }
}

// The land as a list of cells, and the sets of neighbours with the same letter; "." is sea.
function findRegions(grid) {
  const land = grid.flatMap((line, row) =>
    [...line].map((letter, column) => ({ letter, row, column })).filter(({ letter }) => letter !== ".")
  );
  const sets = new DisjointSets(land.length);
  const places = new Map(land.map(({ row, column }, index) => [`${row},${column}`, index]));
  land.forEach(({ letter, row, column }, index) => {
    for (const key of [`${row + 1},${column}`, `${row},${column + 1}`]) {
      const neighbour = places.get(key);
      if (neighbour !== undefined && land[neighbour].letter === letter) sets.join(index, neighbour);
    }
  });
  return { land, sets };
}

const { land, sets } = findRegions(fs.readFileSync(0, "utf8").split("\n"));
const sizes = {};
land.forEach(({ letter }, index) => {
  if (sets.find(index) === index) (sizes[letter] ??= []).push(sets.size[index]);
});
for (const letter of Object.keys(sizes).sort()) {
  console.log(`${letter}: ${sizes[letter].length} regions, the largest of ${Math.max(...sizes[letter])}`);
}
if (land.length === 0) console.log("only sea");
