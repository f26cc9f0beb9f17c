import { readFileSync } from "fs";

// The rows, columns and boxes keep the digits that they hold as bits.
class Sudoku {
  private readonly rows = new Array<number>(9).fill(0);
  private readonly columns = new Array<number>(9).fill(0);
  private readonly boxes = new Array<number>(9).fill(0);

  constructor(readonly cells: string[]) {}

  findFault(): string | undefined {
    if (this.cells.length !== 81) return `81 cells needed, not ${this.cells.length}`;
    for (const [cell, mark] of this.cells.entries()) {
      if (mark === ".") continue;
      const place = `row ${Math.floor(cell / 9) + 1} column ${(cell % 9) + 1}`;
      if (!/[1-9]/.test(mark)) return `${place} holds ${mark}`;
      if (this.used(cell) & (1 << Number(mark))) return `${place} repeats ${mark}`;
      this.toggle(cell, Number(mark));
    }
    return undefined;
  }

  // Fills the empty cells in reading order with the smallest digits that lead to a solution.
  solve(): boolean {
    const cell = this.cells.indexOf(".");
    if (cell < 0) return true;
    for (let digit = 1; digit <= 9; digit++) {
      if (this.used(cell) & (1 << digit)) continue;
      this.toggle(cell, digit);
      this.cells[cell] = String(digit);
      if (this.solve()) return true;
      this.toggle(cell, digit);
    }
    this.cells[cell] = ".";
    return false;
  }

  private used(cell: number): number {
    return this.rows[Math.floor(cell / 9)] | this.columns[cell % 9] | this.boxes[this.box(cell)];
  }

  private toggle(cell: number, digit: number): void {
    this.rows[Math.floor(cell / 9)] ^= 1 << digit;
    this.columns[cell % 9] ^= 1 << digit;
    this.boxes[this.box(cell)] ^= 1 << digit;
  }

  private box(cell: number): number {
    return 3 * Math.floor(cell / 27) + Math.floor((cell % 9) / 3);
  }
}

const sudoku = new Sudoku([...readFileSync(0, "utf8").replace(/\s/g, "")]);
const fault = sudoku.findFault();
if (fault !== undefined) console.log(`invalid: ${fault}`);
else if (!sudoku.solve()) console.log("no solution");
else console.log(sudoku.cells.join("").replace(/.{9}(?=.)/g, "$&\n"));
