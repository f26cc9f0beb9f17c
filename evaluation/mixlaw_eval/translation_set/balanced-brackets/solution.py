import sys
from collections.abc import Iterator

PARTNER = {"(": ")", "[": "]", "{": "}"}
Place = tuple[int, int]


def brackets(text: str) -> Iterator[tuple[str, Place]]:
    """Every bracket outside double quotes, with its line and column."""
    for line_number, line in enumerate(text.split("\n"), start=1):
        quoted = False  # a quotation ends with its line at the latest
        for column, char in enumerate(line, start=1):
            if char == '"':
                quoted = not quoted
            elif not quoted and char in "()[]{}":
                yield char, (line_number, column)


def check(text: str) -> str:
    stack: list[tuple[str, Place]] = []
    pairs = depth = 0
    for char, (line, column) in brackets(text):
        if char in PARTNER:
            stack.append((char, (line, column)))
            depth = max(depth, len(stack))
            continue
        if not stack:
            return f"{line}:{column}: unexpected '{char}'"
        opening, (open_line, open_column) = stack.pop()
        if PARTNER[opening] != char:
            return f"{line}:{column}: '{char}' closes '{opening}' of {open_line}:{open_column}"
        pairs += 1
    if stack:
        char, (line, column) = stack[0]
        return f"{line}:{column}: '{char}' is never closed"
    return f"balanced, pairs: {pairs}, depth: {depth}"


print(check(sys.stdin.read()))
