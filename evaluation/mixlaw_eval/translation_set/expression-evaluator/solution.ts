import * as fs from "fs";

// Recursive descent over one line; each method is a rule of the grammar.
class Parser {
  private position = 0;

  constructor(private readonly text: string) {}

  parse(): bigint {
    const value = this.sum();
    if (this.position < this.text.length) {
      throw this.error("expected an operator");
    }
    return value;
  }

  private error(message: string): Error {
    return new Error(`${message} at ${this.position + 1}`);
  }

  // Moves past the symbol if it comes next.
  private accept(symbol: string): boolean {
    while (this.text[this.position] === " ") {
      this.position++;
    }
    const found = this.text[this.position] === symbol;
    this.position += found ? 1 : 0;
    return found;
  }

  private sum(): bigint {
    let value = this.product();
    for (;;) {
      if (this.accept("+")) {
        value += this.product();
      } else if (this.accept("-")) {
        value -= this.product();
      } else {
        return value;
      }
    }
  }

  private product(): bigint {
    let value = this.factor();
    for (;;) {
      if (this.accept("*")) {
        value *= this.factor();
      } else if (this.accept("/")) {
        const divisor = this.factor();
        if (divisor === 0n) {
          throw new Error("division by zero");
        }
        value /= divisor;
      } else {
        return value;
      }
    }
  }

  private factor(): bigint {
    if (this.accept("-")) {
      return -this.factor();
    }
    if (this.accept("(")) {
      const value = this.sum();
      if (!this.accept(")")) {
        throw this.error("expected ')'");
      }
      return value;
    }
    const digits = /^\d*/.exec(this.text.slice(this.position))![0];
    if (digits === "") {
      throw this.error("expected a number");
    }
    this.position += digits.length;
    return BigInt(digits);
  }
}

for (const line of fs.readFileSync(0, "utf8").split("\n").slice(0, -1)) {
  try {
    console.log(new Parser(line).parse().toString());
  } catch (error) {
    console.log(`error: ${(error as Error).message}`);
  }
}
