const fs = require("fs");

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year) => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

// The number of days since Monday, 1 January of the year 1; NaN when there is no such date.
function parseDate(text) {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) return NaN;
  const [year, month, day] = match.slice(1).map(Number);
  const months = MONTH_DAYS.map((days, index) => (index === 1 && isLeap(year) ? 29 : days));
  if (year < 1 || day < 1 || !(day <= months[month - 1])) return NaN;
  const past = year - 1;
  const leapDays = Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400);
  return months.slice(0, month - 1).reduce((sum, days) => sum + days, past * 365 + leapDays + day - 1);
}

function parseEvent(line) {
  const [start, end, name, ...rest] = line.split(" ");
  const [first, last] = [parseDate(start), parseDate(end)];
  if (Number.isNaN(first + last) || !name || rest.length > 0) throw new Error(`bad event: ${line}`);
  if (last < first) throw new Error(`${name} ends before it begins`);
  return { name, first, last };
}

const events = [];
for (const line of fs.readFileSync(0, "utf8").split("\n").slice(0, -1)) {
  try {
    const event = parseEvent(line);
    events.push(event);
    console.log(`${event.name}: ${WEEKDAYS[event.first % 7]}, days: ${event.last - event.first + 1}`);
  } catch (error) {
    console.log(error.message);
  }
}

let clashes = 0;
events.sort((a, b) => a.first - b.first);
events.forEach((a, index) => {
  for (const b of events.slice(index + 1)) {
    const shared = Math.min(a.last, b.last) - b.first + 1;
    if (shared > 0) {
      clashes++;
      console.log(`${a.name} and ${b.name} share days: ${shared}`);
    }
  }
});
console.log(`clashes: ${clashes}`);
