import * as fs from "fs";

const STRING = '"[^"\\\\\\n]*"';
const TOKEN = new RegExp(`${STRING}|[a-zA-Z0-9-]+|\\S`, "g");
const SCALAR = new RegExp(`^(?:${STRING}|true|false|null|-?[0-9]{1,18})$`);
const END = "end of input";

class Tokens {
  private readonly tokens: string[];
  private position = 0;

  constructor(text: string) {
    this.tokens = [...(text.match(TOKEN) ?? []), END];
  }

  accept(token: string): boolean {
    const found = this.tokens[this.position] === token;
    this.position += found ? 1 : 0;
    return found;
  }

  expect(pattern: RegExp | string, name: string): string {
    const token = this.tokens[this.position++];
    const isRight = typeof pattern === "string" ? token === pattern : pattern.test(token);
    if (!isRight) {
      throw new SyntaxError(`token ${this.position}: expected ${name}, found ${token}`);
    }
    return token;
  }
}

function printKey(tokens: Tokens): string {
  const name = tokens.expect(/^".*"$/, "a key");
  return name + tokens.expect(":", ":") + " ";
}

// The value's text, with every item on a line of its own.
function printValue(tokens: Tokens, indent: string): string {
  if (tokens.accept("{")) {
    return printItems(tokens, "{", "}", indent);
  }
  if (tokens.accept("[")) {
    return printItems(tokens, "[", "]", indent);
  }
  return tokens.expect(SCALAR, "a value");
}

function printItems(tokens: Tokens, opening: string, closing: string, indent: string): string {
  if (tokens.accept(closing)) {
    return opening + closing;
  }
  const inner = indent + "  ";
  const lines: string[] = [];
  do {
    const key = opening === "{" ? printKey(tokens) : "";
    lines.push(inner + key + printValue(tokens, inner));
  } while (tokens.accept(","));
  tokens.expect(closing, closing);
  return [opening, lines.join(",\n"), indent + closing].join("\n");
}

try {
  const tokens = new Tokens(fs.readFileSync(0, "utf8"));
  const text = printValue(tokens, "");
  tokens.expect(END, END);
  console.log(text);
} catch (error) {
  console.log((error as SyntaxError).message);
}
