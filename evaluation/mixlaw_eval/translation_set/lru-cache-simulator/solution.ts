import { readFileSync } from "fs";

class LruCache<K, V> {
  /** The least recently used first: a map keeps the order of insertion. */
  private readonly entries = new Map<K, V>();

  constructor(private readonly capacity: number) {}

  get(key: K): V | undefined {
    const value = this.entries.get(key);
    if (value !== undefined) {
      this.entries.delete(key);
      this.entries.set(key, value);
    }
    return value;
  }

  /** Stores the entry and gives back the key that had to leave for it, if one had to. */
  put(key: K, value: V): K | undefined {
    this.entries.delete(key);
    this.entries.set(key, value);
    if (this.entries.size <= this.capacity) return undefined;
    const oldest: K = this.entries.keys().next().value!;
    this.entries.delete(oldest);
    return oldest;
  }

  has(key: K): boolean {
    return this.entries.has(key);
  }

  drop(key: K): boolean {
    return this.entries.delete(key);
  }

  mostRecentFirst(): [K, V][] {
    return [...this.entries].reverse();
  }
}

let hits = 0;
let misses = 0;

function execute(cache: LruCache<string, string>, line: string): string {
  const [command, key, value, ...rest] = line.trim().split(/\s+/);
  if (rest.length > 0 || key === undefined) return `bad command: ${line}`;
  if (command === "put" && value !== undefined) {
    const known = cache.has(key);
    const evicted = cache.put(key, value);
    return evicted === undefined ? (known ? "replaced" : "stored") : `stored, evicted ${evicted}`;
  }
  if (command === "get" && value === undefined) {
    const found = cache.get(key);
    if (found === undefined) misses++;
    else hits++;
    return found ?? "miss";
  }
  if (command === "drop" && value === undefined) return cache.drop(key) ? "dropped" : "miss";
  return `bad command: ${line}`;
}

const [first, ...commands] = readFileSync(0, "utf8").trimEnd().split("\n");
if (!/^0*[1-9]\d*$/.test(first)) {
  console.log(`bad capacity: ${first}`);
} else {
  const cache = new LruCache<string, string>(Number(first));
  commands.forEach((line) => console.log(execute(cache, line)));
  const recent = cache.mostRecentFirst().map((entry) => entry.join("="));
  console.log(`hits ${hits}, misses ${misses}`);
  console.log(`cache: ${recent.join(" ") || "empty"}`);
}
