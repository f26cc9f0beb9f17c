import sys
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple


class Point(NamedTuple):
    x: int
    y: int


def cross(a: Point, b: Point, p: Point) -> int:
    return (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)


def on_edge(a: Point, b: Point, p: Point) -> bool:
    within = min(a.x, b.x) <= p.x <= max(a.x, b.x) and min(a.y, b.y) <= p.y <= max(a.y, b.y)
    return within and cross(a, b, p) == 0


def crosses_ray(a: Point, b: Point, p: Point) -> bool:
    """Whether the edge meets the ray that goes right from p; an edge holds its lower end only."""
    low, high = sorted((a, b), key=lambda end: end.y)
    return low.y <= p.y < high.y and cross(low, high, p) > 0


def locate(polygon: list[Point], p: Point) -> str:
    edges = list(zip(polygon, polygon[1:] + polygon[:1]))
    if any(on_edge(a, b, p) for a, b in edges):
        return "boundary"
    crossings = sum(crosses_ray(a, b, p) for a, b in edges)
    return "inside" if crossings % 2 == 1 else "outside"


def read_points(line: str) -> Iterator[Point]:
    numbers = map(int, line.split())
    return map(Point, numbers, numbers)


def main() -> None:
    first, *rest = sys.stdin.read().splitlines() or [""]
    polygon = list(read_points(first))
    if len(polygon) < 3:
        print("a polygon has at least 3 corners")
        return
    places = Counter[str]()
    for p in read_points(" ".join(rest)):
        place = locate(polygon, p)
        places[place] += 1
        print(f"({p.x}, {p.y}): {place}")
    print(f"inside {places['inside']}, boundary {places['boundary']}, outside {places['outside']}")


main()
