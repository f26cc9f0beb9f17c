import { readFileSync } from "fs";

type Balances = Map<string, number>;
/** What went wrong, or nothing. */
type Problem = string | undefined;

/** An amount such as 12.50 in cents. */
function parseAmount(word: string): number | undefined {
  const match = /^(\d{1,12})\.(\d\d)$/.exec(word);
  return match ? Number(match[1] + match[2]) || undefined : undefined;
}

function formatAmount(cents: number): string {
  const digits = cents.toString().padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

function open(balances: Balances, name: string): Problem {
  if (balances.has(name)) return `account ${name} exists`;
  balances.set(name, 0);
  return undefined;
}

function change(balances: Balances, name: string, cents: number): Problem {
  const balance = balances.get(name);
  if (balance === undefined) return `no account ${name}`;
  if (balance + cents < 0) return `${name} has only ${formatAmount(balance)}`;
  balances.set(name, balance + cents);
  return undefined;
}

function transfer(balances: Balances, source: string, target: string, cents: number): Problem {
  return change(balances, target, 0) ?? change(balances, source, -cents) ?? change(balances, target, cents);
}

function execute(balances: Balances, line: string): Problem {
  const [kind, ...words] = line.trim().split(/\s+/);
  if (kind === "open" && words.length === 1) return open(balances, words[0]);
  const needed = { deposit: 2, withdraw: 2, transfer: 3 }[kind];
  if (words.length !== needed) return "bad transaction";
  const amount = words[words.length - 1];
  const cents = parseAmount(amount);
  if (cents === undefined) return `bad amount ${amount}`;
  if (kind === "transfer") return transfer(balances, words[0], words[1], cents);
  return change(balances, words[0], kind === "deposit" ? cents : -cents);
}

const balances: Balances = new Map();
const lines = readFileSync(0, "utf8").split("\n").slice(0, -1);
for (const [index, line] of lines.entries()) {
  const problem = execute(balances, line);
  if (problem !== undefined) console.log(`line ${index + 1}: ${problem}`);
}
for (const [name, cents] of [...balances].sort(([a], [b]) => (a < b ? -1 : 1))) {
  console.log(`${name} ${formatAmount(cents)}`);
}
const total = [...balances.values()].reduce((sum, cents) => sum + cents, 0);
console.log(`total ${formatAmount(total)}`);
