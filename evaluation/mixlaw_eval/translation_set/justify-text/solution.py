import sys


def break_lines(words: list[str], width: int) -> list[list[str]]:
    """Greedy lines of words; a word longer than the width gets a line of its own."""
    lines: list[list[str]] = []
    room = -1
    for word in words:
        if len(word) + 1 <= room:
            lines[-1].append(word)
            room -= len(word) + 1
        else:
            lines.append([word])
            room = width - len(word)
    return lines


def spread(words: list[str], width: int, from_right: bool) -> str:
    """Fills the line with spaces; the wider gaps come first, or last if from_right."""
    gaps = len(words) - 1
    if gaps == 0:
        return words[0]
    spaces = width - sum(map(len, words))
    small, wider = divmod(spaces, gaps)
    line = words[0]
    for i, word in enumerate(words[1:]):
        is_wider = i >= gaps - wider if from_right else i < wider
        line += " " * (small + is_wider) + word
    return line


def justify(paragraph: str, width: int) -> str:
    *full, last = break_lines(paragraph.split(), width)
    # The side of the wider gaps alternates, or they would form rivers of white.
    lines = [spread(line, width, i % 2 == 1) for i, line in enumerate(full)]
    return "\n".join([*lines, " ".join(last)])


header, _, text = sys.stdin.read().partition("\n")
paragraphs = [part for part in text.split("\n\n") if part.strip()]
if not header.isdigit():
    print("the first line must be the width")
elif not paragraphs:
    print("no text")
else:
    print("\n\n".join(justify(part, int(header)) for part in paragraphs))
