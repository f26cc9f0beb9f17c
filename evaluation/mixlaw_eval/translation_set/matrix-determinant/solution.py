import sys

Matrix = list[list[int]]


def determinant(matrix: Matrix) -> int:
    """Fraction-free elimination: every division is exact."""
    rows = [row[:] for row in matrix]
    sign, previous = 1, 1
    for k in range(len(rows)):
        pivot_row = next((i for i in range(k, len(rows)) if rows[i][k] != 0), None)
        if pivot_row is None:
            return 0
        if pivot_row != k:
            rows[k], rows[pivot_row] = rows[pivot_row], rows[k]
            sign = -sign
        pivot = rows[k][k]
        for row in rows[k + 1 :]:
            factor = row[k]
            row[k:] = [(pivot * x - factor * y) // previous for x, y in zip(row[k:], rows[k][k:])]
        previous = pivot
    return sign * previous


def verdict(matrix: Matrix) -> str:
    if any(len(row) != len(matrix) for row in matrix):
        return "not square"
    value = determinant(matrix)
    if value == 0:
        return "singular"
    return f"{value}, inverse is integer" if abs(value) == 1 else str(value)


def main() -> None:
    blocks = [block for block in sys.stdin.read().split("\n\n") if block.strip()]
    for number, block in enumerate(blocks, start=1):
        matrix = [[int(word) for word in line.split()] for line in block.strip().splitlines()]
        print(f"matrix {number}: {verdict(matrix)}")
    print(f"matrices: {len(blocks)}")


main()
