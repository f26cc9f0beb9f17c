import sys
from collections import Counter, defaultdict

Cell = tuple[int, int]


class Regions:
    """Disjoint sets of cells; every set is known by its root."""

    def __init__(self) -> None:
        self.parent: dict[Cell, Cell] = {}

    def find(self, cell: Cell) -> Cell:
        self.parent.setdefault(cell, cell)
        while self.parent[cell] != cell:
            self.parent[cell] = self.parent[self.parent[cell]]
            cell = self.parent[cell]
        return cell

    def join(self, a: Cell, b: Cell) -> None:
        self.parent[self.find(a)] = self.find(b)


def region_sizes(grid: list[str]) -> dict[str, list[int]]:
    """The sizes of every letter's regions; '.' is sea."""
    letters = {(r, c): mark for r, line in enumerate(grid) for c, mark in enumerate(line) if mark != "."}
    regions = Regions()
    for (row, column), letter in letters.items():
        for neighbour in ((row + 1, column), (row, column + 1)):
            if letters.get(neighbour) == letter:
                regions.join((row, column), neighbour)
    sizes = defaultdict(list)
    for root, size in Counter(map(regions.find, letters)).items():
        sizes[letters[root]].append(size)
    return sizes


sizes = region_sizes(sys.stdin.read().split())
for letter in sorted(sizes):
    print(f"{letter}: {len(sizes[letter])} regions, the largest of {max(sizes[letter])}")
if not sizes:
    print("only sea")
