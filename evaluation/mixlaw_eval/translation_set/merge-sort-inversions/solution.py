import sys


def merge(left: list[int], right: list[int]) -> tuple[list[int], int]:
    """The merged list and the number of pairs in which the right member is the smaller one."""
    merged = []
    inversions = taken = 0
    for number in right:
        while taken < len(left) and left[taken] <= number:
            merged.append(left[taken])
            taken += 1
        merged.append(number)
        inversions += len(left) - taken
    return merged + left[taken:], inversions


def merge_sort(numbers: list[int]) -> tuple[list[int], int]:
    if len(numbers) < 2:
        return numbers, 0
    middle = len(numbers) // 2
    left, in_left = merge_sort(numbers[:middle])
    right, in_right = merge_sort(numbers[middle:])
    merged, across = merge(left, right)
    return merged, in_left + in_right + across


def main() -> None:
    counts = []
    for line in sys.stdin.read().splitlines():
        merged, inversions = merge_sort([int(word) for word in line.split()])
        counts.append(inversions)
        print(f"{inversions}:", *merged)
    if counts:
        print("best sorted: line", counts.index(min(counts)) + 1)
    else:
        print("no lines")


main()
