import sys
from collections import Counter
from string import ascii_lowercase, ascii_uppercase

# How often each letter of the alphabet occurs in a thousand letters of English text.
WEIGHTS = [
    82, 15, 28, 43, 127, 22, 20, 61, 70, 2, 8, 40, 24,
    67, 75, 19, 1, 60, 63, 91, 28, 10, 24, 2, 20, 1,
]  # fmt: skip
SIZE = len(WEIGHTS)


def decode(text: str, shift: int) -> str:
    rotated = [letters[shift:] + letters[:shift] for letters in (ascii_lowercase, ascii_uppercase)]
    return text.translate(str.maketrans("".join(rotated), ascii_lowercase + ascii_uppercase))


def score(counts: Counter[int], shift: int) -> int:
    return sum(count * WEIGHTS[(letter - shift) % SIZE] for letter, count in counts.items())


def solve(text: str) -> str:
    """The text moved back by the shift that looks most like English; the smallest one of a tie."""
    counts = Counter(ascii_lowercase.index(char) for char in text.lower() if char in ascii_lowercase)
    if not counts:
        return "no letters"
    scores = [score(counts, shift) for shift in range(SIZE)]
    shift = scores.index(max(scores))
    second = max(scores[:shift] + scores[shift + 1 :])
    return f"shift {shift}, lead {scores[shift] - second}: {decode(text, shift)}"


for line in sys.stdin.read().splitlines():
    print(solve(line))
