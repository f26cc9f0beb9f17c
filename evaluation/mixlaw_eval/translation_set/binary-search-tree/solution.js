const fs = require("fs");

function contains(node, key) {
  while (node && node.key !== key) {
    node = key < node.key ? node.left : node.right;
  }
  return node !== null;
}

function insert(node, key) {
  if (node === null) return { key, left: null, right: null };
  const side = key < node.key ? "left" : "right";
  node[side] = insert(node[side], key);
  return node;
}

function remove(node, key) {
  if (key !== node.key) {
    const side = key < node.key ? "left" : "right";
    node[side] = remove(node[side], key);
    return node;
  }
  if (node.left === null || node.right === null) return node.left ?? node.right;
  const [next] = inOrder(node.right);
  node.key = next;
  node.right = remove(node.right, next);
  return node;
}

function* inOrder(node) {
  if (node === null) return;
  yield* inOrder(node.left);
  yield node.key;
  yield* inOrder(node.right);
}

function height(node) {
  return node === null ? 0 : 1 + Math.max(height(node.left), height(node.right));
}

let root = null;

function execute(line) {
  const [, command, number] = /^(insert|delete) (-?\d+)$/.exec(line) ?? [];
  const key = Number(number);
  if (command === "insert") {
    if (contains(root, key)) return `${key} is there already`;
    root = insert(root, key);
  } else if (command === "delete") {
    if (!contains(root, key)) return `${key} is not there`;
    root = remove(root, key);
  } else if (line === "show") {
    return [...inOrder(root), `(height ${height(root)})`].join(" ");
  } else {
    return `unknown command: ${line}`;
  }
}

const lines = fs.readFileSync(0, "utf8").split("\n").slice(0, -1);
const messages = lines.map(execute).filter((message) => message !== undefined);
if (messages.length > 0) console.log(messages.join("\n"));
