import sys
from collections.abc import Iterator

LARGEST = 10


def placements(size: int, columns: tuple[int, ...] = ()) -> Iterator[tuple[int, ...]]:
    """Every way to complete the board, by the column of the queen in each row, smallest columns first."""
    row = len(columns)
    if row == size:
        yield columns
        return
    for column in range(size):
        if all(column != other and abs(column - other) != row - above for above, other in enumerate(columns)):
            yield from placements(size, (*columns, column))


def draw(columns: tuple[int, ...]) -> str:
    size = len(columns)
    return "\n".join("." * column + "Q" + "." * (size - column - 1) for column in columns)


def report(word: str) -> str:
    if not word.isdigit() or not 1 <= int(word) <= LARGEST:
        return f"{word}: not a size from 1 to {LARGEST}"
    solutions = list(placements(int(word)))
    if not solutions:
        return f"{word}: no solution"
    return f"{word}: {len(solutions)}\n{draw(solutions[0])}"


def main() -> None:
    words = sys.stdin.read().split()
    for word in words:
        print(report(word))
    if not words:
        print("no boards")


main()
