import sys

Point = tuple[int, int]


def cross(origin: Point, a: Point, b: Point) -> int:
    """Positive when the way from origin over a to b turns left."""
    return (a[0] - origin[0]) * (b[1] - origin[1]) - (a[1] - origin[1]) * (b[0] - origin[0])


def chain(points: list[Point]) -> list[Point]:
    """One side of the hull, without its last point, which begins the other side."""
    kept: list[Point] = []
    for point in points:
        while len(kept) >= 2 and cross(kept[-2], kept[-1], point) <= 0:
            kept.pop()
        kept.append(point)
    return kept[:-1]


def convex_hull(points: set[Point]) -> list[Point]:
    """Corners only, counter-clockwise from the leftmost and then lowest point."""
    ordered = sorted(points)
    if len(ordered) <= 1:
        return ordered
    return chain(ordered) + chain(ordered[::-1])


def double_area(hull: list[Point]) -> int:
    return sum(a[0] * b[1] - a[1] * b[0] for a, b in zip(hull, hull[1:] + hull[:1]))


def main() -> None:
    numbers = [int(word) for word in sys.stdin.read().split()]
    if len(numbers) % 2 == 1:
        print("the last point has no y")
        return
    points = set(zip(numbers[::2], numbers[1::2]))
    hull = convex_hull(points)
    for x, y in hull:
        print(x, y)
    area = double_area(hull)
    print(f"corners: {len(hull)} of {len(points)} points, area: {area // 2}.{area % 2 * 5}")


main()
