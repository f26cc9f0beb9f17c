import * as fs from "fs";

type Range = readonly [start: number, end: number];

const SHORTEST = 3;

const lengthOf = ([start, end]: Range): number => end - start;

// The widest palindrome around the centre, as the half-open range of its letters.
function expand(letters: string, left: number, right: number): Range {
  if (left < 0 || right >= letters.length || letters[left] !== letters[right]) {
    return [left + 1, right];
  }
  return expand(letters, left - 1, right + 1);
}

// The longest palindrome, and the first of several that are as long.
function longest(letters: string): Range {
  let best: Range = [0, 0];
  for (let centre = 0; centre < letters.length; centre++) {
    const odd = expand(letters, centre, centre);
    const even = expand(letters, centre, centre + 1);
    const wider = lengthOf(odd) > lengthOf(even) ? odd : even;
    best = lengthOf(wider) > lengthOf(best) ? wider : best;
  }
  return best;
}

function describe(line: string): string {
  const places: number[] = [];
  for (let i = 0; i < line.length; i++) {
    if (/[A-Za-z0-9]/.test(line[i])) {
      places.push(i);
    }
  }
  const range = longest(places.map((place) => line[place].toLowerCase()).join(""));
  if (lengthOf(range) < SHORTEST) {
    return "none";
  }
  const first = places[range[0]];
  const last = places[range[1] - 1];
  return `${lengthOf(range)} at ${first + 1}: ${line.substring(first, last + 1)}`;
}

const lines = fs.readFileSync(0, "utf8").split("\n");
lines.slice(0, -1).forEach((line) => console.log(describe(line)));
