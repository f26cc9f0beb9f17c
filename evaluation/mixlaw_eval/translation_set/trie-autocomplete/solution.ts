import * as fs from "fs";

const SHOWN = 3;

interface Trie {
  count: number;
  children: Map<string, Trie>;
}

interface Entry {
  word: string;
  count: number;
}

const emptyTrie = (): Trie => ({ count: 0, children: new Map() });

function add(trie: Trie, word: string): void {
  for (const letter of word) {
    let child = trie.children.get(letter);
    if (child === undefined) {
      child = emptyTrie();
      trie.children.set(letter, child);
    }
    trie = child;
  }
  trie.count++;
}

function descend(trie: Trie, prefix: string): Trie | undefined {
  let node: Trie | undefined = trie;
  for (const letter of prefix) node = node?.children.get(letter);
  return node;
}

function entries(trie: Trie, prefix: string): Entry[] {
  const below = [...trie.children].flatMap(([letter, child]) => entries(child, prefix + letter));
  return trie.count > 0 ? [{ word: prefix, count: trie.count }, ...below] : below;
}

function complete(root: Trie, prefix: string): string {
  const node = descend(root, prefix);
  if (node === undefined) return "no words";
  const found = entries(node, prefix);
  found.sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1));
  const shown = found.slice(0, SHOWN).map((entry) => `${entry.word} (${entry.count})`);
  const hidden = found.length - shown.length;
  return shown.join(", ") + (hidden > 0 ? `, ${hidden} more` : "");
}

const root = emptyTrie();
for (const line of fs.readFileSync(0, "utf8").split("\n").slice(0, -1)) {
  const [command, ...words] = line.trim().split(/\s+/);
  if (command === "add" && words.length > 0) {
    for (const word of words) add(root, word);
  } else if (command === "complete" && words.length === 1) {
    console.log(`${words[0]}: ${complete(root, words[0])}`);
  } else {
    console.log(`cannot understand: ${line}`);
  }
}
