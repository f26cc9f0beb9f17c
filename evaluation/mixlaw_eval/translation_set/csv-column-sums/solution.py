import re
import sys

INTEGER = re.compile(r"[+-]?\d{1,15}")


def split_record(line: str) -> list[str]:
    """The fields of a line; a quoted field may hold commas, and quotes written twice."""
    fields = [""]
    quoted = False
    for i, char in enumerate(line):
        if char == '"':
            if not quoted and i > 0 and line[i - 1] == '"':
                fields[-1] += char
            quoted = not quoted
        elif char == "," and not quoted:
            fields.append("")
        else:
            fields[-1] += char
    if quoted:
        raise ValueError("a quote is not closed")
    return [field.strip() for field in fields]


def read_table(text: str) -> list[list[str]]:
    table: list[list[str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            record = split_record(line)
            if table and len(record) != len(table[0]):
                raise ValueError(f"expected {len(table[0])} fields, found {len(record)}")
        except ValueError as error:
            raise ValueError(f"line {number}: {error}") from error
        table.append(record)
    if not table:
        raise ValueError("no header")
    return table


def summarize(values: list[str]) -> str:
    filled = [value for value in values if value]
    if not filled:
        return "empty"
    if all(INTEGER.fullmatch(value) for value in filled):
        return f"sum {sum(map(int, filled))} of {len(filled)}"
    return f"{len(set(filled))} different texts"


try:
    header, *rows = read_table(sys.stdin.read())
    for index, name in enumerate(header):
        print(f"{name}: {summarize([row[index] for row in rows])}")
except ValueError as error:
    print(error)
