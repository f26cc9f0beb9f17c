const fs = require("fs");

// Neighbouring matrices share a side, so a chain of n matrices has n + 1 sizes.
function parseSizes(words) {
  const sizes = [];
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
function cheapestOrder(sizes) {
  const known = new Map();

  function solve(first, last) {
    if (first === last) return { cost: 0, text: `M${first}` };
    const key = `${first} ${last}`;
    if (known.has(key)) return known.get(key);
    let best = { cost: Infinity };
    for (let middle = first; middle < last; middle++) {
      const left = solve(first, middle);
      const right = solve(middle + 1, last);
      const cost = left.cost + right.cost + sizes[first - 1] * sizes[middle] * sizes[last];
      if (cost < best.cost) best = { cost, text: `(${left.text} ${right.text})` };
    }
    known.set(key, best);
    return best;
  }

  return solve(1, sizes.length - 1);
}

const words = fs.readFileSync(0, "utf8").split(/\s+/).filter(Boolean);
if (words.length === 0) {
  console.log("no matrices");
} else {
  try {
    const { cost, text } = cheapestOrder(parseSizes(words));
    console.log(`cost ${cost}\n${text}`);
  } catch (error) {
    console.log(error.message);
  }
}
