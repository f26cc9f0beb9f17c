import sys
from collections.abc import Iterator
from dataclasses import dataclass, field

SHOWN = 3


@dataclass
class Node:
    count: int = 0
    children: dict[str, "Node"] = field(default_factory=dict)

    def add(self, word: str) -> None:
        node = self
        for letter in word:
            node = node.children.setdefault(letter, Node())
        node.count += 1

    def descend(self, prefix: str) -> "Node | None":
        node: Node | None = self
        for letter in prefix:
            if node is None:
                return None
            node = node.children.get(letter)
        return node

    def words(self, prefix: str) -> Iterator[tuple[str, int]]:
        if self.count:
            yield prefix, self.count
        for letter, child in self.children.items():
            yield from child.words(prefix + letter)


def complete(root: Node, prefix: str) -> str:
    node = root.descend(prefix)
    if node is None:
        return "no words"
    found = sorted(node.words(prefix), key=lambda entry: (-entry[1], entry[0]))
    shown = [f"{word} ({count})" for word, count in found[:SHOWN]]
    hidden = len(found) - len(shown)
    return ", ".join(shown) + (f", {hidden} more" if hidden else "")


def main() -> None:
    root = Node()
    for line in sys.stdin:
        match line.split():
            case ["add", *words] if words:
                for word in words:
                    root.add(word)
            case ["complete", prefix]:
                print(f"{prefix}: {complete(root, prefix)}")
            case _:
                print(f"cannot understand: {line.rstrip()}")


main()
