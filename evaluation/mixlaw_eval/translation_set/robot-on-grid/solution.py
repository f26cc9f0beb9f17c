import sys
from itertools import takewhile

ARROWS = "^>v<"
MOVES = ((-1, 0), (0, 1), (1, 0), (0, -1))


class Robot:
    def __init__(self, grid: list[str], row: int, column: int) -> None:
        self.grid = grid
        self.row, self.column = row, column
        self.facing = ARROWS.index(grid[row][column])
        self.visited = {(row, column)}
        self.bumps = 0

    def is_free(self, row: int, column: int) -> bool:
        inside = 0 <= row < len(self.grid) and 0 <= column < len(self.grid[row])
        return inside and self.grid[row][column] != "#"

    def walk(self, steps: int) -> None:
        """Goes on until something is in the way."""
        down, right = MOVES[self.facing]
        for _ in range(steps):
            if not self.is_free(self.row + down, self.column + right):
                self.bumps += 1
                return
            self.row += down
            self.column += right
            self.visited.add((self.row, self.column))

    def execute(self, instruction: str) -> None:
        if instruction in ("L", "R"):
            self.facing = (self.facing + (1 if instruction == "R" else -1)) % 4
        elif instruction.isdecimal():
            self.walk(int(instruction))
        else:
            print(f"ignored: {instruction}")


def find_robot(grid: list[str]) -> tuple[int, int] | None:
    places = ((r, c) for r, row in enumerate(grid) for c, sign in enumerate(row) if sign in ARROWS)
    return next(places, None)


def main() -> None:
    lines = sys.stdin.read().splitlines()
    grid = list(takewhile(bool, lines))
    start = find_robot(grid)
    if start is None:
        print("no robot")
        return
    robot = Robot(grid, *start)
    for instruction in " ".join(lines[len(grid) :]).split():
        robot.execute(instruction)
    print(f"row {robot.row}, column {robot.column}, facing {ARROWS[robot.facing]}")
    print(f"visited {len(robot.visited)}, bumped {robot.bumps}")


main()
