import sys

Digits = list[int]  # the least significant digit first


def add(a: Digits, b: Digits) -> Digits:
    if len(a) < len(b):
        a, b = b, a
    total, carry = [], 0
    for i, digit in enumerate(a):
        carry, rest = divmod(digit + (b[i] if i < len(b) else 0) + carry, 10)
        total.append(rest)
    return total + [carry] if carry else total


def multiply(a: Digits, b: Digits) -> Digits:
    product = [0] * (len(a) + len(b))
    for i, left in enumerate(a):
        carry = 0
        for j, right in enumerate(b):
            carry, product[i + j] = divmod(product[i + j] + left * right + carry, 10)
        product[i + len(b)] = carry
    while len(product) > 1 and product[-1] == 0:
        product.pop()
    return product


def parse(word: str) -> Digits:
    if not word.isdecimal():
        raise ValueError(f"not a number: {word}")
    return [int(digit) for digit in reversed(word.lstrip("0") or "0")]


def evaluate(line: str) -> Digits:
    words = line.split()
    if len(words) != 3 or words[1] not in ("+", "*"):
        raise ValueError("expected: number + number, or number * number")
    left, right = parse(words[0]), parse(words[2])
    return add(left, right) if words[1] == "+" else multiply(left, right)


for line in sys.stdin:
    try:
        result = evaluate(line)
        print("".join(map(str, reversed(result))), f"(digit sum {sum(result)})")
    except ValueError as error:
        print(error)
