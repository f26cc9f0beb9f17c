import sys
from collections import Counter

Cell = tuple[int, int]


def step(alive: set[Cell], height: int, width: int) -> set[Cell]:
    """The next generation on a torus: rows and columns go on at the other side."""
    neighbours = Counter(
        ((row + down) % height, (column + right) % width)
        for row, column in alive
        for down in (-1, 0, 1)
        for right in (-1, 0, 1)
        if (down, right) != (0, 0)
    )
    return {cell for cell, count in neighbours.items() if count == 3 or (count == 2 and cell in alive)}


def is_grid(rows: list[str]) -> bool:
    return bool(rows) and all(len(row) == len(rows[0]) and set(row) <= {"#", "."} for row in rows)


def main() -> None:
    first, *rows = sys.stdin.read().splitlines() or [""]
    if not first.isdecimal() or not is_grid(rows):
        print("expected: number of generations, then rows of # and . of one length")
        return
    height, width = len(rows), len(rows[0])
    alive = {(r, c) for r, row in enumerate(rows) for c, sign in enumerate(row) if sign == "#"}
    for generation in range(int(first)):
        following = step(alive, height, width)
        if following == alive:
            print(f"still from generation {generation}")
            break
        alive = following
    for r in range(height):
        print("".join("#" if (r, c) in alive else "." for c in range(width)))
    print(f"alive: {len(alive)}")


main()
