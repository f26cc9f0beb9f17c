const fs = require("fs");

let [a, b] = fs.readFileSync(0, "utf8").trim().split(/\s+/).map(Number);
while (b !== 0) {
  [a, b] = [b, a % b];
}
console.log(Math.abs(a));
