import { readFileSync } from "fs";

const LARGEST = 10;

class Board {
  count = 0;
  first: number[] = [];
  private readonly columns: number[] = [];

  constructor(private readonly size: number) {
    this.place(0);
  }

  // Tries the columns of a row from left to right; all rows above have their queens.
  private place(row: number): void {
    if (row === this.size) {
      if (this.count === 0) this.first = [...this.columns];
      this.count++;
      return;
    }
    for (let column = 0; column < this.size; column++) {
      if (this.isSafe(row, column)) {
        this.columns.push(column);
        this.place(row + 1);
        this.columns.pop();
      }
    }
  }

  private isSafe(row: number, column: number): boolean {
    return this.columns.every(
      (other, above) => other !== column && Math.abs(other - column) !== row - above
    );
  }

  draw(): string {
    const rows = this.first.map((column) => ".".repeat(column) + "Q" + ".".repeat(this.size - column - 1));
    return rows.join("\n");
  }
}

function report(word: string): string {
  const size = /^\d+$/.test(word) ? Number(word) : 0;
  if (size < 1 || size > LARGEST) return `${word}: not a size from 1 to ${LARGEST}`;
  const board = new Board(size);
  return board.count > 0 ? `${word}: ${board.count}\n${board.draw()}` : `${word}: no solution`;
}

const words = readFileSync(0, "utf8").split(/\s+/).filter((word) => word !== "");
console.log(words.map(report).join("\n") || "no boards");
