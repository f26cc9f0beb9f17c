import re
import sys
from collections import Counter

WORD = re.compile(r"[a-z](?:[a-z']*[a-z])?")


def read_header(line: str) -> tuple[int, int]:
    """The number of words to show, and the length of the shortest word that counts."""
    match = re.fullmatch(r"(\d+) (\d+)", line)
    if match is None:
        raise ValueError("expected: LIMIT SHORTEST")
    return int(match[1]), int(match[2])


def most_common(counts: Counter[str], limit: int) -> list[tuple[str, int]]:
    """The first words by count; those that tie with the last one are kept too."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or limit == 0:
        return []
    threshold = ranked[min(limit, len(ranked)) - 1][1]
    return [(word, count) for word, count in ranked if count >= threshold]


def main() -> None:
    header, _, text = sys.stdin.read().partition("\n")
    try:
        limit, shortest = read_header(header)
    except ValueError as error:
        print(error)
        return
    counts = Counter(word for word in WORD.findall(text.lower()) if len(word) >= shortest)
    total = sum(counts.values())
    for word, count in most_common(counts, limit):
        share = count * 1000 // total
        print(f"{word} {count} {share // 10}.{share % 10}%")
    print(f"total {total}, distinct {len(counts)}")


main()
