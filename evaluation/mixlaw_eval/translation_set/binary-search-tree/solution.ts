import { readFileSync } from "fs";

type Tree = Node | null;

class Node {
  left: Tree = null;
  right: Tree = null;

  constructor(public key: number) {}
}

function contains(tree: Tree, key: number): boolean {
  if (tree === null) return false;
  return tree.key === key || contains(key < tree.key ? tree.left : tree.right, key);
}

function insert(tree: Tree, key: number): Node {
  if (tree === null) return new Node(key);
  if (key < tree.key) tree.left = insert(tree.left, key);
  else tree.right = insert(tree.right, key);
  return tree;
}

function remove(tree: Tree, key: number): Tree {
  if (tree === null) return null;
  if (key < tree.key) {
    tree.left = remove(tree.left, key);
  } else if (key > tree.key) {
    tree.right = remove(tree.right, key);
  } else if (tree.left === null || tree.right === null) {
    return tree.left ?? tree.right;
  } else {
    tree.key = smallest(tree.right);
    tree.right = remove(tree.right, tree.key);
  }
  return tree;
}

function smallest(node: Node): number {
  return node.left === null ? node.key : smallest(node.left);
}

function inOrder(tree: Tree): number[] {
  return tree === null ? [] : [...inOrder(tree.left), tree.key, ...inOrder(tree.right)];
}

function height(tree: Tree): number {
  return tree === null ? 0 : 1 + Math.max(height(tree.left), height(tree.right));
}

let root: Tree = null;
for (const line of readFileSync(0, "utf8").split("\n").slice(0, -1)) {
  const [command, word] = line.split(" ");
  const key = Number(word);
  if (line === "show") {
    console.log([...inOrder(root), `(height ${height(root)})`].join(" "));
  } else if (!/^(insert|delete) -?\d+$/.test(line)) {
    console.log(`unknown command: ${line}`);
  } else if (contains(root, key)) {
    if (command === "insert") console.log(`${key} is there already`);
    else root = remove(root, key);
  } else {
    if (command === "insert") root = insert(root, key);
    else console.log(`${key} is not there`);
  }
}
