import sys
from typing import NamedTuple


class Cable(NamedTuple):
    """The fields' order is the order of choice: cheap cables first, then by name."""

    price: int
    a: str
    b: str

    @classmethod
    def parse(cls, line: str) -> "Cable":
        first, second, price = line.split()
        return cls(int(price), *sorted((first, second)))


def find(leader: dict[str, str], house: str) -> str:
    if leader[house] != house:
        leader[house] = find(leader, leader[house])
    return leader[house]


def spanning_tree(cables: list[Cable]) -> list[Cable]:
    """Takes the cables by price and leaves out those between houses that are connected already."""
    leader = {house: house for cable in cables for house in (cable.a, cable.b)}
    chosen = []
    for cable in sorted(cables):
        a, b = find(leader, cable.a), find(leader, cable.b)
        if a != b:
            leader[a] = b
            chosen.append(cable)
    return chosen


cables = [Cable.parse(line) for line in sys.stdin.read().splitlines()]
chosen = spanning_tree(cables)
houses = {house for cable in cables for house in (cable.a, cable.b)}
for cable in chosen:
    print(f"{cable.a}-{cable.b} {cable.price}")
print(f"total {sum(cable.price for cable in chosen)}, parts {len(houses) - len(chosen)}")
