import * as fs from "fs";

/** A grid whose rows and columns go on at the other side. */
class Torus {
  private constructor(private readonly cells: boolean[][]) {}

  static parse(rows: string[]): Torus | undefined {
    const width = rows[0]?.length;
    const regular = rows.every((row) => row.length === width && /^[#.]+$/.test(row));
    if (rows.length === 0 || !regular) return undefined;
    return new Torus(rows.map((row) => Array.from(row, (sign) => sign === "#")));
  }

  private alive(r: number, c: number): boolean {
    const row = this.cells[(r + this.cells.length) % this.cells.length];
    return row[(c + row.length) % row.length];
  }

  private neighbours(r: number, c: number): number {
    let count = 0;
    for (const down of [-1, 0, 1]) {
      for (const right of [-1, 0, 1]) {
        if ((down !== 0 || right !== 0) && this.alive(r + down, c + right)) count++;
      }
    }
    return count;
  }

  next(): Torus {
    const lives = (alive: boolean, count: number) => count === 3 || (count === 2 && alive);
    return new Torus(
      this.cells.map((row, r) => row.map((alive, c) => lives(alive, this.neighbours(r, c)))),
    );
  }

  population(): number {
    return this.cells.flat().filter(Boolean).length;
  }

  toString(): string {
    return this.cells.map((row) => row.map((alive) => (alive ? "#" : ".")).join("")).join("\n");
  }
}

const [first, ...rows] = fs.readFileSync(0, "utf8").trimEnd().split("\n");
let torus = Torus.parse(rows);
if (torus === undefined || !/^\d+$/.test(first)) {
  console.log("expected: number of generations, then rows of # and . of one length");
} else {
  for (let generation = 0; generation < Number(first); generation++) {
    const following: Torus = torus.next();
    if (`${following}` === `${torus}`) {
      console.log(`still from generation ${generation}`);
      break;
    }
    torus = following;
  }
  console.log(`${torus}\nalive: ${torus.population()}`);
}
