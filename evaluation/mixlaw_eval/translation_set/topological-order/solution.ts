import { readFileSync } from "fs";

type Needs = Map<string, Set<string>>;

// Every line holds a task and the tasks it needs, which may have lines of their own.
function parse(text: string): Needs {
  const needs: Needs = new Map();
  for (const line of text.split("\n")) {
    const [task, ...needed] = line.split(/\s+/).filter((word) => word !== "");
    if (task === undefined) continue;
    for (const word of [task, ...needed]) {
      if (!needs.has(word)) needs.set(word, new Set());
    }
    for (const word of needed) needs.get(task)!.add(word);
  }
  return needs;
}

function first(names: Iterable<string>): string | undefined {
  return [...names].sort()[0];
}

// Takes as many tasks as can be done out of the map, always the alphabetically first that is ready.
function takeInOrder(waiting: Needs): string[] {
  const done: string[] = [];
  for (;;) {
    const task = first([...waiting.keys()].filter((name) => waiting.get(name)!.size === 0));
    if (task === undefined) return done;
    done.push(task);
    waiting.delete(task);
    waiting.forEach((needed) => needed.delete(task));
  }
}

// Follows the first need from the first waiting task until a task returns.
function findCycle(waiting: Needs): string[] {
  const path: string[] = [];
  let task = first(waiting.keys())!;
  while (!path.includes(task)) {
    path.push(task);
    task = first(waiting.get(task)!)!;
  }
  return [...path.slice(path.indexOf(task)), task];
}

const waiting = parse(readFileSync(0, "utf8"));
const done = takeInOrder(waiting);
if (waiting.size > 0) {
  console.log(`cycle: ${findCycle(waiting).join(" needs ")}`);
} else {
  console.log(done.join(" ") || "nothing to do");
}
