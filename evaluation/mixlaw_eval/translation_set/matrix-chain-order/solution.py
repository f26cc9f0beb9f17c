import re
import sys
from functools import cache


def parse_sizes(words: list[str]) -> list[int]:
    """Neighbouring matrices share a side, so a chain of n matrices has n + 1 sizes."""
    sizes: list[int] = []
    for number, word in enumerate(words, start=1):
        match = re.fullmatch(r"(\d+)x(\d+)", word)
        if not match:
            raise ValueError(f"bad matrix: {word}")
        rows, columns = map(int, match.groups())
        if sizes and sizes[-1] != rows:
            raise ValueError(f"M{number - 1} and M{number} do not fit")
        sizes += [columns] if sizes else [rows, columns]
    return sizes


def cheapest_order(sizes: list[int]) -> tuple[int, str]:
    """Cost in scalar multiplications and the bracketed chain; of equal orders the one that splits first."""

    @cache
    def solve(first: int, last: int) -> tuple[int, str]:
        if first == last:
            return 0, f"M{first}"
        options = []
        for middle in range(first, last):
            (left_cost, left), (right_cost, right) = solve(first, middle), solve(middle + 1, last)
            cost = left_cost + right_cost + sizes[first - 1] * sizes[middle] * sizes[last]
            options.append((cost, f"({left} {right})"))
        return min(options, key=lambda option: option[0])

    return solve(1, len(sizes) - 1)


try:
    sizes = parse_sizes(sys.stdin.read().split())
    if sizes:
        print("cost {}\n{}".format(*cheapest_order(sizes)))
    else:
        print("no matrices")
except ValueError as error:
    print(error)
