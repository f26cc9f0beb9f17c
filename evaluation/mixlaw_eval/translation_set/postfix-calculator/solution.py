import re
import sys

# How many values a word takes from the stack.
NEEDED = {"neg": 1, "dup": 1, "drop": 1, "+": 2, "-": 2, "*": 2, "max": 2, "swap": 2, "over": 2}


def apply(word: str, top: list[int]) -> list[int]:
    """What a word puts back in the place of the values it takes."""
    match word, top:
        case "+", [a, b]:
            return [a + b]
        case "-", [a, b]:
            return [a - b]
        case "*", [a, b]:
            return [a * b]
        case "max", _:
            return [max(top)]
        case "neg", [a]:
            return [-a]
        case "dup", [a]:
            return [a, a]
        case "swap", [a, b]:
            return [b, a]
        case "over", [a, b]:
            return [a, b, a]
        case _:
            return []


def run(line: str, stack: list[int]) -> list[int]:
    """The stack after the words of the line; the given one is left as it is."""
    stack = stack.copy()
    for word in line.split():
        if re.fullmatch(r"[+-]?\d+", word):
            stack.append(int(word))
            continue
        if word not in NEEDED:
            raise ValueError(f"unknown word {word}")
        needed = NEEDED[word]
        if len(stack) < needed:
            raise ValueError(f"{word} needs {needed}, the stack has {len(stack)}")
        split = len(stack) - needed
        stack[split:] = apply(word, stack[split:])
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
