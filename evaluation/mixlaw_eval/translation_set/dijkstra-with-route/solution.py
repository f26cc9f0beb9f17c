import sys
from collections import defaultdict
from heapq import heappop, heappush

Roads = dict[str, list[tuple[str, int]]]


def parse(lines: list[str]) -> Roads:
    """Every line holds two towns and the cost of the road between them, both ways."""
    roads: Roads = defaultdict(list)
    for line in lines:
        match line.split():
            case [a, b, cost] if cost.isdigit():
                roads[a].append((b, int(cost)))
                roads[b].append((a, int(cost)))
            case _:
                raise ValueError(f"bad road: {line}")
    return roads


def cheapest_route(roads: Roads, start: str, goal: str) -> tuple[int, list[str]] | None:
    """Settles the towns by cost, then by name, which decides between routes of equal cost."""
    costs = {start: 0}
    before: dict[str, str] = {}
    queue = [(0, start)]
    while queue:
        cost, town = heappop(queue)
        if cost > costs[town]:
            continue
        for neighbour, length in roads.get(town, []):
            if neighbour not in costs or cost + length < costs[neighbour]:
                costs[neighbour] = cost + length
                before[neighbour] = town
                heappush(queue, (cost + length, neighbour))
    if goal not in costs:
        return None
    route = [goal]
    while route[-1] != start:
        route.append(before[route[-1]])
    return costs[goal], route[::-1]


def main() -> None:
    first, *rest = sys.stdin.read().splitlines() or [""]
    towns = first.split()
    if len(towns) != 2:
        raise ValueError("the first line must name two towns")
    found = cheapest_route(parse(rest), *towns)
    print(f"cost {found[0]}: {' > '.join(found[1])}" if found else "no route")


try:
    main()
except ValueError as error:
    print(error)
