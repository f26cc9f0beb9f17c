import re
import sys
from typing import NamedTuple


class Item(NamedTuple):
    name: str
    weight: int
    value: int


def parse_item(line: str) -> Item:
    match = re.fullmatch(r"(\w+) (\d+) (\d+)", line)
    if not match:
        raise ValueError(f"bad item: {line}")
    return Item(match[1], int(match[2]), int(match[3]))


def best_values(items: list[Item], capacity: int) -> list[list[int]]:
    """best[i][room] is the largest value of items i and later ones within that room."""
    best = [[0] * (capacity + 1)]
    for item in reversed(items):
        without = best[-1]
        row = without[:]
        for room in range(item.weight, capacity + 1):
            row[room] = max(without[room], without[room - item.weight] + item.value)
        best.append(row)
    return best[::-1]


def pack(items: list[Item], capacity: int) -> list[Item]:
    """The best selection; an item is left behind where it makes no difference."""
    best = best_values(items, capacity)
    chosen = []
    for i, item in enumerate(items):
        if best[i][capacity] > best[i + 1][capacity]:
            chosen.append(item)
            capacity -= item.weight
    return chosen


def main() -> None:
    first, *rest = sys.stdin.read().splitlines() or [""]
    if not first.isdigit():
        raise ValueError("bad capacity")
    chosen = pack([parse_item(line) for line in rest], int(first))
    print(f"value {sum(item.value for item in chosen)}, weight {sum(item.weight for item in chosen)}")
    print(" ".join(item.name for item in chosen) or "nothing")


try:
    main()
except ValueError as error:
    print(error)
