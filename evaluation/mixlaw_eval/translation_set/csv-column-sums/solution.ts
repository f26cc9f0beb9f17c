import * as fs from "fs";

class TableError extends Error {
  constructor(line: number, message: string) {
    super(`line ${line}: ${message}`);
  }
}

// The fields of a line; a quoted field may hold commas, and quotes written twice.
function splitRecord(line: string, lineNumber: number): string[] {
  const fields: string[] = [];
  let field = "";
  let quoted = false;
  [...line].forEach((symbol, i) => {
    if (symbol === '"') {
      field += !quoted && line[i - 1] === '"' ? symbol : "";
      quoted = !quoted;
    } else if (symbol === "," && !quoted) {
      fields.push(field.trim());
      field = "";
    } else {
      field += symbol;
    }
  });
  if (quoted) {
    throw new TableError(lineNumber, "a quote is not closed");
  }
  return [...fields, field.trim()];
}

function readTable([first, ...rest]: string[]): string[][] {
  const header = splitRecord(first, 1);
  const rows = rest.map((line, i) => {
    const row = splitRecord(line, i + 2);
    if (row.length !== header.length) {
      throw new TableError(i + 2, `expected ${header.length} fields, found ${row.length}`);
    }
    return row;
  });
  return [header, ...rows];
}

function summarize(values: string[]): string {
  const filled = values.filter((value) => value.length > 0);
  if (filled.length === 0) {
    return "empty";
  }
  if (filled.every((value) => /^[+-]?\d{1,15}$/.test(value))) {
    const sum = filled.reduce((total, value) => total + Number(value), 0);
    return `sum ${sum} of ${filled.length}`;
  }
  return `${new Set(filled).size} different texts`;
}

function describe(text: string): string {
  if (text === "") {
    return "no header";
  }
  const [header, ...rows] = readTable(text.replace(/\n$/, "").split("\n"));
  return header.map((name, i) => `${name}: ${summarize(rows.map((row) => row[i]))}`).join("\n");
}

try {
  console.log(describe(fs.readFileSync(0, "utf8")));
} catch (error) {
  console.log((error as TableError).message);
}
