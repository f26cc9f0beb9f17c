const fs = require("fs");

const WIDTH = 32;

function countOnes(n) {
  let count = 0;
  for (; n !== 0; n &= n - 1) count++;
  return count;
}

function reverseBits(n) {
  let result = 0;
  for (let i = 0; i < WIDTH; i++) {
    result = (result << 1) | ((n >>> i) & 1);
  }
  return result >>> 0;
}

const grayCode = (n) => (n ^ (n >>> 1)) >>> 0;

// Undoes grayCode: every bit is the parity of the code's bits from it upwards.
function fromGrayCode(code) {
  for (let shift = 1; shift < WIDTH; shift *= 2) code ^= code >>> shift;
  return code >>> 0;
}

function longestRun(n) {
  let length = 0;
  for (; n !== 0; n &= n << 1) length++;
  return length;
}

function report(n) {
  const fields = {
    ones: countOnes(n),
    highest: n === 0 ? "none" : WIDTH - 1 - Math.clz32(n),
    reversed: reverseBits(n),
    gray: grayCode(n),
    ungray: fromGrayCode(n),
    run: longestRun(n),
  };
  return Object.entries(fields)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
}

let total = 0;
for (const word of fs.readFileSync(0, "utf8").split(/\s+/).filter(Boolean)) {
  if (/^\d+$/.test(word) && Number(word) < 2 ** WIDTH) {
    console.log(`${word}: ${report(Number(word))}`);
    total = (total ^ Number(word)) >>> 0;
  } else {
    console.log(`${word}: not an unsigned number of ${WIDTH} bits`);
  }
}
console.log(`exclusive or of all: ${total.toString(16).padStart(8, "0")}`);
