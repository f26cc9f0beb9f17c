"""Files wherever they lie: a path, or a URL of anything that fsspec reads (https, s3, gs, hf), with clear errors.

Credentials and options come from the environment, as each client documents them (`AWS_PROFILE`, `HF_TOKEN`,
`GOOGLE_APPLICATION_CREDENTIALS`, `FSSPEC_S3_ANON=true`, ...).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import fsspec.core
from fsspec import AbstractFileSystem

from mixlaw.trial import MixlawError

ATTEMPTS = 4
Answer = TypeVar("Answer")
_OPTIONS: dict[str, dict[str, Any]] = {
    # Proxies that the environment names are used, as every other client of ours does.
    "http": {"client_kwargs": {"trust_env": True}},
    "https": {"client_kwargs": {"trust_env": True}},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A file below a root: its path there, its size in bytes, and what changes with its content if that is cheap."""

    path: str
    size: int
    mark: str


def location(path: str, folder: Path) -> str:
    """A URL as it is; a path from a folder, made absolute."""
    return path if "://" in path else str((folder / Path(path).expanduser()).absolute())


def file_system(url: str) -> tuple[AbstractFileSystem, str]:
    """The file system of a URL and the path in it.

    Raises MixlawError for a protocol that nothing here reads, with the package that would.
    """
    protocol = url.partition("://")[0] if "://" in url else "file"
    try:
        open_system = cast(Callable[..., tuple[AbstractFileSystem, str]], fsspec.core.url_to_fs)
        return open_system(url, **_OPTIONS.get(protocol, {}))
    except ImportError as error:
        raise MixlawError(f"{url}: {error}") from error
    except ValueError as error:
        raise MixlawError(f"{url} cannot be read: {error}") from error


def is_local(url: str) -> bool:
    """Whether a URL is a path of this machine."""
    return "://" not in url or url.startswith("file://")


@contextmanager
def refusals(url: str) -> Generator[None, None, None]:
    """What goes wrong inside while reading `url` becomes a MixlawError that says so."""
    try:
        yield
    except MixlawError:
        raise
    except Exception as error:  # every client behind fsspec has errors of its own
        reason = " ".join(str(error).split()) or type(error).__name__
        raise MixlawError(f"{url} cannot be read: {_kind(error)}{reason}{_advice(url)}") from error


def _kind(error: Exception) -> str:
    names = {FileNotFoundError: "not found: ", PermissionError: "no access: "}
    return next((name for kind, name in names.items() if isinstance(error, kind)), "")


def _advice(url: str) -> str:
    if url.startswith("hf://"):
        return "; check dataset, revision and files; if it is gated, ask for access there and run `hf auth login`"
    return "" if is_local(url) else "; check the address, the network and the credentials in the environment"


def tried(url: str, attempt: Callable[[], Answer]) -> Answer:
    """What `attempt` returns, tried a few times when reading `url` fails; a missing file is not tried again.

    Raises MixlawError when it keeps failing.
    """
    with refusals(url):
        for number in range(1, ATTEMPTS):
            try:
                return attempt()
            except (FileNotFoundError, PermissionError, MixlawError):
                raise
            except Exception:  # every client behind fsspec has errors of its own; the last one is reported
                time.sleep(0.5 * 2**number)
        return attempt()


def list_files(root: str, globs: tuple[str, ...]) -> list[Listed]:
    """The files below a root that one of the globs names, by path; a name without `*?[` must be there.

    Raises MixlawError naming the glob that matches nothing.
    """
    system, base = file_system(root)
    found: dict[str, Listed] = {}
    for glob in globs:
        url = f"{root}/{glob}"
        with refusals(url):
            matching = _matching(system, f"{base.rstrip('/')}/{glob}")
        if not matching:
            raise MixlawError(f"there is no file {url}; correct the path or the glob")
        for path, info in matching.items():
            below = path.removeprefix(base).lstrip("/")
            found[below] = Listed(path=below, size=int(info["size"] or 0), mark=_mark(info))
    return [found[path] for path in sorted(found)]


def _matching(system: AbstractFileSystem, pattern: str) -> dict[str, Any]:
    if not any(sign in pattern for sign in "*?["):
        info = cast(dict[str, Any], system.info(pattern))
        if info["type"] != "file":
            raise MixlawError(f"{pattern} is a folder; name its files by a glob, as in {pattern}/**/*.parquet")
        return {pattern: info}
    matched = cast(dict[str, dict[str, Any]], system.glob(pattern, detail=True))
    return {path: info for path, info in matched.items() if info["type"] == "file"}


def _mark(info: dict[str, Any]) -> str:
    """An object's checksum where the listing brings one, else its size."""
    for key in ("ETag", "etag", "blob_id", "md5Hash", "crc32c"):
        if info.get(key):
            return str(info[key])
    return str(info["size"])
