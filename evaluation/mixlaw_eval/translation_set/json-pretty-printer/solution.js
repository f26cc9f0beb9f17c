const fs = require("fs");

const TOKEN = /"[^"\\\n]*"|[a-zA-Z0-9-]+|\S/g;
const STRING = /^".*"$/;
const SCALAR = /^(?:".*"|true|false|null|-?[0-9]{1,18})$/;
const END = "end of input";

// Reads a value, and returns its text with every item on a line of its own.
class Printer {
  #tokens;
  #position = 0;

  constructor(text) {
    this.#tokens = [...(text.match(TOKEN) ?? []), END];
  }

  document() {
    const text = this.#value("");
    this.#expect((token) => token === END, END);
    return text;
  }

  #accept(token) {
    const found = this.#tokens[this.#position] === token;
    this.#position += found ? 1 : 0;
    return found;
  }

  #expect(isRight, name) {
    const token = this.#tokens[this.#position++];
    if (!isRight(token)) {
      throw new SyntaxError(`token ${this.#position}: expected ${name}, found ${token}`);
    }
    return token;
  }

  #value(indent) {
    if (this.#accept("{")) {
      return this.#items("{", "}", indent, () => this.#key());
    }
    if (this.#accept("[")) {
      return this.#items("[", "]", indent, () => "");
    }
    return this.#expect((token) => SCALAR.test(token), "a value");
  }

  #items(opening, closing, indent, readKey) {
    if (this.#accept(closing)) {
      return opening + closing;
    }
    const inner = `${indent}  `;
    const lines = [];
    do {
      lines.push(inner + readKey() + this.#value(inner));
    } while (this.#accept(","));
    this.#expect((token) => token === closing, closing);
    return `${opening}\n${lines.join(",\n")}\n${indent}${closing}`;
  }

  #key() {
    const name = this.#expect((token) => STRING.test(token), "a key");
    this.#expect((token) => token === ":", ":");
    return `${name}: `;
  }
}

try {
  console.log(new Printer(fs.readFileSync(0, "utf8")).document());
} catch (error) {
  console.log(error.message);
}
