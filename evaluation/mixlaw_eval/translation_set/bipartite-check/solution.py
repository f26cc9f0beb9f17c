import sys


def parse(text: str) -> dict[str, set[str]]:
    """Every line holds two guests who quarrel, or a guest who quarrels with nobody."""
    quarrels: dict[str, set[str]] = {}
    for line in text.splitlines():
        guests = line.split()
        for guest in guests:
            quarrels.setdefault(guest, set())
        if len(guests) > 1:
            quarrels[guests[0]].add(guests[1])
            quarrels[guests[1]].add(guests[0])
    return quarrels


class OddCycle(Exception):
    """The arguments are the guests around the cycle."""


def close_cycle(before: dict[str, str], left: str, right: str) -> list[str]:
    """Two guests of one rank who quarrel: the ways back to where they meet, as one way around."""
    if left == right:
        return [left]
    return [left, *close_cycle(before, before[left], before[right]), right]


def seat(quarrels: dict[str, set[str]]) -> dict[str, int]:
    """Spreads out from the alphabetically first guest of every circle, who sits at table 1."""
    tables: dict[str, int] = {}
    before: dict[str, str] = {}
    for first in sorted(quarrels):
        queue = [] if first in tables else [first]
        tables.setdefault(first, 1)
        for guest in queue:
            for other in sorted(quarrels[guest]):
                if other not in tables:
                    tables[other] = 3 - tables[guest]
                    before[other] = guest
                    queue.append(other)
                elif tables[other] == tables[guest]:
                    raise OddCycle(*close_cycle(before, guest, other))
    return tables


try:
    tables = seat(parse(sys.stdin.read()))
    for table in (1, 2):
        print(f"table {table}:", *sorted(guest for guest in tables if tables[guest] == table))
except OddCycle as cycle:
    print("odd cycle:", *cycle.args)
