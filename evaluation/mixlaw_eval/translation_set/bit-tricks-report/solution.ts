import * as fs from "fs";

const WIDTH = 32;

function countOnes(n: number): number {
  let count = 0;
  for (; n !== 0; n >>>= 1) count += n & 1;
  return count;
}

function reverseBits(n: number): number {
  const bits = n.toString(2).padStart(WIDTH, "0");
  return parseInt([...bits].reverse().join(""), 2);
}

function grayCode(n: number): number {
  return (n ^ (n >>> 1)) >>> 0;
}

/** Undoes grayCode: every bit is the parity of the code's bits from it upwards. */
function fromGrayCode(code: number): number {
  let n = 0;
  for (; code !== 0; code >>>= 1) n ^= code;
  return n >>> 0;
}

/** How many one bits stand side by side at most. */
function longestRun(n: number): number {
  const runs = n.toString(2).match(/1+/g) ?? [];
  return Math.max(0, ...runs.map((run) => run.length));
}

function report(n: number): string {
  const highest = n === 0 ? "none" : 31 - Math.clz32(n);
  const fields: [string, number | string][] = [
    ["ones", countOnes(n)],
    ["highest", highest],
    ["reversed", reverseBits(n)],
    ["gray", grayCode(n)],
    ["ungray", fromGrayCode(n)],
    ["run", longestRun(n)],
  ];
  return fields.map((field) => field.join(" ")).join(", ");
}

let total = 0;
for (const word of fs.readFileSync(0, "utf8").split(/\s+/).filter(Boolean)) {
  const n = /^\d+$/.test(word) ? Number(word) : Infinity;
  if (n < 2 ** WIDTH) {
    console.log(`${word}: ${report(n)}`);
    total ^= n;
  } else {
    console.log(`${word}: not an unsigned number of ${WIDTH} bits`);
  }
}
console.log("exclusive or of all: " + (total >>> 0).toString(16).padStart(8, "0"));
