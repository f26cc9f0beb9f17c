"""Bring the sources' archives into the cache: verified by sha256, each written whole or not at all.

The cache is `$MIXLAW_CACHE`, else `$XDG_CACHE_HOME/mixlaw`, else `~/.cache/mixlaw`; an archive is stored under its
sha256 and never downloaded again.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path, PurePosixPath

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from mixlaw.corpus.sources.remote import file_system, location, tried
from mixlaw.corpus.sources.source import ARCHIVES, Source
from mixlaw.trial import MixlawError

THREADS = 6
_BLOCK = 1 << 20


def default_cache() -> Path:
    """Where downloaded archives are kept."""
    if named := os.environ.get("MIXLAW_CACHE"):
        return Path(named).expanduser()
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "mixlaw"


def sha256_of(path: Path) -> str:
    """Hash of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def fetch_all(sources: Iterable[Source], cache: Path, console: Console, folder: Path = Path()) -> dict[str, Path]:
    """Have every archive in the cache; returns sha256 -> path. Other kinds are not fetched.

    Relative paths of archives start from `folder`. Raises MixlawError for a source that cannot be had or is not what
    its sha256 says.
    """
    needed = {source.sha256: source for source in sources if source.kind in ARCHIVES}
    missing = {sha: source for sha, source in needed.items() if not _place(cache, sha).exists()}
    if missing:
        _download_missing(missing, cache, folder, console)
    return {sha: _place(cache, sha) for sha in needed}


def _place(cache: Path, sha256: str) -> Path:
    return cache / "archives" / sha256


def _download_missing(missing: Mapping[str, Source], cache: Path, folder: Path, console: Console) -> None:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    pool = ThreadPoolExecutor(THREADS)
    if not console.is_terminal:
        console.print(f"downloading sources: {len(missing)}")
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("downloading sources", total=len(missing))
        jobs: dict[Future[None], Source] = {
            pool.submit(_fetch_one, source, cache, folder): source for source in missing.values()
        }
        try:
            for job in as_completed(jobs):
                job.result()
                progress.update(task, advance=1, description=f"downloaded {jobs[job].label}")
        finally:
            # One failure ends the build: what has not begun is not worth waiting for.
            pool.shutdown(wait=True, cancel_futures=True)


def _fetch_one(source: Source, cache: Path, folder: Path) -> None:
    target = _place(cache, source.sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".part-") as part:
        archive = _download(source, Path(part), cache, folder)
        found = sha256_of(archive)
        if found != source.sha256:
            raise MixlawError(
                f"{source.label}: the downloaded {archive.name} has sha256 {found}, the spec says {source.sha256}; "
                "if the spec is of your own, check its sha256, otherwise do not use this file"
            )
        archive.replace(target)


def _download(source: Source, part: Path, cache: Path, folder: Path) -> Path:
    # The registries' clients are needed to fetch, and not where a corpus is only read, as on training workers.
    from mixlaw.corpus.sources.apt import download_debian
    from mixlaw.corpus.sources.registries import download_npm, download_pypi

    if source.kind == "archive":
        return _download_url(location(source.url, folder), part)
    if source.kind in ("debian-source", "debian-binary"):
        return download_debian(source, part, cache)
    return download_pypi(source, part) if source.kind == "pypi" else download_npm(source, part)


def _download_url(url: str, part: Path) -> Path:
    system, path = file_system(url)
    target = part / (PurePosixPath(path).name or "archive")
    tried(url, lambda: system.get_file(path, str(target)))
    return target
