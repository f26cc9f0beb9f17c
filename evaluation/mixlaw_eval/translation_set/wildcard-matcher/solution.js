const fs = require("fs");

// Whether the pattern covers the name: ? is any character, * any number of them.
function matches(pattern, name) {
  let p = 0;
  let n = 0;
  let star = -1;
  let resume = 0;
  while (n < name.length) {
    if (pattern[p] === "*") {
      star = p++;
      resume = n;
    } else if (pattern[p] === "?" || pattern[p] === name[n]) {
      p++;
      n++;
    } else if (star >= 0) {
      // Let the last star take one character more.
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(p));
}

// The last rule that matches decides; one that starts with ! drops the name.
function judge(rules, name) {
  const rule = [...rules].reverse().find((text) => matches(text.replace(/^!/, ""), name));
  if (rule === undefined) {
    return "no rule";
  }
  return rule.startsWith("!") ? `dropped by ${rule}` : `kept by ${rule}`;
}

const lines = fs.readFileSync(0, "utf8").split("\n");
const rules = lines.slice(0, lines.indexOf(""));
const names = lines.slice(rules.length).filter((line) => line !== "");
let kept = 0;
for (const name of names) {
  const verdict = judge(rules, name);
  console.log(`${name}: ${verdict}`);
  if (verdict.startsWith("kept")) {
    kept++;
  }
}
console.log(`kept ${kept} of ${names.length}`);
