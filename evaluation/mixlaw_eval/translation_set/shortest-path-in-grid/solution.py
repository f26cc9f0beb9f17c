import sys
from collections import deque

Cell = tuple[int, int]
MOVES = {"D": (1, 0), "L": (0, -1), "R": (0, 1), "U": (-1, 0)}


def find(grid: list[str], mark: str) -> Cell | None:
    for row, line in enumerate(grid):
        if mark in line:
            return row, line.index(mark)
    return None


def shortest_path(grid: list[str], start: Cell, end: Cell) -> str | None:
    """Trying the moves in alphabetical order makes the path found the first of the shortest."""
    arrival = {start: ""}
    queue = deque([start])
    while queue and end not in arrival:
        row, column = queue.popleft()
        for move, (down, right) in MOVES.items():
            cell = row + down, column + right
            inside = 0 <= cell[0] < len(grid) and 0 <= cell[1] < len(grid[cell[0]])
            if inside and grid[cell[0]][cell[1]] != "#" and cell not in arrival:
                arrival[cell] = move
                queue.append(cell)
    if end not in arrival:
        return None
    path = []
    row, column = end
    while move := arrival[row, column]:
        path.append(move)
        down, right = MOVES[move]
        row, column = row - down, column - right
    return "".join(reversed(path))


grid = sys.stdin.read().split()
start, end = find(grid, "S"), find(grid, "E")
if start is None or end is None:
    print("the maze needs S and E")
else:
    path = shortest_path(grid, start, end)
    print("no path" if path is None else f"{len(path)} steps: {path}")
