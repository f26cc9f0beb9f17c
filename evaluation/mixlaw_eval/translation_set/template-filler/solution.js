const fs = require("fs");

function readValues(lines) {
  const values = new Map();
  for (const [i, line] of lines.entries()) {
    if (line.trim() === "") {
      continue;
    }
    const match = line.match(/^\s*([^=]*?)\s*=\s*(.*?)\s*$/);
    if (match === null || match[1] === "") {
      throw new Error(`line ${i + 1}: expected name=value`);
    }
    values.set(match[1], match[2]);
  }
  return values;
}

// Replaces {{name}} and {{name|default}}, and counts the names that have neither value.
function fill(template, values) {
  const missing = new Map();
  const text = template.replace(/\{\{(.*?)\}\}/gs, (_, body) => {
    const [name, ...rest] = body.split("|");
    const key = name.trim();
    if (values.has(key)) {
      return values.get(key);
    }
    if (rest.length > 0) {
      return rest.join("|").trim();
    }
    missing.set(key, (missing.get(key) ?? 0) + 1);
    return `<${key}>`;
  });
  return { text, missing };
}

function main() {
  const [head, ...rest] = fs.readFileSync(0, "utf8").split("---\n");
  if (rest.length === 0) {
    console.log("no template");
    return;
  }
  const values = readValues(head.split("\n"));
  const { text, missing } = fill(rest.join("---\n"), values);
  process.stdout.write(text);
  for (const name of [...missing.keys()].sort()) {
    console.log(`missing ${name}: ${missing.get(name)}`);
  }
}

try {
  main();
} catch (error) {
  console.log(error.message);
}
