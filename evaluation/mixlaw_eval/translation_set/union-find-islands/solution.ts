import { readFileSync } from "fs";

class DisjointSets {
  private readonly parent: number[];
  private readonly sizes: number[];

  constructor(count: number) {
    this.parent = Array.from({ length: count }, (_, i) => i);
    this.sizes = new Array<number>(count).fill(1);
  }

  find(item: number): number {
    if (this.parent[item] !== item) this.parent[item] = this.find(this.parent[item]);
    return this.parent[item];
  }

  join(a: number, b: number): void {
    const [kept, merged] = [this.find(a), this.find(b)];
    if (kept === merged) return;
    this.parent[merged] = kept;
    this.sizes[kept] += this.sizes[merged];
  }

  sizeOf(item: number): number {
    return this.sizes[this.find(item)];
  }
}

// The sizes of every letter's regions; "." is sea.
function regionSizes(grid: string[]): Map<string, number[]> {
  const width = Math.max(...grid.map((line) => line.length));
  const cells = grid.map((line) => line.padEnd(width, ".")).join("");
  const sets = new DisjointSets(cells.length);
  for (let cell = 0; cell < cells.length; cell++) {
    if (cells[cell] === ".") continue;
    if (cells[cell + width] === cells[cell]) sets.join(cell, cell + width);
    const lastInRow = (cell + 1) % width === 0;
    if (!lastInRow && cells[cell + 1] === cells[cell]) sets.join(cell, cell + 1);
  }
  const sizes = new Map<string, number[]>();
  [...cells].forEach((letter, cell) => {
    if (letter !== "." && sets.find(cell) === cell) {
      sizes.set(letter, [...(sizes.get(letter) ?? []), sets.sizeOf(cell)]);
    }
  });
  return sizes;
}

const sizes = regionSizes(readFileSync(0, "utf8").split("\n"));
for (const letter of [...sizes.keys()].sort()) {
  const regions = sizes.get(letter)!;
  console.log(`${letter}: ${regions.length} regions, the largest of ${Math.max(...regions)}`);
}
if (sizes.size === 0) console.log("only sea");
