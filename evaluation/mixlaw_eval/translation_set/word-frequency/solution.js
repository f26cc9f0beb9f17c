const fs = require("fs");

const WORD = /[a-z](?:[a-z']*[a-z])?/g;

function countWords(text, shortest) {
  const counts = new Map();
  for (const [word] of text.toLowerCase().matchAll(WORD)) {
    if (word.length >= shortest) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return counts;
}

function byCountThenWord([wordA, countA], [wordB, countB]) {
  return countB - countA || (wordA < wordB ? -1 : 1);
}

// Words that tie with the last one shown are shown too.
function mostCommon(counts, limit) {
  const ranked = [...counts].sort(byCountThenWord);
  if (ranked.length === 0 || limit === 0) {
    return [];
  }
  const [, threshold] = ranked[Math.min(limit, ranked.length) - 1];
  return ranked.filter(([, count]) => count >= threshold);
}

function main() {
  const [header, ...lines] = fs.readFileSync(0, "utf8").split("\n");
  if (!/^\d+ \d+$/.test(header)) {
    console.log("expected: LIMIT SHORTEST");
    return;
  }
  const [limit, shortest] = header.split(" ").map(Number);
  const counts = countWords(lines.join("\n"), shortest);
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  for (const [word, count] of mostCommon(counts, limit)) {
    const share = Math.floor((count * 1000) / total);
    console.log(`${word} ${count} ${Math.floor(share / 10)}.${share % 10}%`);
  }
  console.log(`total ${total}, distinct ${counts.size}`);
}

main();
