import { readFileSync } from "fs";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

interface Event {
  name: string;
  first: number;
  last: number;
}

function monthDays(year: number, month: number): number {
  if (month === 2) {
    const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
    return leap ? 29 : 28;
  }
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The number of days since Monday, 1 January of the year 1. */
function parseDate(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const [year, month, day] = text.split("-").map(Number);
  const monthExists = year >= 1 && month >= 1 && month <= 12;
  if (!monthExists || day < 1 || day > monthDays(year, month)) return undefined;
  const past = year - 1;
  let days = past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  for (let m = 1; m < month; m++) days += monthDays(year, m);
  return days + day - 1;
}

function parseEvent(line: string): Event | string {
  const words = line.split(" ");
  const [first, last] = words.slice(0, 2).map(parseDate);
  if (words.length !== 3 || first === undefined || last === undefined) return `bad event: ${line}`;
  const name = words[2];
  return first <= last ? { name, first, last } : `${name} ends before it begins`;
}

const events: Event[] = [];
for (const line of readFileSync(0, "utf8").split("\n").slice(0, -1)) {
  const event = parseEvent(line);
  if (typeof event === "string") {
    console.log(event);
  } else {
    events.push(event);
    console.log(`${event.name}: ${WEEKDAYS[event.first % 7]}, days: ${event.last - event.first + 1}`);
  }
}
events.sort((a, b) => a.first - b.first);
const clashes = events.flatMap((a, i) =>
  events
    .slice(i + 1)
    .map((b) => ({ a, b, shared: Math.min(a.last, b.last) - b.first + 1 }))
    .filter(({ shared }) => shared > 0),
);
for (const { a, b, shared } of clashes) {
  console.log(`${a.name} and ${b.name} share days: ${shared}`);
}
console.log(`clashes: ${clashes.length}`);
