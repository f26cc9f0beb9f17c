const fs = require("fs");

const SHOWN = 3;

class Node {
  count = 0;
  children = new Map();

  add(word) {
    let node = this;
    for (const letter of word) {
      if (!node.children.has(letter)) node.children.set(letter, new Node());
      node = node.children.get(letter);
    }
    node.count++;
  }

  descend(prefix) {
    return [...prefix].reduce((node, letter) => node?.children.get(letter), this);
  }

  *words(prefix) {
    if (this.count > 0) yield { word: prefix, count: this.count };
    for (const [letter, child] of this.children) yield* child.words(prefix + letter);
  }
}

function byCountThenWord(a, b) {
  return b.count - a.count || (a.word < b.word ? -1 : 1);
}

function complete(root, prefix) {
  const node = root.descend(prefix);
  if (!node) return "no words";
  const found = [...node.words(prefix)].sort(byCountThenWord);
  const parts = found.slice(0, SHOWN).map(({ word, count }) => `${word} (${count})`);
  if (found.length > SHOWN) parts.push(`${found.length - SHOWN} more`);
  return parts.join(", ");
}

const root = new Node();
for (const line of fs.readFileSync(0, "utf8").split("\n").slice(0, -1)) {
  const [command, ...words] = line.trim().split(/\s+/);
  if (command === "add" && words.length > 0) {
    words.forEach((word) => root.add(word));
  } else if (command === "complete" && words.length === 1) {
    console.log(`${words[0]}: ${complete(root, words[0])}`);
  } else {
    console.log(`cannot understand: ${line}`);
  }
}
