const fs = require("fs");

let n = Number(fs.readFileSync(0, "utf8"));
let ones = 0;
while (n !== 0) {
  n &= n - 1;
  ones++;
}
console.log(ones);
