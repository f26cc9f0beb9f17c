const fs = require("fs");

// The fields of a line; a quoted field may hold commas, and quotes written twice.
function splitRecord(line) {
  const fields = [""];
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const symbol = line[i];
    if (symbol === "," && !quoted) {
      fields.push("");
    } else if (symbol !== '"') {
      fields[fields.length - 1] += symbol;
    } else {
      if (!quoted && line[i - 1] === '"') {
        fields[fields.length - 1] += symbol;
      }
      quoted = !quoted;
    }
  }
  if (quoted) {
    throw new Error("a quote is not closed");
  }
  return fields.map((field) => field.trim());
}

function readTable(text) {
  const table = [];
  for (const [i, line] of text.replace(/\n$/, "").split("\n").entries()) {
    try {
      const record = splitRecord(line);
      const width = (table[0] ?? record).length;
      if (record.length !== width) {
        throw new Error(`expected ${width} fields, found ${record.length}`);
      }
      table.push(record);
    } catch (error) {
      throw new Error(`line ${i + 1}: ${error.message}`);
    }
  }
  return table;
}

function summarize(values) {
  const filled = values.filter((value) => value !== "");
  if (filled.length === 0) {
    return "empty";
  }
  if (filled.every((value) => /^[+-]?\d{1,15}$/.test(value))) {
    const sum = filled.map(Number).reduce((a, b) => a + b);
    return `sum ${sum} of ${filled.length}`;
  }
  return `${new Set(filled).size} different texts`;
}

const text = fs.readFileSync(0, "utf8");
try {
  if (text === "") {
    throw new Error("no header");
  }
  const [header, ...rows] = readTable(text);
  header.forEach((name, i) => {
    console.log(`${name}: ${summarize(rows.map((row) => row[i]))}`);
  });
} catch (error) {
  console.log(error.message);
}
