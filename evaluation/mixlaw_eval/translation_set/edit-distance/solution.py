import sys


def distance_table(a: str, b: str) -> list[list[int]]:
    """table[i][j] is the distance between the first i characters of a and the first j of b."""
    table = [list(range(len(b) + 1))]
    for i, left in enumerate(a, start=1):
        row = [i]
        for j, right in enumerate(b, start=1):
            swap = table[i - 1][j - 1] + (left != right)
            row.append(min(swap, table[i - 1][j] + 1, row[j - 1] + 1))
        table.append(row)
    return table


def edits(a: str, b: str) -> list[str]:
    """Walks back from the corner: replacing is preferred to deleting, and deleting to inserting."""
    table = distance_table(a, b)
    i, j = len(a), len(b)
    steps = []
    while i or j:
        if i and j and table[i][j] == table[i - 1][j - 1] + (a[i - 1] != b[j - 1]):
            i, j = i - 1, j - 1
            if a[i] != b[j]:
                steps.append(f"replace '{a[i]}' by '{b[j]}' at {i}")
        elif i and table[i][j] == table[i - 1][j] + 1:
            i -= 1
            steps.append(f"delete '{a[i]}' at {i}")
        else:
            j -= 1
            steps.append(f"insert '{b[j]}' at {i}")
    return steps[::-1]


first, second = (sys.stdin.read() + "\n\n").split("\n")[:2]
steps = edits(first, second)
print(f"distance {len(steps)}", *steps, sep="\n")
