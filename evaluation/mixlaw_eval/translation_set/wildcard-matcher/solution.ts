import * as fs from "fs";

interface Rule {
  text: string;
  pattern: string;
  keeps: boolean;
}

function parseRule(text: string): Rule {
  const keeps = !text.startsWith("!");
  return { text, keeps, pattern: keeps ? text : text.slice(1) };
}

// Whether the pattern covers the name: ? is any character, * any number of them.
function matches(pattern: string, name: string): boolean {
  let [p, n] = [0, 0];
  let retry: { p: number; n: number } | undefined;
  while (n < name.length) {
    if (pattern[p] === "*") {
      p++;
      retry = { p, n };
    } else if (pattern[p] === "?" || pattern[p] === name[n]) {
      p++;
      n++;
    } else if (retry !== undefined) {
      // Let the last star take one character more.
      retry.n++;
      ({ p, n } = retry);
    } else {
      return false;
    }
  }
  return [...pattern.slice(p)].every((char) => char === "*");
}

// The last rule that matches decides.
function decidingRule(rules: Rule[], name: string): Rule | undefined {
  return rules.filter(({ pattern }) => matches(pattern, name)).pop();
}

const lines = fs.readFileSync(0, "utf8").split("\n");
const blank = lines.indexOf("");
const rules = lines.slice(0, blank).map(parseRule);
const names = lines.slice(blank).filter((line) => line !== "");
let kept = 0;
for (const name of names) {
  const rule = decidingRule(rules, name);
  if (rule === undefined) {
    console.log(`${name}: no rule`);
  } else if (rule.keeps) {
    kept++;
    console.log(`${name}: kept by ${rule.text}`);
  } else {
    console.log(`${name}: dropped by ${rule.text}`);
  }
}
console.log(`kept ${kept} of ${names.length}`);
