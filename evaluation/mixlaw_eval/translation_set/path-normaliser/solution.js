const fs = require("fs");

// The parts of an absolute path without . and .., and how often .. was above the root.
function normalise(path) {
  const parts = [];
  let above = 0;
  for (const part of path.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) {
        above++;
      }
    } else if (part !== "" && part !== ".") {
      parts.push(part);
    }
  }
  return { parts, above };
}

function commonStart(first, second) {
  const end = first.findIndex((part, i) => part !== second[i]);
  return end < 0 ? first : first.slice(0, end);
}

const join = (parts) => `/${parts.join("/")}`;

function main() {
  const found = [];
  for (const line of fs.readFileSync(0, "utf8").split("\n").slice(0, -1)) {
    if (!line.startsWith("/")) {
      console.log(`not absolute: ${line}`);
      continue;
    }
    const { parts, above } = normalise(line);
    const note = above > 0 ? ` (above the root: ${above})` : "";
    console.log(join(parts) + note);
    found.push(parts);
  }
  if (found.length > 0) {
    console.log(`common: ${join(found.reduce(commonStart))}`);
  } else {
    console.log("no paths");
  }
}

main();
