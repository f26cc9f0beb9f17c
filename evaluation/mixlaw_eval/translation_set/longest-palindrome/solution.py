import sys

SHORTEST = 3


def expand(letters: str, left: int, right: int) -> tuple[int, int]:
    """The widest palindrome around the centre, as the half-open range of its letters."""
    while left >= 0 and right < len(letters) and letters[left] == letters[right]:
        left -= 1
        right += 1
    return left + 1, right


def longest(letters: str) -> tuple[int, int]:
    """The longest palindrome, and the first of several that are as long."""
    best = (0, 0)
    for centre in range(len(letters)):
        for right in (centre, centre + 1):
            start, end = expand(letters, centre, right)
            if end - start > best[1] - best[0]:
                best = (start, end)
    return best


def describe(line: str) -> str:
    places = [i for i, char in enumerate(line) if char.isalnum()]
    start, end = longest("".join(line[i].lower() for i in places))
    if end - start < SHORTEST:
        return "none"
    first, last = places[start], places[end - 1]
    return f"{end - start} at {first + 1}: {line[first : last + 1]}"


for line in sys.stdin.read().splitlines():
    print(describe(line))
