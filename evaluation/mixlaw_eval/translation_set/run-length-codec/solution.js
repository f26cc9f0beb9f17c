const fs = require("fs");

// Runs as count and character; digits and backslashes are escaped with a backslash.
function encode(text) {
  return text.replace(/(.)\1*/g, (run, symbol) => {
    const count = run.length > 1 ? run.length : "";
    const escape = /[\d\\]/.test(symbol) ? "\\" : "";
    return `${count}${escape}${symbol}`;
  });
}

function decodePiece(digits, symbol) {
  if (digits.length > 3) {
    throw new Error(`count ${digits} is too large`);
  }
  if (symbol === "") {
    throw new Error("the code ends too early");
  }
  const count = digits === "" ? 1 : Number(digits);
  if (count === 0) {
    throw new Error("a count is zero");
  }
  return symbol.repeat(count);
}

function decode(code) {
  const piece = /(\d*)\\?(.?)/y;
  let text = "";
  while (piece.lastIndex < code.length) {
    const [, digits, symbol] = piece.exec(code);
    text += decodePiece(digits, symbol);
  }
  return text;
}

const commands = { encode, decode };

function answer(line) {
  const [command, ...rest] = line.split(" ");
  if (!Object.hasOwn(commands, command)) {
    return `unknown command: ${command}`;
  }
  try {
    return commands[command](rest.join(" "));
  } catch (error) {
    return `error: ${error.message}`;
  }
}

const lines = fs.readFileSync(0, "utf8").split("\n");
if (lines[lines.length - 1] === "") {
  lines.pop();
}
for (const line of lines) {
  console.log(answer(line));
}
