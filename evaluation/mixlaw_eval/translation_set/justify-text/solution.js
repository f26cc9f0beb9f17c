const fs = require("fs");

// Greedy lines of words; a word longer than the width gets a line of its own.
function breakLines(words, width) {
  const lines = [];
  let room = -1;
  for (const word of words) {
    if (word.length + 1 <= room) {
      lines[lines.length - 1].push(word);
      room -= word.length + 1;
    } else {
      lines.push([word]);
      room = width - word.length;
    }
  }
  return lines;
}

// Fills the line with spaces; the wider gaps come first, or last if fromRight.
function spread([first, ...rest], width, fromRight) {
  const gaps = rest.length;
  const spaces = width - [first, ...rest].join("").length;
  const small = Math.floor(spaces / gaps);
  const wider = spaces % gaps;
  const parts = rest.map((word, i) => {
    const isWider = fromRight ? i >= gaps - wider : i < wider;
    return " ".repeat(isWider ? small + 1 : small) + word;
  });
  return first + parts.join("");
}

function justify(paragraph, width) {
  const lines = breakLines(paragraph.match(/\S+/g), width);
  const last = lines.pop().join(" ");
  // The side of the wider gaps alternates, or they would form rivers of white.
  const full = lines.map((words, i) => spread(words, width, i % 2 === 1));
  return [...full, last].join("\n");
}

const [header, ...lines] = fs.readFileSync(0, "utf8").split("\n");
const paragraphs = lines.join("\n").split("\n\n").filter((part) => part.trim() !== "");
if (!/^\d+$/.test(header)) {
  console.log("the first line must be the width");
} else if (paragraphs.length === 0) {
  console.log("no text");
} else {
  const width = Number(header);
  console.log(paragraphs.map((part) => justify(part, width)).join("\n\n"));
}
