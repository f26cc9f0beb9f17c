import operator
import sys
from dataclasses import dataclass
from math import gcd


@dataclass(frozen=True)
class Rational:
    top: int
    bottom: int

    @classmethod
    def reduced(cls, top: int, bottom: int) -> "Rational":
        if bottom == 0:
            raise ZeroDivisionError
        divisor = gcd(top, bottom) if bottom > 0 else -gcd(top, bottom)
        return cls(top // divisor, bottom // divisor)

    def __add__(self, other):
        return Rational.reduced(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    def __sub__(self, other):
        return self + Rational(-other.top, other.bottom)

    def __mul__(self, other):
        return Rational.reduced(self.top * other.top, self.bottom * other.bottom)

    def __truediv__(self, other):
        return Rational.reduced(self.top * other.bottom, self.bottom * other.top)

    def __str__(self) -> str:
        return f"{self.top}/{self.bottom}" if self.bottom != 1 else str(self.top)


OPERATORS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


def parse(word: str, answer: Rational) -> Rational:
    if word == "_":
        return answer
    top, slash, bottom = word.partition("/")
    return Rational.reduced(int(top), int(bottom) if slash else 1)


answer = Rational(0, 1)
for line in sys.stdin:
    try:
        left, symbol, right = line.split()
        apply = OPERATORS[symbol]
        answer = apply(parse(left, answer), parse(right, answer))
        print(answer)
    except (KeyError, ValueError):
        print("malformed line")
    except ZeroDivisionError:
        print("division by zero")
