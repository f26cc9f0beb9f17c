const fs = require("fs");

class Heap {
  constructor(comesBefore) {
    this.items = [];
    this.comesBefore = comesBefore;
  }

  get size() {
    return this.items.length;
  }

  push(item) {
    let child = this.items.push(item) - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.comesBefore(this.items[child], this.items[parent])) break;
      this.swap(child, parent);
      child = parent;
    }
  }

  pop() {
    this.swap(0, this.size - 1);
    const top = this.items.pop();
    let place = 0;
    for (;;) {
      let first = place;
      for (const child of [2 * place + 1, 2 * place + 2]) {
        if (child < this.size && this.comesBefore(this.items[child], this.items[first])) first = child;
      }
      if (first === place) return top;
      this.swap(place, first);
      place = first;
    }
  }

  swap(i, j) {
    [this.items[i], this.items[j]] = [this.items[j], this.items[i]];
  }
}

// The heap's top is the worst entry: the lowest score, and the last name among equal scores.
const worse = (a, b) => (a.score === b.score ? a.name > b.name : a.score < b.score);

const [limit = "0", ...words] = fs.readFileSync(0, "utf8").match(/\S+/g) || [];
const podium = new Heap(worse);
for (let i = 0; i + 1 < words.length; i += 2) {
  podium.push({ name: words[i], score: Number(words[i + 1]) });
  if (podium.size > Number(limit)) podium.pop();
}
const lines = [];
while (podium.size > 0) {
  const place = podium.size;
  const { name, score } = podium.pop();
  lines.unshift(`${place}. ${name} ${score}`);
}
console.log(lines.join("\n") || "nobody");
