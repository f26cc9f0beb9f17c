import { readFileSync } from "fs";

interface Order {
  cost: number;
  text: string;
}

// Neighbouring matrices share a side, so a chain of n matrices has n + 1 sizes.
function parseSizes(words: string[]): number[] {
  const sizes: number[] = [];
  words.forEach((word, index) => {
    const match = /^(\d+)x(\d+)$/.exec(word);
    if (!match) throw new Error(`bad matrix: ${word}`);
    const [rows, columns] = match.slice(1).map(Number);
    if (index === 0) sizes.push(rows);
    if (sizes[index] !== rows) throw new Error(`M${index} and M${index + 1} do not fit`);
    sizes.push(columns);
  });
  return sizes;
}

// Cost in scalar multiplications and the bracketed chain; of equal orders the one that splits first.
function cheapestOrder(sizes: number[]): Order {
  const count = sizes.length - 1;
  const best: Order[][] = Array.from({ length: count + 1 }, () => []);
  for (let first = count; first >= 1; first--) {
    best[first][first] = { cost: 0, text: `M${first}` };
    for (let last = first + 1; last <= count; last++) {
      for (let middle = first; middle < last; middle++) {
        const left = best[first][middle];
        const right = best[middle + 1][last];
        const cost = left.cost + right.cost + sizes[first - 1] * sizes[middle] * sizes[last];
        if (!best[first][last] || cost < best[first][last].cost) {
          best[first][last] = { cost, text: `(${left.text} ${right.text})` };
        }
      }
    }
  }
  return best[1][count];
}

const words = readFileSync(0, "utf8").split(/\s+/).filter((word) => word !== "");
if (words.length === 0) {
  console.log("no matrices");
} else {
  try {
    const { cost, text } = cheapestOrder(parseSizes(words));
    console.log(`cost ${cost}\n${text}`);
  } catch (error) {
    console.log((error as Error).message);
  }
}
