const fs = require("fs");

class Section {
  values = new Map();

  constructor(name, parent) {
    this.name = name;
    this.parent = parent;
  }

  // The value of the key, here or in the nearest section that this one inherits from.
  find(key) {
    if (this.values.has(key)) {
      return `${this.values.get(key)} (from ${this.name})`;
    }
    return this.parent?.find(key) ?? "not set";
  }
}

class Settings {
  #sections = new Map();
  #current;

  #section(name) {
    if (!this.#sections.has(name)) {
      throw new Error(`no section ${name}`);
    }
    return this.#sections.get(name);
  }

  #open(heading) {
    const [name, parent] = heading.split(/:(.*)/).map((part) => part.trim());
    this.#current = undefined;
    if (this.#sections.has(name)) {
      throw new Error(`section ${name} again`);
    }
    this.#current = new Section(name, parent === undefined ? undefined : this.#section(parent));
    this.#sections.set(name, this.#current);
  }

  #set(key, value) {
    if (value === undefined || this.#current === undefined) {
      throw new Error("not understood");
    }
    this.#current.values.set(key.trim(), value.trim());
  }

  read(line) {
    if (line.startsWith("[") && line.endsWith("]")) {
      this.#open(line.slice(1, -1));
    } else if (line.startsWith("?")) {
      const query = line.slice(1).trim();
      const [name, key = ""] = query.split(/ *\. *(.*)/);
      console.log(`${query}: ${this.#section(name).find(key)}`);
    } else if (/^[^#;]/.test(line)) {
      this.#set(...line.split(/=(.*)/));
    }
  }
}

const settings = new Settings();
for (const [i, line] of fs.readFileSync(0, "utf8").split("\n").entries()) {
  try {
    settings.read(line.trim());
  } catch (error) {
    console.log(`line ${i + 1}: ${error.message}`);
  }
}
