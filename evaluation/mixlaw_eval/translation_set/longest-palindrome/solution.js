const fs = require("fs");

const SHORTEST = 3;

// The widest palindrome around the centre, as its first letter and its length.
function expand(letters, left, right) {
  while (left >= 0 && right < letters.length && letters[left] === letters[right]) {
    left--;
    right++;
  }
  return { start: left + 1, length: right - left - 1 };
}

// The longest palindrome, and the first of several that are as long.
function longest(letters) {
  let best = { start: 0, length: 0 };
  for (const centre of letters.keys()) {
    for (const right of [centre, centre + 1]) {
      const found = expand(letters, centre, right);
      if (found.length > best.length) {
        best = found;
      }
    }
  }
  return best;
}

function describe(line) {
  const matches = [...line.matchAll(/[a-z0-9]/gi)];
  const letters = matches.map(([letter]) => letter.toLowerCase());
  const { start, length } = longest(letters);
  if (length < SHORTEST) {
    return "none";
  }
  const first = matches[start].index;
  const last = matches[start + length - 1].index;
  return `${length} at ${first + 1}: ${line.slice(first, last + 1)}`;
}

const lines = fs.readFileSync(0, "utf8").split("\n");
for (const line of lines.slice(0, -1)) {
  console.log(describe(line));
}
