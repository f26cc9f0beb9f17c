import { readFileSync } from "fs";

interface Cable {
  a: string;
  b: string;
  price: number;
}

function parseCable(line: string): Cable {
  const [first, second, price] = line.split(" ");
  const [a, b] = [first, second].sort();
  return { a, b, price: Number(price) };
}

function compareNames(x: string, y: string): number {
  return x < y ? -1 : x > y ? 1 : 0;
}

// Cheap cables come first; names decide between equal prices.
function byPrice(x: Cable, y: Cable): number {
  return x.price - y.price || compareNames(x.a, y.a) || compareNames(x.b, y.b);
}

class Network {
  private readonly leader = new Map<string, string>();

  get houses(): number {
    return this.leader.size;
  }

  find(house: string): string {
    const next = this.leader.get(house) ?? house;
    const root = next === house ? house : this.find(next);
    this.leader.set(house, root);
    return root;
  }

  // Connects the houses; false if they were connected already.
  connect({ a, b }: Cable): boolean {
    const rootA = this.find(a);
    const rootB = this.find(b);
    this.leader.set(rootA, rootB);
    return rootA !== rootB;
  }
}

const lines = readFileSync(0, "utf8").split("\n").filter((line) => line !== "");
const network = new Network();
const chosen = lines.map(parseCable).sort(byPrice).filter((cable) => network.connect(cable));
for (const { a, b, price } of chosen) console.log(`${a}-${b} ${price}`);
const total = chosen.reduce((sum, { price }) => sum + price, 0);
console.log(`total ${total}, parts ${network.houses - chosen.length}`);
