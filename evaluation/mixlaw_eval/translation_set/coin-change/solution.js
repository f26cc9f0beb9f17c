const fs = require("fs");

// The smallest number of coins for every amount up to the limit; Infinity where no coins pay it.
function fewestCoins(coins, limit) {
  const fewest = [0];
  for (let amount = 1; amount <= limit; amount++) {
    const counts = coins.filter((coin) => coin <= amount).map((coin) => fewest[amount - coin] + 1);
    fewest.push(Math.min(...counts));
  }
  return fewest;
}

// Always takes the largest coin that leaves an amount of one coin less.
function pay(amount, coins, fewest) {
  if (fewest[amount] === Infinity) return `${amount} is impossible`;
  const paid = [];
  for (let rest = amount; rest > 0; rest -= paid[paid.length - 1]) {
    paid.push(coins.find((coin) => fewest[rest - coin] === fewest[rest] - 1));
  }
  return `${amount} = ${paid.join(" + ") || "nothing"}`;
}

function parseNumbers(text, smallest) {
  const words = text.split(/\s+/).filter(Boolean);
  const bad = words.find((word) => !/^\d+$/.test(word) || Number(word) < smallest);
  if (bad !== undefined) throw new Error(`bad number: ${bad}`);
  return words.map(Number);
}

function main() {
  const [first, ...rest] = fs.readFileSync(0, "utf8").split("\n");
  const coins = parseNumbers(first, 1).sort((a, b) => b - a);
  const amounts = parseNumbers(rest.join(" "), 0);
  const fewest = fewestCoins(coins, Math.max(0, ...amounts));
  for (const amount of amounts) console.log(pay(amount, coins, fewest));
  console.log(`amounts: ${amounts.length}`);
}

try {
  main();
} catch (error) {
  console.log(error.message);
}
