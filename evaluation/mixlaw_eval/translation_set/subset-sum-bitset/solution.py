import sys


def reachable_sums(values: list[int]) -> int:
    """A bitset: bit s is set when some of the values add up to s."""
    sums = 1
    for value in values:
        sums |= sums << value
    return sums


def nearest(sums: int, target: int) -> int:
    """The reachable sum nearest to the target; of two as near, the smaller."""
    below = (sums & ((1 << target + 1) - 1)).bit_length() - 1
    rest = sums >> target
    if rest == 0:
        return below
    above = target + (rest & -rest).bit_length() - 1
    return below if target - below <= above - target else above


def describe(sums: int, target: int) -> str:
    found = nearest(sums, target)
    return "reachable" if found == target else f"nearest is {found}"


def main() -> None:
    first, *queries = sys.stdin.read().splitlines() or [""]
    values = [int(word) for word in first.split()]
    sums, total = reachable_sums(values), sum(values)
    half = nearest(sums, total // 2)
    print(f"{sums.bit_count()} sums up to {total}")
    print(f"fairest split: {half} and {total - half}")
    for word in " ".join(queries).split():
        if word.isdecimal() and int(word) <= 10_000:
            print(f"{word}: {describe(sums, int(word))}")
        else:
            print(f"{word}: not a target from 0 to 10000")


main()
