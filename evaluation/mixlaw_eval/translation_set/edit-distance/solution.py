import sys


def edit_distance(a: str, b: str) -> int:
    previous = list(range(len(b) + 1))
    for i, left in enumerate(a, start=1):
        current = [i]
        for j, right in enumerate(b, start=1):
            substitution = previous[j - 1] + (left != right)
            current.append(min(previous[j] + 1, current[j - 1] + 1, substitution))
        previous = current
    return previous[-1]


first, second = sys.stdin.read().split("\n")[:2]
print(edit_distance(first, second))
