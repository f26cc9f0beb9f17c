from __future__ import annotations

import io
import shutil
import subprocess
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from mixlaw.corpus.document import RawFile
from mixlaw.corpus.sources.wanted import MAX_FILE_BYTES
from mixlaw.trial import MixlawError

Read = Callable[..., list[RawFile]]
FILES = {"x-1/z.py": b"z = 1\n", "x-1/a/b.py": b"b = 1\n", "x-1/README.md": b"words\n", "x-1/large.py": b""}
SHA256 = "0" * 64


def tar_bytes(files: dict[str, bytes], mode: str) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as tar:  # pyright: ignore[reportCallIssue, reportArgumentType]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data) if data else MAX_FILE_BYTES + 1
            tar.addfile(info, io.BytesIO(data or bytes(info.size)))
        link = tarfile.TarInfo("x-1/link.py")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(link)
    return buffer.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data or bytes(MAX_FILE_BYTES + 1))
        link = zipfile.ZipInfo("x-1/link.py")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return buffer.getvalue()


def packed(files: dict[str, bytes], how: str) -> bytes:
    if how == "zip":
        return zipped(files)
    return pa.compress(tar_bytes(files, "w"), "zstd", asbytes=True) if how == "zst" else tar_bytes(files, how)


@pytest.mark.parametrize("how", ["w", "w:gz", "w:bz2", "w:xz", "zst", "zip"])
def test_the_wanted_files_come_in_the_archives_order_without_links_and_bundles(
    tmp_path: Path, read: Read, how: str
) -> None:
    archive = tmp_path / "x"
    archive.write_bytes(packed(FILES, how))
    files = read(archive, kind="archive", url="https://example.org/x-1", sha256=SHA256)
    assert [(file.path, file.data, file.origin) for file in files] == [
        ("z.py", b"z = 1\n", "https://example.org/x-1"),
        ("a/b.py", b"b = 1\n", "https://example.org/x-1"),
    ]


@pytest.mark.parametrize("how", ["w:gz", "zip"])
def test_an_archive_without_one_folder_around_it_keeps_its_paths(tmp_path: Path, read: Read, how: str) -> None:
    archive = tmp_path / "x"
    files = {"one/a.py": b"a = 1\n", "two/a.py": b"a = 2\n"}
    archive.write_bytes(packed(files, how))
    assert [f.path for f in read(archive, kind="archive", url="x.tar", sha256=SHA256)] == ["one/a.py", "two/a.py"]


@pytest.mark.parametrize("compression", ["none", "gzip", "xz", "zstd"])
def test_a_debian_package_is_read_at_its_own_paths(tmp_path: Path, read: Read, compression: str) -> None:
    if not shutil.which("dpkg-deb"):
        pytest.skip("dpkg-deb is not installed: apt-get install dpkg")
    tree = tmp_path / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    (tree / "DEBIAN" / "control").write_text(
        "Package: x\nVersion: 1\nArchitecture: all\nMaintainer: a <a@example.org>\nDescription: x\n"
    )
    (tree / "usr" / "share").mkdir(parents=True)
    (tree / "usr" / "share" / "a.py").write_text("a = 1\n")
    built = subprocess.run(
        ["dpkg-deb", "--root-owner-group", f"-Z{compression}", "--build", tree, tmp_path / "x.deb"],
        capture_output=True,
        text=True,
        check=False,
    )
    if compression == "zstd" and built.returncode:
        pytest.skip("this dpkg-deb cannot write Zstandard: dpkg 1.21.18 or later can")
    keys = {"kind": "debian-binary", "package": "x", "version": "1", "sha256": SHA256}
    assert [(file.path, file.data) for file in read(tmp_path / "x.deb", **keys)] == [("usr/share/a.py", b"a = 1\n")]


@pytest.mark.parametrize("how", ["w:gz", "w:xz", "zst", "zip"])
def test_a_truncated_archive_is_said(tmp_path: Path, read: Read, how: str) -> None:
    archive = tmp_path / "x"
    whole = packed({"x-1/m.py": bytes(range(256)) * 400}, how)
    archive.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(MixlawError, match=r"x 1 \(pypi\): its archive .* cannot be read .*; delete it"):
        read(archive, kind="pypi", package="x", version="1", sha256=SHA256)


def test_what_is_no_archive_is_said(tmp_path: Path, read: Read) -> None:
    archive = tmp_path / "x"
    archive.write_bytes(b"<html>404</html>" * 100)
    with pytest.raises(MixlawError, match="cannot be read"):
        read(archive, kind="archive", url="x.tar", sha256=SHA256)


def test_an_archive_without_a_wanted_file_is_said(tmp_path: Path, read: Read) -> None:
    archive = tmp_path / "x"
    archive.write_bytes(tar_bytes(FILES, "w:gz"))
    with pytest.raises(MixlawError, match=r"x 1 \(npm\) \(project p\) holds no rust files"):
        read(archive, kind="npm", package="x", version="1", sha256=SHA256, languages=["rust"])
