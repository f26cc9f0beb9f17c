import * as fs from "fs";

type Codec = (text: string) => string;

// Runs as count and character; digits and backslashes are escaped with a backslash.
const encode: Codec = (text) => {
  let code = "";
  for (let start = 0, end = 0; start < text.length; start = end) {
    const symbol = text[start];
    while (text[end] === symbol) {
      end++;
    }
    code += end - start > 1 ? end - start : "";
    code += /[0-9\\]/.test(symbol) ? `\\${symbol}` : symbol;
  }
  return code;
};

const decode: Codec = (code) => {
  const isDigit = (symbol: string) => symbol >= "0" && symbol <= "9";
  let text = "";
  let position = 0;
  while (position < code.length) {
    let digits = "";
    while (isDigit(code.charAt(position))) {
      digits += code[position++];
    }
    if (digits.length > 3) {
      throw new Error(`count ${digits} is too large`);
    }
    if (code[position] === "\\") {
      position++;
    }
    if (position === code.length) {
      throw new Error("the code ends too early");
    }
    const count = digits === "" ? 1 : Number(digits);
    if (count === 0) {
      throw new Error("a count is zero");
    }
    text += code[position++].repeat(count);
  }
  return text;
};

const codecs = new Map<string, Codec>([
  ["encode", encode],
  ["decode", decode],
]);

function answer(line: string): string {
  const [command, ...rest] = line.split(" ");
  const codec = codecs.get(command);
  if (codec === undefined) {
    return `unknown command: ${command}`;
  }
  try {
    return codec(rest.join(" "));
  } catch (error) {
    return `error: ${(error as Error).message}`;
  }
}

const lines = fs.readFileSync(0, "utf8").split("\n").slice(0, -1);
lines.map(answer).forEach((result) => console.log(result));
