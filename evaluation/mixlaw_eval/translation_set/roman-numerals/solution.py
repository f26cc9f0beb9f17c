import re
import sys

SYMBOLS = [
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
]  # fmt: skip
LARGEST = 3999


def to_roman(number: int) -> str:
    if not 1 <= number <= LARGEST:
        raise ValueError("out of range")
    numeral = ""
    for value, symbol in SYMBOLS:
        count, number = divmod(number, value)
        numeral += symbol * count
    return numeral


def from_roman(numeral: str) -> int:
    total, rest = 0, numeral
    for value, symbol in SYMBOLS:
        while rest.startswith(symbol):
            total += value
            rest = rest.removeprefix(symbol)
    # Only one spelling of a number is right: IIII and VX are not numerals.
    if rest or not 1 <= total <= LARGEST or to_roman(total) != numeral:
        raise ValueError("not a numeral")
    return total


def convert(text: str) -> str:
    if re.fullmatch(r"[+-]?\d{1,9}", text):
        return to_roman(int(text))
    return str(from_roman(text.upper()))


def main() -> None:
    converted = rejected = 0
    for text in sys.stdin.read().split():
        try:
            print(f"{text} = {convert(text)}")
            converted += 1
        except ValueError as reason:
            print(f"{text}: {reason}")
            rejected += 1
    print(f"{converted} converted, {rejected} rejected")


main()
