import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass
class Node:
    key: int
    left: "Node | None" = None
    right: "Node | None" = None


def contains(node: Node | None, key: int) -> bool:
    while node and node.key != key:
        node = node.left if key < node.key else node.right
    return node is not None


def insert(node: Node | None, key: int) -> Node:
    if node is None:
        return Node(key)
    if key < node.key:
        node.left = insert(node.left, key)
    else:
        node.right = insert(node.right, key)
    return node


def delete(node: Node | None, key: int) -> Node | None:
    if node is None:
        return None
    if key < node.key:
        node.left = delete(node.left, key)
    elif key > node.key:
        node.right = delete(node.right, key)
    elif node.left is None or node.right is None:
        return node.left or node.right
    else:
        node.key = next(in_order(node.right))
        node.right = delete(node.right, node.key)
    return node


def in_order(node: Node | None) -> Iterator[int]:
    if node:
        yield from in_order(node.left)
        yield node.key
        yield from in_order(node.right)


def height(node: Node | None) -> int:
    return 1 + max(height(node.left), height(node.right)) if node else 0


def change(root: Node | None, command: str, key: int) -> Node | None:
    present = contains(root, key)
    if command == "insert" and not present:
        return insert(root, key)
    if command == "delete" and present:
        return delete(root, key)
    print(f"{key} is there already" if present else f"{key} is not there")
    return root


root: Node | None = None
for line in sys.stdin.read().splitlines():
    if line == "show":
        print(*in_order(root), f"(height {height(root)})")
    elif match := re.fullmatch(r"(insert|delete) (-?\d+)", line):
        root = change(root, match[1], int(match[2]))
    else:
        print(f"unknown command: {line}")
