import { readFileSync } from "fs";

// The smallest number of coins for every amount up to the limit; Infinity where no coins pay it.
function fewestCoins(coins: number[], limit: number): number[] {
  const fewest = [0];
  for (let amount = 1; amount <= limit; amount++) {
    const counts = coins.filter((coin) => coin <= amount).map((coin) => fewest[amount - coin] + 1);
    fewest.push(Math.min(...counts));
  }
  return fewest;
}

// Always takes the largest coin that leaves an amount of one coin less.
function pay(amount: number, coins: number[], fewest: number[]): string {
  if (fewest[amount] === Infinity) return `${amount} is impossible`;
  const paid: number[] = [];
  let rest = amount;
  while (rest > 0) {
    const coin = coins.find((c) => fewest[rest - c] === fewest[rest] - 1)!;
    paid.push(coin);
    rest -= coin;
  }
  return `${amount} = ${paid.join(" + ") || "nothing"}`;
}

function parse(word: string, smallest: number): number {
  if (!/^\d+$/.test(word) || Number(word) < smallest) throw new Error(`bad number: ${word}`);
  return Number(word);
}

function main(): void {
  const lines = readFileSync(0, "utf8").split("\n");
  const [first, ...rest] = lines.map((line) => line.split(/\s+/).filter((word) => word !== ""));
  const coins = first.map((word) => parse(word, 1)).sort((a, b) => b - a);
  const amounts = rest.flat().map((word) => parse(word, 0));
  const fewest = fewestCoins(coins, Math.max(0, ...amounts));
  for (const amount of amounts) console.log(pay(amount, coins, fewest));
  console.log(`amounts: ${amounts.length}`);
}

try {
  main();
} catch (error) {
  console.log((error as Error).message);
}
