"use strict";
// A warm tsc. Each line in is {"source": BASE64}; each line out is {"messages": BASE64, "files": {BASE64: BASE64}}
// (program.js), without "files" when the program does not type-check.
//
// Arguments: the folder of the package typescript, and the folder of the package @types/node or "". Each program gets a
// checker of its own; what is shared is the parsed text of the library's declarations, which a checker does not change.
// A program reaches no file but those declarations, and no code of it runs here.

const fs = require("node:fs");
const path = require("node:path");
const readline = require("node:readline");

// The compiler names files by where links lead; a folder below /tmp is reached through one.
const [compiler, nodeTypes] = process.argv.slice(2).map((folder) => folder && fs.realpathSync(folder));
const ts = require(path.join(compiler, "lib", "typescript.js"));
const NAME = "/program/program.ts";
const libraries = path.join(compiler, "lib");
const readable = nodeTypes ? [libraries, path.dirname(path.dirname(nodeTypes))] : [libraries];

// What `tsc --target esnext` means, as MultiPL-E calls it, but that imports become require, as node runs a .js file.
const asPublished = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.CommonJS,
  moduleResolution: ts.ModuleResolutionKind.Node10,
  esModuleInterop: true,
  strict: false,
  noEmitOnError: true,
  skipLibCheck: true,
  skipDefaultLibCheck: true,
  types: [],
  newLine: ts.NewLineKind.LineFeed,
};
const types = nodeTypes ? { types: ["node"], typeRoots: [path.dirname(nodeTypes)] } : {};
const lax = { ...asPublished, ...types };
const strict = { ...lax, strict: true };
// MultiPL-E's programs declare `require` themselves, which Node's types contradict.
const DECLARES_REQUIRE = /\bdeclare\s+(?:var|let|const|function)\s+require\b/;

const parsed = new Map();
const previous = new Map();
const base = ts.createCompilerHost(asPublished);

function mayRead(file) {
  return readable.some((folder) => file.startsWith(folder + path.sep));
}

function hostOf(source, files) {
  const program = ts.createSourceFile(NAME, source, ts.ScriptTarget.ESNext);
  return {
    ...base,
    getSourceFile: (file, target) => (file === NAME ? program : declarations(file, target)),
    fileExists: (file) => file === NAME || (mayRead(file) && base.fileExists(file)),
    readFile: (file) => (file === NAME ? source : mayRead(file) ? base.readFile(file) : undefined),
    directoryExists: (folder) => mayRead(folder + path.sep) && base.directoryExists(folder),
    getCurrentDirectory: () => "/program",
    writeFile: (file, text) => files.set(path.basename(file), text),
  };
}

function declarations(file, target) {
  if (!parsed.has(file)) {
    parsed.set(file, mayRead(file) ? base.getSourceFile(file, target) : undefined);
  }
  return parsed.get(file);
}

function compile(source) {
  if (DECLARES_REQUIRE.test(source)) {
    return compileWith(asPublished, source);
  }
  const first = compileWith(lax, source);
  // Written for the strict rules a program may need them: without them some unions are not told apart.
  const second = first.files === null ? compileWith(strict, source) : first;
  return second.files === null ? first : second;
}

function compileWith(options, source) {
  const files = new Map();
  const host = hostOf(source, files);
  const program = ts.createProgram([NAME], options, host, previous.get(options));
  const found = ts.getPreEmitDiagnostics(program);
  previous.set(options, program);
  const errors = found.filter((one) => one.category === ts.DiagnosticCategory.Error);
  if (errors.length === 0) {
    program.emit();
  }
  return { messages: ts.formatDiagnostics(errors, host), files: errors.length === 0 ? files : null };
}

function encode(text) {
  return Buffer.from(text, "utf8").toString("base64");
}

function answer(line) {
  const source = Buffer.from(JSON.parse(line).source, "base64").toString("utf8");
  let result;
  try {
    result = compile(source);
  } catch (error) {
    previous.clear();
    result = { messages: `the compiler failed: ${error}\n`, files: null };
  }
  const response = { messages: encode(result.messages) };
  if (result.files !== null) {
    response.files = Object.fromEntries([...result.files].map(([name, text]) => [encode(name), encode(text)]));
  }
  return JSON.stringify(response);
}

readline
  .createInterface({ input: process.stdin, crlfDelay: Infinity })
  .on("line", (line) => process.stdout.write(answer(line) + "\n"));
