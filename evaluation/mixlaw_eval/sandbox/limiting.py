"""What runs inside, in front of the program: resource limits, and a small parent that waits for it."""

from __future__ import annotations

import math
import resource
from collections.abc import Sequence

from mixlaw_eval.sandbox.command import Command, Limits

RESULT = "/result"
"""Where `Command.output` is copied to, inside."""
ABSENT = b"\0absent\0"
"""Content of the result file until something is copied over it."""

# This shell is process 1 of the sandbox: it reaps orphans, and the kernel kills everything else when it ends. It says
# "Segmentation fault" and the like on standard error when the program dies by a signal. `exit` keeps it from replacing
# itself by the program. As root it stays root, and out of the program's reach: the kernel lets bubblewrap, when that
# dies, kill only what has bubblewrap's own user id.
_WAIT = '"$@"; exit $?'
# This one is as powerless as the program.
_COPY = (
    'result=$1; file=$2; shift 2; "$@"; code=$?; '
    'if [ $code = 0 ] && [ -f "$file" ] && [ ! -L "$file" ]; then cat -- "$file" >"$result"; fi; exit $code'
)
_SHELLS = 2


def _capped(kind: int, value: int) -> int:
    """`value`, or the hard limit of this process where that is lower: an ordinary user cannot raise it."""
    hard = resource.getrlimit(kind)[1]
    return value if hard == resource.RLIM_INFINITY else min(value, hard)


def resource_limits(limits: Limits) -> dict[str, str]:
    """Names and values for `prlimit`, per process; the watch over the whole tree is kept outside.

    RLIMIT_DATA is far above the limit on resident memory: it only stops what grows faster than the watch looks, and
    the garbage-collected runtimes map much more than they touch. RLIMIT_CPU is a second wall as well, and far off too:
    it counts whole timer ticks, on a loaded machine more of them than the process ran. A core limit of 1 byte, unlike
    0, also keeps the kernel from starting a crash handler of the machine (core_pattern with a pipe).
    """
    return {
        "core": "1",
        "cpu": "unlimited" if math.isinf(limits.cpu_s) else str(math.ceil(2 * limits.cpu_s) + 5),
        "data": str(_capped(resource.RLIMIT_DATA, 2 * limits.memory_bytes + 2**30)),
        "fsize": str(_capped(resource.RLIMIT_FSIZE, limits.file_bytes)),
        "memlock": str(_capped(resource.RLIMIT_MEMLOCK, 2**16)),
        "msgqueue": "0",
        "nofile": str(_capped(resource.RLIMIT_NOFILE, limits.open_files)),
        "nproc": str(_capped(resource.RLIMIT_NPROC, limits.processes + _SHELLS)),
        "stack": f"{_capped(resource.RLIMIT_STACK, 2**23)}:",
    }


def limited(
    command: Command, argv: Sequence[str], *, prlimit: str, result: str, demote: Sequence[str] = ()
) -> list[str]:
    """The command line that runs `argv` under the command's limits, behind `demote`, which becomes another user.

    On success the command's output is copied to the file `result`.
    """
    limits = [f"--{name}={value}" for name, value in resource_limits(command.limits).items()]
    copy = () if command.output is None else ("/bin/sh", "-c", _COPY, "sh", result, command.output)
    return ["/bin/sh", "-c", _WAIT, "sh", *demote, prlimit, *limits, *copy, *argv]
