import sys
from collections import deque


def shortest_path(grid: list[str]) -> int:
    """Steps from the first cell to the last, or -1; '#' is a wall."""
    rows, columns = len(grid), len(grid[0])
    if grid[0][0] == "#":
        return -1
    distance = {(0, 0): 0}
    queue = deque(distance)
    while queue:
        row, column = queue.popleft()
        for cell in ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)):
            inside = 0 <= cell[0] < rows and 0 <= cell[1] < columns
            if inside and grid[cell[0]][cell[1]] != "#" and cell not in distance:
                distance[cell] = distance[row, column] + 1
                queue.append(cell)
    return distance.get((rows - 1, columns - 1), -1)


print(shortest_path(sys.stdin.read().split()))
