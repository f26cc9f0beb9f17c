import sys


def suffix_lengths(a: str, b: str) -> list[list[int]]:
    """lengths[i][j] is the length of the longest common subsequence of a[i:] and b[j:]."""
    lengths = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in reversed(range(len(a))):
        for j in reversed(range(len(b))):
            if a[i] == b[j]:
                lengths[i][j] = lengths[i + 1][j + 1] + 1
            else:
                lengths[i][j] = max(lengths[i + 1][j], lengths[i][j + 1])
    return lengths


def first_common_subsequence(a: str, b: str) -> str:
    """The smallest in character order of all longest common subsequences."""
    lengths = suffix_lengths(a, b)
    alphabet = sorted(set(a) & set(b))
    found = ""
    i = j = 0
    while missing := lengths[i][j]:
        for character in alphabet:
            next_i, next_j = a.find(character, i), b.find(character, j)
            if next_i >= 0 and next_j >= 0 and lengths[next_i][next_j] == missing:
                found += character
                i, j = next_i + 1, next_j + 1
                break
    return found


first, second = (sys.stdin.read() + "\n\n").split("\n")[:2]
common = first_common_subsequence(first, second)
print(f"{len(common)}: {common}" if common else "nothing in common")
