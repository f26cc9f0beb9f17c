import * as fs from "fs";

type Line = string[];

// Greedy lines of words; a word longer than the width gets a line of its own.
function breakLines(words: string[], width: number): Line[] {
  const lines: Line[] = [];
  let current: Line = [];
  for (const word of words) {
    if (current.length > 0 && [...current, word].join(" ").length > width) {
      lines.push(current);
      current = [];
    }
    current.push(word);
  }
  return [...lines, current];
}

// Fills the line with spaces; the wider gaps come first, or last if fromRight.
function spread(words: Line, width: number, fromRight: boolean): string {
  const gaps = words.length - 1;
  if (gaps === 0) {
    return words[0];
  }
  const spaces = width - words.join("").length;
  const wider = spaces % gaps;
  const small = (spaces - wider) / gaps;
  return words.reduce((line, word, i) => {
    const isWider = fromRight ? i > gaps - wider : i <= wider;
    return line + " ".repeat(small + (isWider ? 1 : 0)) + word;
  });
}

function justify(paragraph: string, width: number): string {
  const lines = breakLines(paragraph.trim().split(/\s+/), width);
  return lines
    .map((words, i) => {
      const isLast = i === lines.length - 1;
      // The side of the wider gaps alternates, or they would form rivers of white.
      return isLast ? words.join(" ") : spread(words, width, i % 2 === 1);
    })
    .join("\n");
}

function main(): string {
  const [header, ...lines] = fs.readFileSync(0, "utf8").split("\n");
  if (!/^\d+$/.test(header)) {
    return "the first line must be the width";
  }
  const paragraphs = lines.join("\n").split("\n\n");
  const justified = paragraphs
    .filter((paragraph) => paragraph.trim() !== "")
    .map((paragraph) => justify(paragraph, Number(header)));
  return justified.length > 0 ? justified.join("\n\n") : "no text";
}

console.log(main());
