const fs = require("fs");

// Recursive descent over one line; each method is a rule of the grammar.
class Parser {
  #text;
  #position = 0;

  constructor(text) {
    this.#text = text;
  }

  parse() {
    const value = this.#sum();
    if (this.#position < this.#text.length) {
      throw this.#error("expected an operator");
    }
    return value;
  }

  #error(message) {
    return new Error(`${message} at ${this.#position + 1}`);
  }

  // The next token of this form, past any spaces, or undefined.
  #take(form) {
    this.#position += this.#text.slice(this.#position).match(/^ */)[0].length;
    const token = this.#text.slice(this.#position).match(form)?.[0];
    this.#position += token?.length ?? 0;
    return token;
  }

  #sum() {
    let value = this.#product();
    let operator;
    while ((operator = this.#take(/^[+-]/))) {
      const right = this.#product();
      value += operator === "+" ? right : -right;
    }
    return value;
  }

  #product() {
    let value = this.#factor();
    let operator;
    while ((operator = this.#take(/^[*/]/))) {
      const right = this.#factor();
      if (operator === "/" && right === 0n) {
        throw new Error("division by zero");
      }
      value = operator === "*" ? value * right : value / right;
    }
    return value;
  }

  #factor() {
    if (this.#take(/^-/)) {
      return -this.#factor();
    }
    if (this.#take(/^\(/)) {
      const value = this.#sum();
      if (!this.#take(/^\)/)) {
        throw this.#error("expected ')'");
      }
      return value;
    }
    const digits = this.#take(/^\d+/);
    if (digits === undefined) {
      throw this.#error("expected a number");
    }
    return BigInt(digits);
  }
}

for (const line of fs.readFileSync(0, "utf8").split("\n").slice(0, -1)) {
  try {
    console.log(String(new Parser(line).parse()));
  } catch (error) {
    console.log(`error: ${error.message}`);
  }
}
