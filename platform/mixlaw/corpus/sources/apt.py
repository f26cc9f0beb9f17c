"""Debian's packages through apt, with the machine's own repositories and keys, and without touching its state.

apt runs on a state folder of its own in the cache: its sources are the machine's, each with its source packages
switched on. Root is not needed. Nothing that a package brings is unpacked or run.
"""

from __future__ import annotations

import os
import platform
import re
import shlex
import shutil
import subprocess
import threading
from functools import lru_cache
from pathlib import Path

from filelock import FileLock

from mixlaw.corpus.sources.source import Source
from mixlaw.trial import MixlawError

_lock = threading.Lock()


def download_debian(source: Source, folder: Path, cache: Path) -> Path:
    """Fetch a binary package, or the tarball of a source package that its authors released (`.orig.tar.*`).

    `file` names one of several tarballs, or its component. A source package's other revision of the same release will
    do: its tarball is the same, as the sha256 proves. Raises MixlawError when apt is missing or has no such version.
    """
    if shutil.which("apt-get") is None:
        raise MixlawError(
            f"{source.label} comes through apt, which this machine does not have: run the command on Debian or Ubuntu "
            "(or in their container), or replace the source"
        )
    with _lock:  # apt's clients share one cache
        config = _updated(cache / "apt")
    from_source = source.kind == "debian-source"
    version = _version(source, _offered(config, source.package, from_source))
    how = ["source", "--download-only", "--only-source", "--tar-only"] if from_source else ["download"]
    said = _run(config, "apt-get", *how, f"{source.package}={version}", folder=folder)
    # A mirror may lack some of a source package's files: what counts is whether ours arrived.
    names = [path.name for path in folder.iterdir() if path.suffix != ".part"]
    name = wanted_tarball(source, names) if from_source else next((n for n in names if n.endswith(".deb")), None)
    if name is None:
        raise MixlawError(
            f"{source.label}: {_why_not(source, names, said)}; check package, version and file in the spec and the "
            "machine's apt sources"
        )
    return folder / name


def _why_not(source: Source, names: list[str], said: subprocess.CompletedProcess[str]) -> str:
    if source.file and names:
        return f"has no tarball {source.file}, only {', '.join(sorted(names))}"
    errors = [line for line in said.stderr.splitlines() if line.startswith("E: ")]
    return f"apt did not bring the file: {errors[0].removeprefix('E: ') if errors else f'exit code {said.returncode}'}"


def wanted_tarball(source: Source, names: list[str]) -> str | None:
    """Of a source package's files the one with the authors' code: the main one, or the one that `file` says."""
    tarballs = sorted(name for name in names if re.search(r"\.tar\.\w+$", name) and ".debian.tar." not in name)
    if source.file:
        return next((name for name in tarballs if name == source.file or f".orig-{source.file}.tar." in name), None)
    # A native package has one tarball, without `.orig`.
    main = [name for name in tarballs if ".orig.tar." in name] or [name for name in tarballs if ".orig-" not in name]
    return main[0] if main else None


def _version(source: Source, offered: list[str]) -> str:
    if source.version in offered:
        return source.version
    release = _release(source.version)
    same = [version for version in offered if _release(version) == release]
    if same and source.kind == "debian-source":
        return same[0]
    raise MixlawError(
        f"{source.label}: apt on this machine ({_distribution()}) offers "
        f"{'version ' + ', '.join(offered) if offered else 'no package of this name'}; name that in the spec, with its "
        "sha256, or run the command on the distribution's release that has the version of the spec"
    )


def _release(version: str) -> str:
    """The authors' part of a Debian version: 1.2 of 1:1.2-3 (deb-version(7))."""
    return re.sub(r"^\d+:|-[^-]*$", "", version)


def _distribution() -> str:
    try:
        return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    except OSError:
        return "Linux"


def _offered(config: Path, package: str, from_source: bool) -> list[str]:
    """Versions that apt has, newest first: lines of `package | version | archive Sources`."""
    listed = _run(config, "apt-cache", "madison", package).stdout
    rows = [[part.strip() for part in line.split("|")] for line in listed.splitlines()]
    found = [row[1] for row in rows if len(row) == 3 and row[2].endswith(" Sources") == from_source]
    return list(dict.fromkeys(found))


def _run(config: Path, program: str, *arguments: str, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [program, "-c", str(config), "-q", *arguments]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@lru_cache
def _updated(state: Path) -> Path:
    """apt's configuration for a state folder with fresh lists; once per process."""
    for name in ("lists/partial", "archives/partial", "sources.list.d"):
        (state / name).mkdir(parents=True, exist_ok=True)
    config = state / "apt.conf"
    with FileLock(state / "lock"):
        (state / "status").touch()
        config.write_text(_configuration(state))
        _write_sources(state)
        # One repository that cannot be had is no reason to stop: the package may lie in another.
        _run(config, "apt-get", "update")
        _run(config, "apt-cache", "gencaches")
    return config


def _configuration(state: Path) -> str:
    lines = [
        f'Dir::Etc::SourceList "{state}/sources.list";',
        f'Dir::Etc::SourceParts "{state}/sources.list.d";',
        f'Dir::State::Lists "{state}/lists";',
        f'Dir::State::Status "{state}/status";',
        f'Dir::Cache "{state}";',
        'Dir::Cache::PkgCache "pkgcache.bin";',
        'Dir::Cache::SrcPkgCache "srcpkgcache.bin";',
        'Acquire::Languages "none";',
        'Acquire::Retries "3";',
        # What a machine does after its own updates is not ours to do.
        *(f"#clear APT::Update::{hook};" for hook in ("Pre-Invoke", "Post-Invoke", "Post-Invoke-Success")),
    ]
    if os.geteuid() == 0:  # apt would fetch as a user who may not write here
        lines.append('APT::Sandbox::User "root";')
    return "\n".join(lines) + "\n"


def _write_sources(state: Path) -> None:
    """The machine's sources, each with its source packages."""
    answer = subprocess.run(
        ["apt-config", "shell", "LIST", "Dir::Etc::sourcelist/f", "PARTS", "Dir::Etc::sourceparts/d"],
        capture_output=True,
        text=True,
        check=False,
    )
    places = dict(part.split("=", 1) for part in shlex.split(answer.stdout))
    parts = Path(places.get("PARTS", "/etc/apt/sources.list.d"))
    lists = [Path(places.get("LIST", "/etc/apt/sources.list")), *sorted(parts.glob("*.list"))]
    lines = [line for file in lists if file.is_file() for line in with_source_lines(file.read_text())]
    (state / "sources.list").write_text("".join(f"{line}\n" for line in dict.fromkeys(lines)))
    for file in sorted(parts.glob("*.sources")):
        (state / "sources.list.d" / file.name).write_text(with_source_types(file.read_text()))


def with_source_lines(text: str) -> list[str]:
    """The `deb` and `deb-src` lines of a sources.list, each `deb` with its `deb-src` (sources.list(5))."""
    lines: list[str] = []
    for line in text.splitlines():
        kind, _, rest = line.strip().partition(" ")
        if kind in ("deb", "deb-src") and "cdrom:" not in rest:
            lines += [f"{kind} {rest.strip()}", f"deb-src {rest.strip()}"]
    return list(dict.fromkeys(lines))


def with_source_types(text: str) -> str:
    """A deb822 file with every stanza of both types, and only the indexes that packages are found by."""
    both = "Types: deb deb-src\nTargets: Packages Sources"
    return re.sub(r"^Types:.*$", both, text, flags=re.MULTILINE | re.IGNORECASE)
