const fs = require("fs");

const SMALL = [
  ..."zero one two three four five six seven eight nine ten eleven twelve".split(" "),
  ..."thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" "),
];
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");
const SCALES = { billion: 1e9, million: 1e6, thousand: 1000, hundred: 100 };

function belowHundred(number) {
  if (number < 20) {
    return SMALL[number];
  }
  const tens = TENS[Math.floor(number / 10) - 2];
  const ones = number % 10;
  return ones === 0 ? tens : `${tens}-${SMALL[ones]}`;
}

function inWords(number) {
  if (number < 0) {
    return `minus ${inWords(-number)}`;
  }
  if (number < 100) {
    return belowHundred(number);
  }
  const words = [];
  let rest = number;
  for (const [name, size] of Object.entries(SCALES)) {
    if (rest >= size) {
      words.push(inWords(Math.floor(rest / size)), name);
      rest %= size;
    }
  }
  if (rest > 0) {
    words.push("and", belowHundred(rest));
  }
  return words.join(" ");
}

function answer(text) {
  const match = text.match(/^-?(\d+)$/);
  if (match === null) {
    return `${text}: not a number`;
  }
  return match[1].length > 12 ? `${text}: too large` : inWords(Number(text));
}

for (const line of fs.readFileSync(0, "utf8").split("\n").slice(0, -1)) {
  console.log(answer(line.trim()));
}
