const fs = require("fs");

class LedgerError extends Error {}

// An amount such as 12.50 in cents.
function parseAmount(word) {
  const cents = /^\d{1,12}\.\d\d$/.test(word) ? Number(word.replace(".", "")) : 0;
  if (cents === 0) throw new LedgerError(`bad amount ${word}`);
  return cents;
}

function formatAmount(cents) {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, "0")}`;
}

class Ledger {
  balances = new Map();

  open(name) {
    if (this.balances.has(name)) throw new LedgerError(`account ${name} exists`);
    this.balances.set(name, 0);
  }

  change(name, cents) {
    const balance = this.balances.get(name);
    if (balance === undefined) throw new LedgerError(`no account ${name}`);
    if (balance + cents < 0) throw new LedgerError(`${name} has only ${formatAmount(balance)}`);
    this.balances.set(name, balance + cents);
  }

  transfer(source, target, cents) {
    this.change(target, 0);
    this.change(source, -cents);
    this.change(target, cents);
  }

  execute(line) {
    const [kind, ...words] = line.trim().split(/\s+/);
    switch (`${kind} ${words.length}`) {
      case "open 1":
        return this.open(words[0]);
      case "deposit 2":
        return this.change(words[0], parseAmount(words[1]));
      case "withdraw 2":
        return this.change(words[0], -parseAmount(words[1]));
      case "transfer 3":
        return this.transfer(words[0], words[1], parseAmount(words[2]));
      default:
        throw new LedgerError("bad transaction");
    }
  }
}

const ledger = new Ledger();
const lines = fs.readFileSync(0, "utf8").split("\n").slice(0, -1);
lines.forEach((line, index) => {
  try {
    ledger.execute(line);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    console.log(`line ${index + 1}: ${error.message}`);
  }
});
let total = 0;
for (const name of [...ledger.balances.keys()].sort()) {
  const cents = ledger.balances.get(name);
  console.log(name, formatAmount(cents));
  total += cents;
}
console.log("total", formatAmount(total));
