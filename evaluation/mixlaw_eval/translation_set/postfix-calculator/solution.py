import re
import sys
from collections.abc import Callable

# How many values a word takes from the stack, and what it puts back.
WORDS: dict[str, tuple[int, Callable[..., list[int]]]] = {
    "+": (2, lambda a, b: [a + b]),
    "-": (2, lambda a, b: [a - b]),
    "*": (2, lambda a, b: [a * b]),
    "max": (2, lambda a, b: [max(a, b)]),
    "neg": (1, lambda a: [-a]),
    "dup": (1, lambda a: [a, a]),
    "swap": (2, lambda a, b: [b, a]),
    "over": (2, lambda a, b: [a, b, a]),
    "drop": (1, lambda a: []),
}


def run(line: str, stack: list[int]) -> list[int]:
    """The stack after the words of the line; the given one is left as it is."""
    stack = stack.copy()
    for word in line.split():
        if re.fullmatch(r"-?\d+", word):
            stack.append(int(word))
            continue
        if word not in WORDS:
            raise ValueError(f"unknown word {word}")
        needed, action = WORDS[word]
        if len(stack) < needed:
            raise ValueError(f"{word} needs {needed}, the stack has {len(stack)}")
        split = len(stack) - needed
        stack[split:] = action(*stack[split:])
    return stack


def main() -> None:
    stack: list[int] = []
    for line in sys.stdin:
        try:
            stack = run(line, stack)
        except ValueError as error:
            print(f"error: {error}")
        else:
            print(" ".join(map(str, stack)) or "empty")


main()
