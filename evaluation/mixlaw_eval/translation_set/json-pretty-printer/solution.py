import re
import sys

STRING = re.compile(r'"[^"\\\n]*"')
SCALAR = re.compile(rf"{STRING.pattern}|true|false|null|-?[0-9]{{1,18}}")
TOKEN = re.compile(rf"{STRING.pattern}|[a-zA-Z0-9-]+|\S")
END = "end of input"


class Printer:
    """Reads a value, and returns its text with every item on a line of its own."""

    def __init__(self, text: str) -> None:
        self.tokens = [*TOKEN.findall(text), END]
        self.position = 0

    def accept(self, token: str) -> bool:
        found = self.tokens[self.position] == token
        self.position += found
        return found

    def expect(self, pattern: re.Pattern[str], name: str) -> str:
        token = self.tokens[self.position]
        if not pattern.fullmatch(token):
            raise ValueError(f"token {self.position + 1}: expected {name}, found {token}")
        self.position += 1
        return token

    def expect_token(self, token: str) -> None:
        self.expect(re.compile(re.escape(token)), token)

    def document(self) -> str:
        text = self.value("")
        self.expect_token(END)
        return text

    def value(self, indent: str) -> str:
        if self.accept("{"):
            return self.items("{", "}", indent)
        if self.accept("["):
            return self.items("[", "]", indent)
        return self.expect(SCALAR, "a value")

    def items(self, opening: str, closing: str, indent: str) -> str:
        if self.accept(closing):
            return opening + closing
        inner = indent + "  "
        lines: list[str] = []
        while not lines or self.accept(","):
            key = self.key() if opening == "{" else ""
            lines.append(inner + key + self.value(inner))
        self.expect_token(closing)
        return opening + "\n" + ",\n".join(lines) + "\n" + indent + closing

    def key(self) -> str:
        name = self.expect(STRING, "a key")
        self.expect_token(":")
        return name + ": "


try:
    print(Printer(sys.stdin.read()).document())
except ValueError as error:
    print(error)
