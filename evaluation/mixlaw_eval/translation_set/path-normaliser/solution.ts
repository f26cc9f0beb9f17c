import * as fs from "fs";

class AbsolutePath {
  private constructor(
    readonly parts: readonly string[],
    readonly above: number = 0,
  ) {}

  // Resolves . and .., and counts how often .. was above the root.
  static parse(text: string): AbsolutePath {
    const parts: string[] = [];
    let above = 0;
    for (const part of text.split("/")) {
      switch (part) {
        case "":
        case ".":
          break;
        case "..":
          above += parts.pop() === undefined ? 1 : 0;
          break;
        default:
          parts.push(part);
      }
    }
    return new AbsolutePath(parts, above);
  }

  commonWith(other: AbsolutePath): AbsolutePath {
    let length = 0;
    while (length < this.parts.length && this.parts[length] === other.parts[length]) {
      length++;
    }
    return new AbsolutePath(this.parts.slice(0, length));
  }

  toString(): string {
    return "/" + this.parts.join("/");
  }
}

let common: AbsolutePath | undefined;
for (const line of fs.readFileSync(0, "utf8").split("\n").slice(0, -1)) {
  if (line.startsWith("/")) {
    const path = AbsolutePath.parse(line);
    console.log(path.above > 0 ? `${path} (above the root: ${path.above})` : `${path}`);
    common = common?.commonWith(path) ?? path;
  } else {
    console.log(`not absolute: ${line}`);
  }
}
console.log(common === undefined ? "no paths" : `common: ${common}`);
