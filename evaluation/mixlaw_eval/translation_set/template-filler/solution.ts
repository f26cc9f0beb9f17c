import * as fs from "fs";

type Values = Map<string, string>;

function cut(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}

function readValues(head: string): Values {
  const values: Values = new Map();
  head.split("\n").forEach((line, i) => {
    if (line.trim() === "") {
      return;
    }
    const [name, value] = cut(line, "=");
    if (value === undefined || name.trim() === "") {
      throw new Error(`line ${i + 1}: expected name=value`);
    }
    values.set(name.trim(), value.trim());
  });
  return values;
}

class Template {
  readonly missing = new Map<string, number>();

  constructor(private readonly text: string) {}

  // Replaces {{name}} and {{name|default}}, and counts the names that have neither value.
  fill(values: Values): string {
    return this.text.replace(/\{\{([\s\S]*?)\}\}/g, (_, body: string) => {
      const [name, fallback] = cut(body, "|");
      return values.get(name.trim()) ?? fallback?.trim() ?? this.report(name.trim());
    });
  }

  private report(name: string): string {
    this.missing.set(name, (this.missing.get(name) ?? 0) + 1);
    return `<${name}>`;
  }
}

function main(): string {
  const [head, body] = cut(fs.readFileSync(0, "utf8"), "---\n");
  if (body === undefined) {
    return "no template\n";
  }
  const template = new Template(body);
  const text = template.fill(readValues(head));
  const names = [...template.missing.keys()].sort();
  return text + names.map((name) => `missing ${name}: ${template.missing.get(name)}\n`).join("");
}

try {
  process.stdout.write(main());
} catch (error) {
  console.log((error as Error).message);
}
