import sys
from itertools import groupby


def encode(text: str) -> str:
    """Runs as count and character; digits and backslashes are escaped with a backslash."""
    pieces: list[str] = []
    for char, run in groupby(text):
        length = sum(1 for _ in run)
        count = str(length) if length > 1 else ""
        escape = "\\" if char.isdigit() or char == "\\" else ""
        pieces.append(count + escape + char)
    return "".join(pieces)


def decode(code: str) -> str:
    pieces: list[str] = []
    position = 0
    while position < len(code):
        start = position
        while position < len(code) and code[position].isdigit():
            position += 1
        digits = code[start:position]
        if len(digits) > 3:
            raise ValueError(f"count {digits} is too large")
        if code[position : position + 1] == "\\":
            position += 1
        if position == len(code):
            raise ValueError("the code ends too early")
        count = int(digits) if digits else 1
        if count == 0:
            raise ValueError("a count is zero")
        pieces.append(code[position] * count)
        position += 1
    return "".join(pieces)


for line in sys.stdin.read().splitlines():
    command, _, text = line.partition(" ")
    try:
        if command == "encode":
            print(encode(text))
        elif command == "decode":
            print(decode(text))
        else:
            print(f"unknown command: {command}")
    except ValueError as error:
        print(f"error: {error}")
