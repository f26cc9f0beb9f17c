from __future__ import annotations

import dataclasses
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mixlaw.corpus.document import RawFile
from mixlaw.corpus.sources.folder import folder_units
from mixlaw.corpus.sources.source import Source
from mixlaw.corpus.sources.units import inputs_of, read_unit, units_of
from mixlaw.corpus.sources.wanted import MAX_FILE_BYTES
from mixlaw.corpus.spec import CorpusSpec
from mixlaw.trial import MixlawError

SpecOf = Callable[..., CorpusSpec]
Read = Callable[..., list[RawFile]]


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"# {name}\n")


def git(folder: Path, *arguments: str) -> None:
    name = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *name, *arguments], cwd=folder, check=True, capture_output=True)


def test_files_come_in_order_without_links_and_with_their_origin(tmp_path: Path, read: Read) -> None:
    write(tmp_path / "p", "b.py", "a/z.py", "a.py", ".venv/x.py", "README.md")
    (tmp_path / "p" / "link.py").symlink_to("/etc/passwd")
    (tmp_path / "p" / "data.py").write_bytes(b"x" * (MAX_FILE_BYTES + 1))
    files = read(kind="folder", path="p")
    assert [file.path for file in files] == ["a.py", "a/z.py", "b.py"]
    assert files[0] == RawFile(domain="python", project="p", path="a.py", licence="MIT", data=b"# a.py\n", origin="p")


def test_a_checkout_gives_what_git_does_not_ignore(tmp_path: Path, read: Read) -> None:
    folder = tmp_path / "p"
    write(folder, "kept.py", "new.py", "gone.py", "made/out.py", "forced/out.py")
    (folder / ".gitignore").write_text("made/\nforced/\n")
    git(folder, "init", "-q")
    git(folder, "add", "kept.py", "gone.py")
    git(folder, "add", "-f", "forced/out.py")
    git(folder, "commit", "-qm", "x")
    (folder / "gone.py").unlink()
    assert [file.path for file in read(kind="folder", path="p")] == ["forced/out.py", "kept.py", "new.py"]


def test_a_checkout_that_git_cannot_read_is_named(tmp_path: Path, spec_of: SpecOf) -> None:
    write(tmp_path / "p", "a.py", ".git/HEAD")
    with pytest.raises(MixlawError, match=f"git cannot list the checkout {tmp_path}/p: fatal"):
        units_of(spec_of(kind="folder", path="p"), {})


@settings(max_examples=50, deadline=None)
@given(sizes=st.lists(st.integers(0, 40), min_size=1, max_size=12), piece_bytes=st.integers(1, 100))
def test_pieces_hold_every_file_once_and_in_order(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], piece_bytes: int
) -> None:
    folder = tmp_path_factory.mktemp("pieces")
    for number, size in enumerate(sizes):
        (folder / f"{number:02d}.py").write_bytes(b"x" * size)
    source = Source(project="p", kind="folder", path=str(folder), licence="MIT", languages=("python",))
    units = folder_units(source, folder, piece_bytes)
    files = [file for unit in units for file in read_unit(unit)]
    assert [(file.path, len(file.data)) for file in files] == [(f"{n:02d}.py", size) for n, size in enumerate(sizes)]
    assert all(len(unit.files) == 1 or sum(sizes[int(f[:2])] for f in unit.files) <= piece_bytes for unit in units)


def test_names_of_units_sort_in_the_order_of_the_spec(tmp_path: Path, spec_of: SpecOf) -> None:
    write(tmp_path / "p", "a.py")
    spec = spec_of(kind="folder", path="p")
    spec = dataclasses.replace(spec, sources=spec.sources * 3)
    names = [unit.name for unit in units_of(spec, {})]
    assert names == sorted(set(names))


def test_nothing_wanted_is_said(tmp_path: Path, spec_of: SpecOf) -> None:
    write(tmp_path / "p", "a.py")
    with pytest.raises(MixlawError, match=r"p \(project p\) holds no python or go files"):
        units_of(spec_of(kind="folder", path="p", languages=["python", "go"], include=["src/**"]), {})


def test_a_missing_folder_is_said(spec_of: SpecOf) -> None:
    with pytest.raises(MixlawError, match="p of project p does not exist"):
        units_of(spec_of(kind="folder", path="p"), {})


def test_a_file_that_cannot_be_read_ends_the_reading_with_its_name(tmp_path: Path, spec_of: SpecOf) -> None:
    write(tmp_path / "p", "a.py", "b.py")
    (unit,) = units_of(spec_of(kind="folder", path="p"), {})
    (tmp_path / "p" / "b.py").unlink()
    files = read_unit(unit)
    assert next(files).path == "a.py"
    with pytest.raises(MixlawError, match=r"p/b\.py cannot be read: No such file"):
        next(files)


def test_inputs_change_with_the_content_and_not_with_the_place(tmp_path: Path, spec_of: SpecOf) -> None:
    write(tmp_path / "p", "a.py", "b.py")
    write(tmp_path / "elsewhere" / "p", "a.py", "b.py")
    spec = spec_of(kind="folder", path="p")
    before = inputs_of(spec)
    assert before == inputs_of(dataclasses.replace(spec, folder=tmp_path / "elsewhere"))
    (tmp_path / "p" / "b.py").write_text("# changed\n")
    assert inputs_of(spec).keys() == before.keys() == {"p: p"}
    assert inputs_of(spec) != before


def test_a_name_in_another_encoding_becomes_a_path_that_can_be_written(tmp_path: Path, read: Read) -> None:
    (tmp_path / "p").mkdir()
    (Path(str(tmp_path / "p")) / b"caf\xe9.py".decode("utf-8", "surrogateescape")).write_text("x\n")
    assert [file.path for file in read(kind="folder", path="p")] == ["caf\ufffd.py"]
