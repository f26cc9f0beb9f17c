import sys
from functools import reduce


def normalise(path: str) -> tuple[list[str], int]:
    """The parts of an absolute path without . and .., and how often .. was above the root."""
    parts: list[str] = []
    above = 0
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part != "..":
            parts.append(part)
        elif parts:
            parts.pop()
        else:
            above += 1
    return parts, above


def common_start(first: list[str], second: list[str]) -> list[str]:
    length = 0
    for a, b in zip(first, second):
        if a != b:
            break
        length += 1
    return first[:length]


def join(parts: list[str]) -> str:
    return "/" + "/".join(parts)


def main() -> None:
    found: list[list[str]] = []
    for line in sys.stdin.read().splitlines():
        if not line.startswith("/"):
            print(f"not absolute: {line}")
            continue
        parts, above = normalise(line)
        note = f" (above the root: {above})" if above else ""
        print(join(parts) + note)
        found.append(parts)
    if found:
        print(f"common: {join(reduce(common_start, found))}")
    else:
        print("no paths")


main()
