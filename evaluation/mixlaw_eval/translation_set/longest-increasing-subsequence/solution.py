import sys
from bisect import bisect_left


def longest_increasing(numbers: list[int]) -> list[int]:
    """Indices of the subsequence, in O(n log n): tails[k] is the smallest end of a run of k + 1 numbers."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for index, number in enumerate(numbers):
        place = bisect_left(tails, number)
        before.append(ends[place - 1] if place else None)
        tails[place : place + 1] = [number]
        ends[place : place + 1] = [index]
    chain = []
    index = ends[-1] if ends else None
    while index is not None:
        chain.append(index)
        index = before[index]
    return chain[::-1]


def main() -> None:
    numbers = []
    for word in sys.stdin.read().split():
        try:
            numbers.append(int(word))
        except ValueError:
            print(f"not an integer: {word}")
            return
    chain = longest_increasing(numbers)
    print(f"{len(chain)} of {len(numbers)}")
    if chain:
        print("values:", *(numbers[index] for index in chain))
        print("places:", *(index + 1 for index in chain))


main()
