"""The standard library of an installed toolchain: where it lies, and what of it is not the library itself."""

from __future__ import annotations

import dataclasses
import os
import platform
import re
import shutil
import subprocess
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mixlaw.corpus.sources.source import Source
from mixlaw.trial import MixlawError


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A standard library's sources: a folder, or the JDK's zip. Empty `version` where it was not asked for."""

    place: Path
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Toolchain:
    find: Callable[[], Library | None]
    exclude: tuple[str, ...]
    """Tests' data and other projects' code."""
    missing: str
    """How to get it."""


def library_of(source: Source) -> tuple[Source, Path]:
    """Where the source's toolchain has its library, and the source with the globs that keep out what is not library.

    Raises MixlawError when the toolchain or its sources are not installed, or are of another version.
    """
    toolchain = _TOOLCHAINS[source.toolchain]
    library = toolchain.find()
    if library is None:
        raise MixlawError(
            f"the toolchain {source.toolchain} (project {source.project}) or its sources are not installed: "
            f"{toolchain.missing}"
        )
    if source.version and not f"{library.version}.".startswith(f"{source.version}."):
        raise MixlawError(
            f"the spec wants {source.toolchain} {source.version} (project {source.project}), installed is "
            f"{library.version}; install that version, or change the spec"
        )
    return dataclasses.replace(source, exclude=(*source.exclude, *toolchain.exclude)), library.place


def _cpython() -> Library | None:
    place = Path(sysconfig.get_path("stdlib"))
    return Library(place=place, version=platform.python_version()) if (place / "os.py").is_file() else None


def _go() -> Library | None:
    root = _answer("go", "env", "GOROOT")
    place = Path(root) / "src" if root else Path()
    version = _answer("go", "env", "GOVERSION").removeprefix("go")
    # Debian keeps the sources elsewhere, behind a link.
    return Library(place=place.resolve(), version=version) if root and place.is_dir() else None


def _rust() -> Library | None:
    root = _answer("rustc", "--print", "sysroot")
    version = _number(_answer("rustc", "--version"))
    places = [Path(root) / "lib/rustlib/src/rust/library", Path(f"/usr/src/rustc-{version}/library")]
    return next((Library(place=place.resolve(), version=version) for place in places if root and place.is_dir()), None)


def _jdk() -> Library | None:
    home = os.environ.get("JAVA_HOME", "")
    javac = shutil.which(str(Path(home, "bin", "javac")) if home else "javac")
    if javac is None:
        return None
    home = Path(javac).resolve().parent.parent
    zips = [home / "lib" / "src.zip", home / "src.zip"]
    return next((Library(place=zipped, version=_jdk_version(javac)) for zipped in zips if zipped.is_file()), None)


def _jdk_version(javac: str) -> str:
    return _number(_answer(javac, "-version"))


def _number(text: str) -> str:
    """The version in what a compiler says of itself: `rustc 1.63.0 (...)`, `javac 17.0.18`."""
    found = re.search(r"\d+(?:\.\d+)*", text)
    return found.group() if found else ""


def _answer(*command: str) -> str:
    """What a command prints; empty when it is not installed or fails."""
    try:
        said = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    # Java 8 says its version on the other stream.
    return "" if said.returncode else (said.stdout.strip() or said.stderr.strip())


_TOOLCHAINS = {
    "cpython": _Toolchain(
        find=_cpython,
        exclude=("test/**", "**/test/**", "**/tests/**", "idlelib/idle_test/**"),
        missing="Debian has it in the package libpython3-stdlib",
    ),
    "go": _Toolchain(
        find=_go,
        exclude=("**/testdata/**", "**/vendor/**"),
        missing="install Go (https://go.dev/dl), or Debian's golang-go and golang-src",
    ),
    "jdk": _Toolchain(
        find=_jdk,
        exclude=(),
        missing="install a JDK with its src.zip, as Debian's default-jdk with openjdk-17-source, or set JAVA_HOME",
    ),
    "rust": _Toolchain(
        find=_rust,
        exclude=("vendor/**",),
        missing="run `rustup component add rust-src`, or install Debian's rustc and rust-src",
    ),
}
