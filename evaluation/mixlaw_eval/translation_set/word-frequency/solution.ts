import * as fs from "fs";

type Entry = [word: string, count: number];

function countWords(text: string, shortest: number): Map<string, number> {
  const counts = new Map<string, number>();
  const words = text.toLowerCase().match(/[a-z](?:[a-z']*[a-z])?/g) ?? [];
  for (const word of words.filter((w) => w.length >= shortest)) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function compareEntries([wordA, countA]: Entry, [wordB, countB]: Entry): number {
  if (countA !== countB) {
    return countB - countA;
  }
  return wordA < wordB ? -1 : 1;
}

// Words that tie with the last one shown are shown too.
function mostCommon(counts: Map<string, number>, limit: number): Entry[] {
  if (counts.size === 0 || limit === 0) {
    return [];
  }
  const ranked: Entry[] = [...counts].sort(compareEntries);
  const threshold = ranked[Math.min(limit, ranked.length) - 1][1];
  return ranked.filter(([, count]) => count >= threshold);
}

function formatShare(count: number, total: number): string {
  const share = Math.floor((count * 1000) / total);
  return `${Math.floor(share / 10)}.${share % 10}%`;
}

function main(): void {
  const [header, ...lines] = fs.readFileSync(0, "utf8").split("\n");
  const match = /^(\d+) (\d+)$/.exec(header);
  if (match === null) {
    console.log("expected: LIMIT SHORTEST");
    return;
  }
  const counts = countWords(lines.join("\n"), Number(match[2]));
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  for (const [word, count] of mostCommon(counts, Number(match[1]))) {
    console.log(word, count, formatShare(count, total));
  }
  console.log(`total ${total}, distinct ${counts.size}`);
}

main();
