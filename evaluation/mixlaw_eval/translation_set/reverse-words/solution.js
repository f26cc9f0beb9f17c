const fs = require("fs");

const words = fs.readFileSync(0, "utf8").split(/\s+/).filter(Boolean);
console.log(words.reverse().join(" "));
