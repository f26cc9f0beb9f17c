const fs = require("fs");

// The phrase in small letters, with single spaces.
function tidy(line) {
  return line.trim().toLowerCase().replace(/\s+/g, " ");
}

// The letters in order, which all anagrams have in common.
function signature(phrase) {
  return [...phrase.replace(/[^a-z]/g, "")].sort().join("");
}

function groupBySignature(phrases) {
  const groups = new Map();
  for (const phrase of phrases) {
    const letters = signature(phrase);
    if (letters === "") {
      continue;
    }
    if (!groups.has(letters)) {
      groups.set(letters, []);
    }
    groups.get(letters).push(phrase);
  }
  return [...groups.values()];
}

function biggestFirst(a, b) {
  return b.length - a.length || (a[0] < b[0] ? -1 : 1);
}

const lines = fs.readFileSync(0, "utf8").split("\n");
const phrases = [...new Set(lines.map(tidy))].sort();
const groups = groupBySignature(phrases);
const anagrams = groups.filter((members) => members.length > 1).sort(biggestFirst);
for (const members of anagrams) {
  const letters = signature(members[0]).length;
  console.log(`${members.length} of ${letters} letters: ${members.join(", ")}`);
}
console.log(`groups: ${anagrams.length}, alone: ${groups.length - anagrams.length}`);
