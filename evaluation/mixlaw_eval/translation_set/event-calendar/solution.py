import re
import sys
from itertools import combinations
from typing import NamedTuple

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class Event(NamedTuple):
    name: str
    first: int
    last: int


def is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def parse_date(text: str) -> int:
    """The number of days since Monday, 1 January of the year 1."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text)
    year, month, day = map(int, match.groups() if match else (0, 0, 0))
    if year < 1 or not 1 <= month <= 12:
        raise ValueError(text)
    months = [days + (i == 1 and is_leap(year)) for i, days in enumerate(MONTH_DAYS)]
    if not 1 <= day <= months[month - 1]:
        raise ValueError(text)
    past = year - 1
    return past * 365 + past // 4 - past // 100 + past // 400 + sum(months[: month - 1]) + day - 1


def parse_event(line: str) -> Event:
    try:
        first, last, name = line.split()
        event = Event(name, parse_date(first), parse_date(last))
    except ValueError:
        raise ValueError(f"bad event: {line}") from None
    if event.last < event.first:
        raise ValueError(f"{name} ends before it begins")
    return event


events: list[Event] = []
for line in sys.stdin.read().splitlines():
    try:
        event = parse_event(line)
        events.append(event)
        print(f"{event.name}: {WEEKDAYS[event.first % 7]}, days: {event.last - event.first + 1}")
    except ValueError as error:
        print(error)
clashes = 0
for a, b in combinations(sorted(events, key=lambda event: event.first), 2):
    shared = min(a.last, b.last) - b.first + 1
    if shared > 0:
        clashes += 1
        print(f"{a.name} and {b.name} share days: {shared}")
print(f"clashes: {clashes}")
