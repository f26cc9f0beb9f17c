"""The filter on system calls: a classic BPF program for seccomp(2), as bubblewrap's --seccomp reads it.

What no honest program of the seven languages calls kills the process by SIGSYS (`Outcome.ended` is then "violation").
What runtimes try and do without fails with an error code. So does every system call younger than this list. All else
is allowed: it is judged by the namespaces, by the lack of capabilities, and by the limits.
"""

from __future__ import annotations

import errno
import platform
import struct
from dataclasses import dataclass

from mixlaw.trial import MixlawError

NEWEST = 450
"""Number of the newest system call that was judged, on every machine (set_mempolicy_home_node, Linux 5.17)."""

# name: (number on x86_64, number on aarch64); None: not there.
FATAL: dict[str, tuple[int | None, int | None]] = {
    # Other processes
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    # Mounts and namespaces
    "mount": (165, 40),
    "umount2": (166, 39),
    "pivot_root": (155, 41),
    "chroot": (161, 51),
    "open_tree": (428, 428),
    "move_mount": (429, 429),
    "fsopen": (430, 430),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fspick": (433, 433),
    "mount_setattr": (442, 442),
    "setns": (308, 268),
    "unshare": (272, 97),
    "open_by_handle_at": (304, 265),
    # The kernel and the machine
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    "kexec_load": (246, 104),
    "kexec_file_load": (320, 294),
    "init_module": (175, 105),
    "finit_module": (313, 273),
    "delete_module": (176, 106),
    "reboot": (169, 142),
    "swapon": (167, 224),
    "swapoff": (168, 225),
    "acct": (163, 89),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "settimeofday": (164, 170),
    "clock_settime": (227, 112),
    "sethostname": (170, 161),
    "setdomainname": (171, 162),
    "syslog": (103, 116),
    "vhangup": (153, 58),
    "lookup_dcookie": (212, 18),
    "fanotify_init": (300, 262),
    "iopl": (172, None),
    "ioperm": (173, None),
    "modify_ldt": (154, None),
    "uselib": (134, None),
}
UNKNOWN: dict[str, tuple[int | None, int | None]] = {
    # Its flags lie in memory, where a filter cannot read them; C libraries fall back on clone.
    "clone3": (435, 435),
    # A large surface, and a way around this filter. Node tries it.
    "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    # Memory that belongs to no process, which no limit would count.
    "memfd_create": (319, 279),
    "memfd_secret": (447, 447),
    "shmget": (29, 194),
    "shmat": (30, 196),
    "msgget": (68, 186),
    "semget": (64, 190),
    "mq_open": (240, 180),
    "vmsplice": (278, 75),
}
DENIED: dict[str, tuple[int | None, int | None]] = {
    "adjtimex": (159, 171),
    "clock_adjtime": (305, 266),
    "kcmp": (312, 272),
    "mbind": (237, 235),
    "migrate_pages": (256, 238),
    "move_pages": (279, 239),
    "name_to_handle_at": (303, 264),
    "personality": (135, 92),
    "process_madvise": (440, 440),
    "set_mempolicy": (238, 237),
    "set_mempolicy_home_node": (450, 450),
}
_CLONE = (56, 220)
_IOCTL = (16, 29)
_SOCKET = (41, 198)
_SOCKETPAIR = (53, 199)

_NEW_NAMESPACES = 0x7E020000
"""CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET (sched.h)."""
_TERMINAL_INPUT = (0x5412, 0x541C)
"""TIOCSTI, TIOCLINUX: put characters into the terminal's input."""
_SOCKETS = (1, 2, 10)
"""AF_UNIX, AF_INET, AF_INET6: within the sandbox's own network of one loopback."""

_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
"""Column of the tables, and AUDIT_ARCH (linux/audit.h)."""
_FOREIGN_BIT = 0x40000000
"""Of x32's calls on x86_64."""

