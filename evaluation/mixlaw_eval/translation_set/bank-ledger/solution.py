import re
import sys


class LedgerError(Exception):
    pass


def parse_amount(word: str) -> int:
    """An amount such as 12.50 in cents."""
    match = re.fullmatch(r"(\d{1,12})\.(\d\d)", word)
    if not match or int(match[1] + match[2]) == 0:
        raise LedgerError(f"bad amount {word}")
    return int(match[1] + match[2])


def format_amount(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"


class Ledger:
    def __init__(self) -> None:
        self.balances: dict[str, int] = {}

    def open(self, name: str) -> None:
        if name in self.balances:
            raise LedgerError(f"account {name} exists")
        self.balances[name] = 0

    def change(self, name: str, cents: int) -> None:
        if name not in self.balances:
            raise LedgerError(f"no account {name}")
        if self.balances[name] + cents < 0:
            raise LedgerError(f"{name} has only {format_amount(self.balances[name])}")
        self.balances[name] += cents

    def execute(self, line: str) -> None:
        match line.split():
            case ["open", name]:
                self.open(name)
            case ["deposit", name, amount]:
                self.change(name, parse_amount(amount))
            case ["withdraw", name, amount]:
                self.change(name, -parse_amount(amount))
            case ["transfer", source, target, amount]:
                cents = parse_amount(amount)
                self.change(target, 0)
                self.change(source, -cents)
                self.change(target, cents)
            case _:
                raise LedgerError("bad transaction")


ledger = Ledger()
for number, line in enumerate(sys.stdin, start=1):
    try:
        ledger.execute(line)
    except LedgerError as error:
        print(f"line {number}: {error}")
for name, cents in sorted(ledger.balances.items()):
    print(name, format_amount(cents))
print("total", format_amount(sum(ledger.balances.values())))
