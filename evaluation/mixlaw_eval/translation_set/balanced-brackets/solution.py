import sys

PARTNER = {")": "(", "]": "[", "}": "{"}


def is_balanced(text: str) -> bool:
    stack: list[str] = []
    for char in text:
        if char in "([{":
            stack.append(char)
        elif char in PARTNER and (not stack or stack.pop() != PARTNER[char]):
            return False
    return not stack


print("yes" if is_balanced(sys.stdin.read()) else "no")