# linux/bpf_common.h and linux/seccomp.h
_LOAD, _JUMP_EQUAL, _JUMP_GREATER, _JUMP_ANY_BIT, _RETURN = 0x20, 0x15, 0x25, 0x45, 0x06
_ALLOW, _ERRNO, _KILL_PROCESS = 0x7FFF0000, 0x00050000, 0x80000000
_NUMBER_AT, _ARCHITECTURE_AT, _ARGUMENT_0_AT, _ARGUMENT_1_AT = 0, 4, 16, 24
"""Offsets in struct seccomp_data; of an argument, its low half on these little-endian machines."""
_RETURNS = {
    "allow": _ALLOW,
    "fatal": _KILL_PROCESS,
    "unknown": _ERRNO | errno.ENOSYS,
    "denied": _ERRNO | errno.EPERM,
    "no family": _ERRNO | errno.EAFNOSUPPORT,
}


@dataclass(frozen=True, slots=True)
class _Step:
    """One instruction; jumps name a label, and None is the next instruction. `label` names this one."""

    code: int
    value: int
    if_true: str | None = None
    if_false: str | None = None
    label: str | None = None


def _encoded(steps: list[_Step]) -> bytes:
    """struct sock_filter for each: 16-bit code, two 8-bit jump distances, 32-bit value."""
    places = {step.label: place for place, step in enumerate(steps) if step.label}

    def distance(place: int, label: str | None) -> int:
        return 0 if label is None else places[label] - place - 1

    return b"".join(
        struct.pack("=HBBI", step.code, distance(place, step.if_true), distance(place, step.if_false), step.value)
        for place, step in enumerate(steps)
    )


def _arguments(column: int) -> list[_Step]:
    """The calls that are judged by an argument, after the number has been found to be one of theirs."""
    families = [_Step(_JUMP_EQUAL, family, "allow") for family in _SOCKETS]
    inputs = [_Step(_JUMP_EQUAL, command, "denied") for command in _TERMINAL_INPUT]
    return [
        _Step(_JUMP_EQUAL, _CLONE[column], "clone"),
        _Step(_JUMP_EQUAL, _IOCTL[column], "ioctl"),
        _Step(_JUMP_EQUAL, _SOCKET[column], "socket"),
        _Step(_JUMP_EQUAL, _SOCKETPAIR[column], "socket", "allow"),
        _Step(_LOAD, _ARGUMENT_0_AT, label="clone"),
        _Step(_JUMP_ANY_BIT, _NEW_NAMESPACES, "fatal", "allow"),
        _Step(_LOAD, _ARGUMENT_1_AT, label="ioctl"),
        *inputs,
        _Step(_RETURN, _ALLOW),
        _Step(_LOAD, _ARGUMENT_0_AT, label="socket"),
        *families,
        _Step(_RETURN, _RETURNS["no family"]),
    ]


def filter_program(machine: str | None = None) -> bytes:
    """The filter for a machine ("x86_64", "aarch64"; this one's by default). Raises MixlawError for others."""
    machine = machine or platform.machine()
    if machine not in _MACHINES:
        raise MixlawError(f"the sandbox knows the system calls of {', '.join(_MACHINES)}, not of {machine}")
    column, architecture = _MACHINES[machine]
    steps = [
        _Step(_LOAD, _ARCHITECTURE_AT),
        _Step(_JUMP_EQUAL, architecture, None, "fatal"),
        _Step(_LOAD, _NUMBER_AT),
        _Step(_JUMP_ANY_BIT, _FOREIGN_BIT, "fatal"),
        _Step(_JUMP_GREATER, NEWEST, "unknown"),
    ]
    for label, calls in (("fatal", FATAL), ("unknown", UNKNOWN), ("denied", DENIED)):
        numbers = (numbers[column] for numbers in calls.values())
        steps += [_Step(_JUMP_EQUAL, number, label) for number in numbers if number is not None]
    steps += _arguments(column)
    return _encoded(steps + [_Step(_RETURN, value, label=label) for label, value in _RETURNS.items()])
