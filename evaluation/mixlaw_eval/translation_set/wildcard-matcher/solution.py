import sys


def matches(pattern: str, name: str) -> bool:
    """Whether the pattern covers the name: ? is any character, * any number of them."""
    p = n = 0
    star, resume = -1, 0
    while n < len(name):
        if p < len(pattern) and pattern[p] == "*":
            star, resume = p, n
            p += 1
        elif p < len(pattern) and pattern[p] in ("?", name[n]):
            p += 1
            n += 1
        elif star >= 0:
            # Let the last star take one character more.
            resume += 1
            p, n = star + 1, resume
        else:
            return False
    return set(pattern[p:]) <= {"*"}


def deciding_rule(rules: list[str], name: str) -> str | None:
    """The last rule that matches; a rule that starts with ! drops what it matches."""
    for rule in reversed(rules):
        if matches(rule.removeprefix("!"), name):
            return rule
    return None


def main() -> None:
    lines = sys.stdin.read().splitlines()
    blank = lines.index("") if "" in lines else len(lines)
    rules, names = lines[:blank], [line for line in lines[blank:] if line]
    kept = 0
    for name in names:
        rule = deciding_rule(rules, name)
        if rule is None:
            print(f"{name}: no rule")
        elif rule.startswith("!"):
            print(f"{name}: dropped by {rule}")
        else:
            print(f"{name}: kept by {rule}")
            kept += 1
    print(f"kept {kept} of {len(names)}")


main()
