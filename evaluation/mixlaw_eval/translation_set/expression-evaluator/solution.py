import sys


class Parser:
    """Recursive descent over one line; each method is a rule of the grammar."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0

    def peek(self) -> str:
        """The next character that is no space, or an empty string at the end."""
        while self.text[self.position : self.position + 1] == " ":
            self.position += 1
        return self.text[self.position : self.position + 1]

    def error(self, message: str) -> ValueError:
        return ValueError(f"{message} at {self.position + 1}")

    def expression(self) -> int:
        value = self.term()
        while operator := self.peek():
            if operator not in "+-":
                break
            self.position += 1
            value += self.term() if operator == "+" else -self.term()
        return value

    def term(self) -> int:
        value = self.factor()
        while operator := self.peek():
            if operator not in "*/":
                break
            self.position += 1
            divisor = self.factor()
            if operator == "*":
                value *= divisor
            elif divisor == 0:
                raise ValueError("division by zero")
            else:
                quotient = abs(value) // abs(divisor)  # rounds towards zero
                value = quotient if (value < 0) == (divisor < 0) else -quotient
        return value

    def factor(self) -> int:
        char = self.peek()
        if char == "-":
            self.position += 1
            return -self.factor()
        if char == "(":
            self.position += 1
            value = self.expression()
            if self.peek() != ")":
                raise self.error("expected ')'")
            self.position += 1
            return value
        return self.number()

    def number(self) -> int:
        start = self.position
        while self.text[self.position : self.position + 1].isdigit():
            self.position += 1
        if start == self.position:
            raise self.error("expected a number")
        return int(self.text[start : self.position])


def evaluate(line: str) -> int:
    parser = Parser(line)
    value = parser.expression()
    if parser.peek():
        raise parser.error("expected an operator")
    return value


for line in sys.stdin.read().splitlines():
    try:
        print(evaluate(line))
    except ValueError as error:
        print(f"error: {error}")
