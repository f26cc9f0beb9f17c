import sys
from collections import defaultdict


def tidy(line: str) -> str:
    """The phrase in small letters, with single spaces."""
    return " ".join(line.lower().split())


def signature(phrase: str) -> str:
    """The letters in order, which all anagrams have in common."""
    return "".join(sorted(filter(str.isalpha, phrase)))


def group(phrases: set[str]) -> dict[str, list[str]]:
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for phrase in sorted(phrases):
        letters = signature(phrase)
        if letters:
            groups[letters].append(phrase)
    return groups


def main() -> None:
    phrases = {tidy(line) for line in sys.stdin}
    groups = group(phrases)
    anagrams = [members for members in groups.values() if len(members) > 1]
    anagrams.sort(key=lambda members: (-len(members), members[0]))
    for members in anagrams:
        letters = len(signature(members[0]))
        print(f"{len(members)} of {letters} letters: {', '.join(members)}")
    print(f"groups: {len(anagrams)}, alone: {len(groups) - len(anagrams)}")


main()
