const fs = require("fs");

function parseCable(line) {
  const [first, second, price] = line.split(" ");
  const [a, b] = [first, second].sort();
  return { a, b, price: Number(price) };
}

const byName = (x, y) => (x < y ? -1 : Number(x > y));

// Cheap cables come first; names decide between equal prices.
function byPrice(x, y) {
  return x.price - y.price || byName(x.a, y.a) || byName(x.b, y.b);
}

class Network {
  constructor() {
    this.leader = new Map();
  }

  find(house) {
    if (!this.leader.has(house)) this.leader.set(house, house);
    const next = this.leader.get(house);
    if (next === house) return house;
    const root = this.find(next);
    this.leader.set(house, root);
    return root;
  }

  // Connects the houses; false if they were connected already.
  connect({ a, b }) {
    const [rootA, rootB] = [this.find(a), this.find(b)];
    this.leader.set(rootA, rootB);
    return rootA !== rootB;
  }
}

const lines = fs.readFileSync(0, "utf8").split("\n").filter(Boolean);
const network = new Network();
const chosen = lines.map(parseCable).sort(byPrice).filter((cable) => network.connect(cable));
for (const { a, b, price } of chosen) console.log(`${a}-${b} ${price}`);
const total = chosen.reduce((sum, { price }) => sum + price, 0);
console.log(`total ${total}, parts ${network.leader.size - chosen.length}`);
