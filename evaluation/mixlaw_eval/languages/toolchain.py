"""Where the tools of a language are on this machine, which version they have, and how to get them.

Nothing is compiled or run but `--version`, once per tool and process.
"""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import cast

from mixlaw.trial import MixlawError
from mixlaw_eval.languages.language import Tool, Toolchain

SYSTEM_FOLDERS = (Path("/usr"), Path("/bin"), Path("/sbin"), Path("/lib"), Path("/lib64"))
"""What every sandbox shows of the machine (read-only)."""

_VERSION = re.compile(r"\d+(?:\.\d+)+[\w.+-]*")
_VERSION_TIMEOUT_S = 60


def find_tool(
    name: str,
    *,
    install: str,
    places: Iterable[Path] = (),
    version: tuple[str, ...] = ("--version",),
    optional: bool = False,
) -> Tool:
    """The program `name` on PATH, else in the folders `places`, in their order; symbolic links are kept.

    A file that does not answer to `version` (a broken installation) counts as absent.
    """
    found = shutil.which(name)
    candidates = [Path(found)] if found else []
    candidates += [folder / name for folder in (*places, *standard_places())]
    for path in candidates:
        if path.is_file() and os.access(path, os.X_OK) and (answer := version_of(path, version)):
            return Tool(name=name, path=path.absolute(), version=answer, install=install, optional=optional)
    return Tool(name=name, path=None, version="", install=install, optional=optional)


def find_file(name: str, places: Iterable[Path], *, version: str, install: str, optional: bool = True) -> Tool:
    """The first of `places` that exists, as a tool called `name`; for libraries that no command answers for."""
    path = next((place for place in places if place.exists()), None)
    return Tool(name=name, path=path, version=version if path else "", install=install, optional=optional)


def standard_places() -> tuple[Path, ...]:
    """Folders of programs that are often not on PATH: this Python's environment, /usr/local, the user's own."""
    return (Path(sys.prefix) / "bin", Path("/usr/local/bin"), Path.home() / ".local" / "bin")


def require(toolchain: Toolchain) -> tuple[Path, ...]:
    """Where the tools are that a language cannot do without. Raises MixlawError when one is missing."""
    for tool in toolchain.missing:
        raise MixlawError(f"{toolchain.language} needs {tool.name}, which is not installed; get it: {tool.install}")
    return tuple(tool.path for tool in toolchain.tools if tool.path is not None and not tool.optional)


@functools.cache
def version_of(path: Path, arguments: tuple[str, ...]) -> str:
    """The first version number that the program prints, or "" when it does not start or fails."""
    try:
        done = subprocess.run(
            [path, *arguments],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_VERSION_TIMEOUT_S,
            check=True,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    match = _VERSION.search(done.stdout) or _VERSION.search(done.stderr)
    return match[0] if match else "unknown"


@functools.cache
def package_version(folder: Path) -> str:
    """The version in a Node package's `package.json`, or "" when there is none."""
    try:
        package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(cast("dict[str, object]", package).get("version", "")) if isinstance(package, dict) else ""


def node_package_places() -> tuple[Path, ...]:
    """`node_modules` folders: beside the project, in this Python's environment, and where npm installs globally."""
    here = Path.cwd()
    folders = [folder / "node_modules" for folder in (here, *here.parents)]
    folders += [folder / ".venv" / "node" / "node_modules" for folder in (here, *here.parents)]
    folders += [Path(sys.prefix) / "node" / "node_modules"]
    node = shutil.which("node")
    prefixes = [Path(node).resolve().parents[1]] if node else []
    prefixes += [Path("/usr/local"), Path("/usr"), Path.home() / ".npm-global", Path.home() / ".local"]
    folders += [prefix / "lib" / "node_modules" for prefix in prefixes]
    folders += [Path("/usr/share/nodejs")]
    return tuple(folder for folder in dict.fromkeys(folders) if folder.is_dir())


def read_only(*paths: Path) -> tuple[Path, ...]:
    """Those of `paths` (installation folders) that a sandbox does not show by itself, links followed.

    Both the path as it is called and the place that it leads to are given, where they differ.
    """
    wanted = [place for path in paths for place in (path, path.resolve())]
    return tuple(path for path in dict.fromkeys(wanted) if path.exists() and not _is_shown(path))


def _is_shown(path: Path) -> bool:
    return any(path.is_relative_to(folder) for folder in SYSTEM_FOLDERS)
