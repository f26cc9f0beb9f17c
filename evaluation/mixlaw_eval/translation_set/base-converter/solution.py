import string
import sys

DIGITS = string.digits + string.ascii_lowercase
LIMIT = 2**53 - 1


def parse_base(word: str) -> int:
    if not word.isdecimal() or not 2 <= int(word) <= len(DIGITS):
        raise ValueError(f"base {word} is not from 2 to 36")
    return int(word)


def to_number(text: str, base: int) -> int:
    if not text:
        raise ValueError("no digits")
    number = 0
    for letter in text:
        digit = DIGITS.find(letter.lower())
        if not 0 <= digit < base:
            raise ValueError(f"{letter} is not a digit of base {base}")
        number = number * base + digit
        if number > LIMIT:
            raise ValueError("too large")
    return number


def to_text(number: int, base: int) -> str:
    digits = []
    while number > 0:
        number, digit = divmod(number, base)
        digits.append(DIGITS[digit])
    return "".join(reversed(digits)) or "0"


def convert(line: str) -> str:
    words = line.split()
    if len(words) != 3:
        raise ValueError("expected: digits, base, base")
    text, source, target = words[0], parse_base(words[1]), parse_base(words[2])
    number = to_number(text.removeprefix("-"), source)
    sign = "-" if text.startswith("-") and number > 0 else ""
    return sign + to_text(number, target)


for line in sys.stdin:
    try:
        print(convert(line))
    except ValueError as error:
        print("error:", error)
