const fs = require("fs");

class LruCache {
  #entries = new Map(); // the least recently used first
  hits = 0;
  misses = 0;

  constructor(capacity) {
    this.capacity = capacity;
  }

  get(key) {
    const value = this.#entries.get(key);
    if (value === undefined) {
      this.misses++;
      return "miss";
    }
    this.hits++;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  put(key, value) {
    const known = this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.capacity) {
      const [oldest] = this.#entries.keys();
      this.#entries.delete(oldest);
      return `stored, evicted ${oldest}`;
    }
    return known ? "replaced" : "stored";
  }

  drop(key) {
    return this.#entries.delete(key) ? "dropped" : "miss";
  }

  toString() {
    const recent = [...this.#entries].reverse().map(([key, value]) => `${key}=${value}`);
    return recent.join(" ") || "empty";
  }
}

const ARGUMENTS = { get: 1, put: 2, drop: 1 };

function execute(cache, line) {
  const [command, ...words] = line.trim().split(/\s+/);
  return ARGUMENTS[command] === words.length ? cache[command](...words) : `bad command: ${line}`;
}

const [first, ...commands] = fs.readFileSync(0, "utf8").trimEnd().split("\n");
if (/^\d+$/.test(first) && Number(first) > 0) {
  const cache = new LruCache(Number(first));
  for (const line of commands) {
    console.log(execute(cache, line));
  }
  console.log(`hits ${cache.hits}, misses ${cache.misses}`);
  console.log(`cache: ${cache}`);
} else {
  console.log(`bad capacity: ${first}`);
}
