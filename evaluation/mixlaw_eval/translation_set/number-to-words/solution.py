import re
import sys

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = [(10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")]


def below_hundred(number: int) -> str:
    if number < 20:
        return SMALL[number]
    tens, ones = divmod(number, 10)
    return TENS[tens - 2] + (f"-{SMALL[ones]}" if ones else "")


def in_words(number: int) -> str:
    if number < 0:
        return f"minus {in_words(-number)}"
    if number < 100:
        return below_hundred(number)
    words: list[str] = []
    for size, name in SCALES:
        count, number = divmod(number, size)
        if count:
            words += [in_words(count), name]
    if number:
        words += ["and", below_hundred(number)]
    return " ".join(words)


def answer(text: str) -> str:
    if not re.fullmatch(r"-?\d+", text):
        return f"{text}: not a number"
    if len(text.lstrip("-")) > 12:
        return f"{text}: too large"
    return in_words(int(text))


for line in sys.stdin.read().splitlines():
    print(answer(line.strip()))
