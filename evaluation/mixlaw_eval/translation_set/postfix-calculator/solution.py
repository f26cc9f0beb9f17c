import operator
import sys

OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def evaluate(words: list[str]) -> int:
    stack: list[int] = []
    for word in words:
        if word in OPERATORS:
            right = stack.pop()
            left = stack.pop()
            stack.append(OPERATORS[word](left, right))
        else:
            stack.append(int(word))
    (result,) = stack
    return result


try:
    print(evaluate(sys.stdin.read().split()))
except (IndexError, ValueError):
    print("error")
