import * as fs from "fs";

interface Group {
  letters: string;
  members: string[];
}

// The letters in order, which all anagrams have in common.
function signature(phrase: string): string {
  return phrase.replace(/[^a-z]/g, "").split("").sort().join("");
}

function readPhrases(text: string): string[] {
  const tidy = text.split("\n").map((line) => line.trim().toLowerCase().replace(/\s+/g, " "));
  return Array.from(new Set(tidy)).sort();
}

function group(phrases: string[]): Group[] {
  const groups = new Map<string, Group>();
  for (const phrase of phrases) {
    const letters = signature(phrase);
    const found = groups.get(letters);
    if (found !== undefined) {
      found.members.push(phrase);
    } else if (letters.length > 0) {
      groups.set(letters, { letters, members: [phrase] });
    }
  }
  return Array.from(groups.values());
}

function compareGroups(a: Group, b: Group): number {
  if (a.members.length !== b.members.length) {
    return b.members.length - a.members.length;
  }
  return a.members[0] < b.members[0] ? -1 : 1;
}

const groups = group(readPhrases(fs.readFileSync(0, "utf8")));
const anagrams = groups.filter(({ members }) => members.length > 1);
for (const { letters, members } of anagrams.sort(compareGroups)) {
  console.log(`${members.length} of ${letters.length} letters: ${members.join(", ")}`);
}
console.log(`groups: ${anagrams.length}, alone: ${groups.length - anagrams.length}`);
