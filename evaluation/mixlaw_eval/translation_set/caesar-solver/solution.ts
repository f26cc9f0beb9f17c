import * as fs from "fs";

// How often each letter of the alphabet occurs in a thousand letters of English text.
const WEIGHTS: readonly number[] = [
  82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24,
  67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1,
];
const SIZE = WEIGHTS.length;

interface Candidate {
  shift: number;
  score: number;
}

function rotate(index: number, shift: number): number {
  return (index - shift + SIZE) % SIZE;
}

function decode(text: string, shift: number): string {
  return text.replace(/[a-z]/gi, (letter) => {
    const first = letter < "a" ? "A".charCodeAt(0) : "a".charCodeAt(0);
    return String.fromCharCode(first + rotate(letter.charCodeAt(0) - first, shift));
  });
}

function countLetters(text: string): number[] {
  const counts = new Array<number>(SIZE).fill(0);
  for (const letter of text.toLowerCase().replace(/[^a-z]/g, "")) {
    counts[letter.charCodeAt(0) - "a".charCodeAt(0)]++;
  }
  return counts;
}

// The text moved back by the shift that looks most like English; the smallest one of a tie.
function solve(text: string): string {
  const counts = countLetters(text);
  if (counts.every((count) => count === 0)) {
    return "no letters";
  }
  const candidates = counts.map((_, shift): Candidate => {
    const score = counts.reduce((sum, count, i) => sum + count * WEIGHTS[rotate(i, shift)], 0);
    return { shift, score };
  });
  const [best, second] = candidates.sort((a, b) => b.score - a.score || a.shift - b.shift);
  return `shift ${best.shift}, lead ${best.score - second.score}: ${decode(text, best.shift)}`;
}

const lines = fs.readFileSync(0, "utf8").split("\n").slice(0, -1);
lines.map(solve).forEach((answer) => console.log(answer));
