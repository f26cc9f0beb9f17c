import sys

DIGITS = "123456789"


def box(cell: int) -> tuple[int, int]:
    return cell // 27, cell % 9 // 3


def see_each_other(a: int, b: int) -> bool:
    return a != b and (a // 9 == b // 9 or a % 9 == b % 9 or box(a) == box(b))


PEERS = [[other for other in range(81) if see_each_other(cell, other)] for cell in range(81)]


def find_fault(cells: list[str]) -> str | None:
    if len(cells) != 81:
        return f"81 cells needed, not {len(cells)}"
    for index, digit in enumerate(cells):
        place = f"row {index // 9 + 1} column {index % 9 + 1}"
        if digit != "." and digit not in DIGITS:
            return f"{place} holds {digit}"
        if digit != "." and any(cells[peer] == digit for peer in PEERS[index] if peer < index):
            return f"{place} repeats {digit}"
    return None


def solve(cells: list[str]) -> bool:
    """Fills the empty cells in reading order with the smallest digits that lead to a solution."""
    if "." not in cells:
        return True
    empty = cells.index(".")
    used = {cells[peer] for peer in PEERS[empty]}
    for digit in DIGITS:
        if digit not in used:
            cells[empty] = digit
            if solve(cells):
                return True
    cells[empty] = "."
    return False


def main() -> None:
    cells = list("".join(sys.stdin.read().split()))
    if fault := find_fault(cells):
        print("invalid:", fault)
    elif solve(cells):
        for start in range(0, 81, 9):
            print("".join(cells[start : start + 9]))
    else:
        print("no solution")


main()
