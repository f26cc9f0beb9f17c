const fs = require("fs");

// How often each letter of the alphabet occurs in a thousand letters of English text.
const WEIGHTS = [
  82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24,
  67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1,
];
const SIZE = WEIGHTS.length;
const ALPHABET = "abcdefghijklmnopqrstuvwxyz";

function decodeLetter(letter, shift) {
  const index = ALPHABET.indexOf(letter.toLowerCase());
  const plain = ALPHABET[(index - shift + SIZE) % SIZE];
  return letter === letter.toLowerCase() ? plain : plain.toUpperCase();
}

function decode(text, shift) {
  return text.replace(/[a-z]/gi, (letter) => decodeLetter(letter, shift));
}

function score(letters, shift) {
  const weights = letters.map((letter) => WEIGHTS[(ALPHABET.indexOf(letter) - shift + SIZE) % SIZE]);
  return weights.reduce((sum, weight) => sum + weight, 0);
}

// The text moved back by the shift that looks most like English; the smallest one of a tie.
function solve(text) {
  const letters = text.toLowerCase().match(/[a-z]/g);
  if (letters === null) {
    return "no letters";
  }
  const scores = WEIGHTS.map((_, shift) => score(letters, shift));
  const [best, second] = [...scores].sort((a, b) => b - a);
  const shift = scores.indexOf(best);
  return `shift ${shift}, lead ${best - second}: ${decode(text, shift)}`;
}

for (const line of fs.readFileSync(0, "utf8").split("\n").slice(0, -1)) {
  console.log(solve(line));
}
