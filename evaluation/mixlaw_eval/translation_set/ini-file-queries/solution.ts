import * as fs from "fs";

interface Section {
  name: string;
  parent?: Section;
  values: Map<string, string>;
}

function cut(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text.trim(), undefined] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

// The value of the key, in the section or in the nearest one that it inherits from.
function find(section: Section | undefined, key: string): string {
  if (section === undefined) {
    return "not set";
  }
  const value = section.values.get(key);
  return value === undefined ? find(section.parent, key) : `${value} (from ${section.name})`;
}

const sections = new Map<string, Section>();
let current: Section | undefined;

function getSection(name: string): Section {
  const section = sections.get(name);
  if (section === undefined) {
    throw new Error(`no section ${name}`);
  }
  return section;
}

function openSection(heading: string): void {
  const [name, parent] = cut(heading, ":");
  current = undefined;
  if (sections.has(name)) {
    throw new Error(`section ${name} again`);
  }
  const inherited = parent === undefined ? undefined : getSection(parent);
  current = { name, parent: inherited, values: new Map() };
  sections.set(name, current);
}

function setValue(line: string): void {
  const [key, value] = cut(line, "=");
  if (value === undefined || current === undefined) {
    throw new Error("not understood");
  }
  current.values.set(key, value);
}

function read(line: string): void {
  if (line.startsWith("[") && line.endsWith("]")) {
    openSection(line.slice(1, -1));
  } else if (line.startsWith("?")) {
    const query = line.slice(1).trim();
    const [name, key] = cut(query, ".");
    console.log(`${query}: ${find(getSection(name), key ?? "")}`);
  } else if (line !== "" && !"#;".includes(line[0])) {
    setValue(line);
  }
}

fs.readFileSync(0, "utf8").split("\n").forEach((line, i) => {
  try {
    read(line.trim());
  } catch (error) {
    console.log(`line ${i + 1}: ${(error as Error).message}`);
  }
});
