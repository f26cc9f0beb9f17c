import sys


def median_of_three(a: int, b: int, c: int) -> int:
    return sorted((a, b, c))[1]


def quick_select(numbers: list[int], rank: int) -> int:
    """The number that would stand at place `rank` (from 0) if the list were sorted."""
    while True:
        pivot = median_of_three(numbers[0], numbers[len(numbers) // 2], numbers[-1])
        smaller = [number for number in numbers if number < pivot]
        larger = [number for number in numbers if number > pivot]
        equal = len(numbers) - len(smaller) - len(larger)
        if rank < len(smaller):
            numbers = smaller
        elif rank < len(smaller) + equal:
            return pivot
        else:
            rank -= len(smaller) + equal
            numbers = larger


def percentile(numbers: list[int], percent: int) -> int:
    """The smallest number that at least `percent` in a hundred do not exceed."""
    rank = -(-percent * len(numbers) // 100)
    return quick_select(numbers, max(rank, 1) - 1)


def main() -> None:
    first, _, rest = sys.stdin.read().partition("\n")
    numbers = [int(word) for word in rest.split()]
    if not numbers:
        print("no numbers")
        return
    for word in first.split():
        percent = int(word)
        if 0 <= percent <= 100:
            print(f"p{percent} = {percentile(numbers, percent)}")
        else:
            print(f"p{percent} is out of range")


main()
