import re
import sys
from collections import Counter

PLACEHOLDER = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)


def read_values(lines: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        name, equals, value = line.partition("=")
        if not equals or not name.strip():
            raise ValueError(f"line {number}: expected name=value")
        values[name.strip()] = value.strip()
    return values


def fill(template: str, values: dict[str, str]) -> tuple[str, Counter[str]]:
    """The text with all {{name}} and {{name|default}} replaced, and how often names were missing."""
    missing: Counter[str] = Counter()

    def replacement(match: re.Match[str]) -> str:
        name, bar, default = match[1].partition("|")
        name = name.strip()
        if name in values:
            return values[name]
        if bar:
            return default.strip()
        missing[name] += 1
        return f"<{name}>"

    return PLACEHOLDER.sub(replacement, template), missing


def main() -> None:
    head, separator, template = sys.stdin.read().partition("---\n")
    if not separator:
        print("no template")
        return
    try:
        values = read_values(head.splitlines())
    except ValueError as error:
        print(error)
        return
    text, missing = fill(template, values)
    print(text, end="")
    for name, count in sorted(missing.items()):
        print(f"missing {name}: {count}")


main()
