const fs = require("fs");

// Every line holds a task and the tasks it needs, which may have lines of their own.
function parse(text) {
  const needs = new Map();
  for (const line of text.split("\n")) {
    const words = line.match(/\S+/g) ?? [];
    for (const word of words) {
      if (!needs.has(word)) needs.set(word, new Set());
    }
    const [task, ...needed] = words;
    needed.forEach((word) => needs.get(task).add(word));
  }
  return needs;
}

// Takes as many tasks as can be done out of the map, always the alphabetically first that is ready.
function takeInOrder(waiting) {
  const done = [];
  for (;;) {
    const ready = [...waiting.keys()].filter((task) => waiting.get(task).size === 0);
    if (ready.length === 0) return done;
    const [task] = ready.sort();
    done.push(task);
    waiting.delete(task);
    waiting.forEach((needed) => needed.delete(task));
  }
}

// Follows the first need from the first waiting task until a task returns.
function findCycle(waiting) {
  const first = (names) => [...names].sort()[0];
  const path = [];
  let task = first(waiting.keys());
  while (!path.includes(task)) {
    path.push(task);
    task = first(waiting.get(task));
  }
  return [...path.slice(path.indexOf(task)), task];
}

const waiting = parse(fs.readFileSync(0, "utf8"));
const done = takeInOrder(waiting);
if (waiting.size > 0) {
  console.log(`cycle: ${findCycle(waiting).join(" needs ")}`);
} else {
  console.log(done.join(" ") || "nothing to do");
}
