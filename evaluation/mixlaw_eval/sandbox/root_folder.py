"""The file system that a program sees: the system's programs read-only, its own files, and a small scratch."""

from __future__ import annotations

import functools
from pathlib import Path, PurePosixPath

from mixlaw_eval.sandbox.command import Command
from mixlaw_eval.sandbox.handles import Handles

PROGRAM = "/program"
SCRATCH = "/scratch"
# What the dynamic linker, Java and Mono read at their start. Nothing else of /etc is there.
_CONFIGURATION = ("alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "localtime", "mono")
ENVIRONMENT = {"HOME": SCRATCH, "LANG": "C.UTF-8", "PATH": "/usr/local/bin:/usr/bin:/bin", "TMPDIR": SCRATCH}
_DEVICES = ("null", "zero", "full", "random", "urandom")


@functools.cache
def _system() -> tuple[str, ...]:
    """The same for every command on this machine."""
    arguments = ["--ro-bind", "/usr", "/usr"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        folder = Path("/", name)
        if folder.is_symlink():
            arguments += ["--symlink", str(folder.readlink()), str(folder)]
        elif folder.is_dir():
            arguments += ["--ro-bind", str(folder), str(folder)]
    arguments += ["--perms", "0755", "--dir", "/etc", "--perms", "0755", "--dir", "/dev", "--proc", "/proc"]
    java = (path.name for path in Path("/etc").glob("java*"))
    for path in (Path("/etc", name) for name in (*_CONFIGURATION, *java)):
        if path.exists():
            arguments += ["--ro-bind", str(path), str(path)]
    for name in _DEVICES:
        arguments += ["--dev-bind", f"/dev/{name}", f"/dev/{name}"]
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        arguments += ["--symlink", f"/proc/self/fd/{number}", f"/dev/{name}"]
    for name in ("/tmp", "/dev/shm"):
        arguments += ["--symlink", SCRATCH, name]
    return (*arguments, "--symlink", "/proc/self/fd", "/dev/fd")


def read_only_root(command: Command, handles: Handles, *, uid: int) -> list[str]:
    """Bubblewrap's arguments that build it; everything but the scratch becomes read-only at the end.

    Raises ValueError when a name in `files` leads out of the folder of the program.
    """
    limits = command.limits
    arguments = [*_system(), "--size", str(limits.scratch_bytes), "--perms", "1777", "--tmpfs", SCRATCH]
    for path in command.read_only:
        arguments += [*_parents(path), "--ro-bind", str(path), _inside(path)]
    names = {"/etc/passwd": f"program:x:{uid}:{uid}::{SCRATCH}:/bin/sh\n", "/etc/group": f"program:x:{uid}:\n"}
    for name, text in names.items():
        arguments += ["--perms", "0444", "--file", str(handles.pass_on(handles.content(text.encode()))), name]
    arguments += ["--perms", "0755", "--dir", PROGRAM]
    for name, content in command.files.items():
        source = handles.content(content) if isinstance(content, bytes) else handles.file(content)
        arguments += ["--perms", "0555", "--file", str(handles.pass_on(source)), inside_program(name)]
    for name, value in (ENVIRONMENT | dict(command.environment)).items():
        arguments += ["--setenv", name, value]
    return [*arguments, "--chdir", SCRATCH]


def _parents(path: Path) -> list[str]:
    """Make the folders above it, readable by all: bubblewrap would copy the modes that they have on this machine."""
    above = [str(folder) for folder in reversed(Path(_inside(path)).parents)]
    made = (folder for folder in above if folder not in ("/", "/usr", SCRATCH))
    return [word for folder in made for word in ("--perms", "0755", "--dir", folder)]


def _inside(path: Path) -> str:
    """Where a program sees a path: `/tmp` is its scratch, by a symbolic link that no mount may go through."""
    shared = next((folder for folder in ("/tmp", "/dev/shm") if path.is_relative_to(folder)), None)
    return str(path if shared is None else SCRATCH / path.relative_to(shared))


def inside_program(name: str) -> str:
    """Where a file of the program is. Raises ValueError when the name leads elsewhere."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts:
        raise ValueError(f"files are named relative to the folder of the program, got {name!r}")
    return f"{PROGRAM}/{path}"
