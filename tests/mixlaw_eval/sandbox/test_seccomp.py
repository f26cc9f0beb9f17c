"""The filter, run by an interpreter of its own: what it says on machines that the tests do not run on, too."""

from __future__ import annotations

import struct

import pytest

from mixlaw.trial import MixlawError
from mixlaw_eval.sandbox.seccomp import DENIED, FATAL, UNKNOWN, filter_program

MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
ALLOW, KILL = 0x7FFF0000, 0x80000000
ENOSYS, EPERM, EAFNOSUPPORT = 0x50000 + 38, 0x50000 + 1, 0x50000 + 97


def verdict(machine: str, number: int, *arguments: int, architecture: int | None = None) -> int:
    """Runs the program on a struct seccomp_data."""
    six = (*arguments, *[0] * (6 - len(arguments)))
    data = struct.pack("<IIQ6Q", number, MACHINES[machine][1] if architecture is None else architecture, 0, *six)
    program = list(struct.iter_unpack("<HBBI", filter_program(machine)))
    accumulator, place = 0, 0
    while True:
        code, if_true, if_false, value = program[place]
        place += 1
        if code == 0x20:
            (accumulator,) = struct.unpack_from("<I", data, value)
        elif code == 0x06:
            return value
        else:
            holds = {0x15: accumulator == value, 0x25: accumulator > value, 0x45: bool(accumulator & value)}[code]
            place += if_true if holds else if_false


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(("calls", "expected"), [(FATAL, KILL), (UNKNOWN, ENOSYS), (DENIED, EPERM)])
def test_every_call_of_the_lists(machine: str, calls: dict[str, tuple[int | None, int | None]], expected: int) -> None:
    numbers = [numbers[MACHINES[machine][0]] for numbers in calls.values()]
    assert {verdict(machine, number) for number in numbers if number is not None} == {expected}


@pytest.mark.parametrize("machine", MACHINES)
def test_everything_else_that_is_known_is_allowed_and_the_unknown_is_not(machine: str) -> None:
    column = MACHINES[machine][0]
    listed = {numbers[column] for calls in (FATAL, UNKNOWN, DENIED) for numbers in calls.values()}
    by_argument = {(56, 220), (29, 29), (41, 198), (53, 199)}
    free = set(range(451)) - listed - {pair[column] for pair in by_argument}
    assert {verdict(machine, number) for number in free} == {ALLOW}
    assert {verdict(machine, number) for number in (451, 500, 2**20)} == {ENOSYS}


@pytest.mark.parametrize("machine", MACHINES)
def test_calls_judged_by_an_argument(machine: str) -> None:
    column = MACHINES[machine][0]
    clone, ioctl, socket, socketpair = ((56, 220)[column], (16, 29)[column], (41, 198)[column], (53, 199)[column])
    threads = 0x003D0F00  # what pthread_create asks for
    assert verdict(machine, clone, threads) == verdict(machine, clone, 17) == ALLOW
    assert verdict(machine, clone, 0x10000000 | 17) == verdict(machine, clone, 0x40000000) == KILL
    assert verdict(machine, ioctl, 0, 0x5412) == verdict(machine, ioctl, 0, 0x1_0000_5412) == EPERM
    assert verdict(machine, ioctl, 0, 0x5401) == ALLOW
    for call in (socket, socketpair):
        assert [verdict(machine, call, family) for family in (1, 2, 10)] == [ALLOW] * 3
        assert [verdict(machine, call, family) for family in (0, 3, 16, 17, 38, 40)] == [EAFNOSUPPORT] * 6


@pytest.mark.parametrize("machine", MACHINES)
def test_no_other_architecture(machine: str) -> None:
    assert verdict(machine, 0, architecture=0x40000003) == KILL  # i386
    assert verdict(machine, 0x40000000) == KILL  # x32


def test_an_unknown_machine_is_refused() -> None:
    with pytest.raises(MixlawError, match="riscv64"):
        filter_program("riscv64")
