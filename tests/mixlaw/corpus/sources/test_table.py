from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

import fsspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from fsspec.registry import _registry
from hypothesis import given, settings
from hypothesis import strategies as st

from mixlaw.corpus.document import RawFile
from mixlaw.corpus.sources import contents, inputs_of, read_unit, remote, units_of
from mixlaw.corpus.sources.source import Kind, Source
from mixlaw.corpus.sources.table import table_units
from mixlaw.corpus.sources.wanted import MAX_FILE_BYTES
from mixlaw.corpus.spec import CorpusSpec
from mixlaw.trial import MixlawError

SpecOf = Callable[..., CorpusSpec]
Read = Callable[..., list[RawFile]]
Rows = list[dict[str, Any]]


def write_lines(path: Path, rows: Rows, how: Callable[[bytes], bytes] = bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(how("".join(json.dumps(row) + "\n" for row in rows).encode()))


def write_parquet(path: Path, rows: Rows, group: int = 3) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=group)


def numbered(count: int, start: int = 0) -> Rows:
    return [{"text": f"text {number}"} for number in range(start, start + count)]


def texts(files: list[RawFile]) -> list[str]:
    return [file.data.decode() for file in files]


def zst(data: bytes) -> bytes:
    return pa.compress(data, "zstd", asbytes=True)


@pytest.mark.parametrize(
    ("ending", "how"),
    [("", bytes), (".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress), (".zst", zst)],
)
def test_json_lines_are_read_however_they_are_compressed(
    tmp_path: Path, read: Read, ending: str, how: Callable[[bytes], bytes]
) -> None:
    row = {"content": "a = 1\n", "path": "src/a.py", "repo": {"name": "r"}, "licences": ["MIT", "Apache-2.0"]}
    write_lines(tmp_path / f"rows.jsonl{ending}", [row], how)
    columns = {"project": "repo.name", "licence": "licences"}
    (file,) = read(kind="jsonl", path=f"rows.jsonl{ending}", project="", licence="", columns=columns)
    assert file == RawFile(
        domain="python",
        project="r",
        path="src/a.py",
        licence="MIT OR Apache-2.0",
        data=b"a = 1\n",
        origin=f"rows.jsonl{ending}",
    )


def test_parquet_is_read_with_nested_columns_and_other_names(tmp_path: Path, read: Read) -> None:
    row = {"body": "a = 1\n", "repo": {"name": "r", "path": "/a.py"}, "licences": ["MIT"], "unused": 1}
    write_parquet(tmp_path / "rows.parquet", [row, row | {"licences": []}, row | {"licences": None}])
    columns = {"text": "body", "project": "repo.name", "path": "repo.path", "licence": "licences"}
    files = read(kind="parquet", path="rows.parquet", project="", licence="", columns=columns)
    assert [(file.project, file.path, file.licence) for file in files] == [
        ("r", "a.py", "MIT"),
        ("r", "a.py", "NOASSERTION"),
        ("r", "a.py", "NOASSERTION"),
    ]


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_rows_are_sorted_into_languages_by_column_else_by_path(tmp_path: Path, read: Read, kind: Kind) -> None:
    write = write_lines if kind == "jsonl" else write_parquet
    said = ["Python", "C#", "c-sharp", "csharp", "TypeScript", "COBOL", None, "Go"]
    paths = ["a.py", "b.cs", "c.cs", "d.cs", "e.d.ts", "f.cbl", "g.py", "h.go"]
    rows = [{"text": path, "path": path, "lang": language} for path, language in zip(paths, said, strict=True)]
    write(tmp_path / "rows", rows)
    keys = {"kind": kind, "path": "rows", "languages": ["python", "csharp", "typescript"]}
    by_column = read(columns={"language": "lang"}, **keys)
    assert [(f.path, f.domain) for f in by_column] == [("a.py", "python"), *((path, "csharp") for path in paths[1:4])]
    assert [(f.path, f.domain) for f in read(**keys)][-1] == ("g.py", "python")
    only_go = read(kind=kind, path="rows", languages=["go"])  # then every row is taken for Go
    assert len(only_go) == 7  # but declarations


def test_only_rows_with_the_wanted_values_and_paths_are_read(tmp_path: Path, read: Read) -> None:
    row = {"text": "x", "path": "a.py", "kind": "permissive", "vendored": False}
    others = [{"kind": "no_license"}, {"vendored": True}, {"path": "node_modules/a.py"}, {"path": "tests/a.py"}]
    write_parquet(tmp_path / "rows.parquet", [row, *(row | other for other in others)])
    where = {"kind": "permissive", "vendored": "false"}
    files = read(kind="parquet", path="rows.parquet", where=where, exclude=["tests/**"])
    assert [file.path for file in files] == ["a.py"]


def test_rows_without_a_path_are_named_by_file_and_row(tmp_path: Path, read: Read) -> None:
    write_lines(tmp_path / "build" / "a.jsonl", numbered(2))
    write_lines(tmp_path / "build" / "b.jsonl", numbered(1))
    files = read(kind="jsonl", path="build/*.jsonl", languages=["javascript"])
    assert [file.path for file in files] == ["a.jsonl#1", "a.jsonl#2", "b.jsonl#1"]
    write_parquet(tmp_path / "one" / "x.parquet", numbered(4), group=2)
    files = read(kind="parquet", path="*/x.parquet", languages=["text"])
    assert [file.path for file in files] == [f"one/x.parquet#{number}" for number in (1, 2, 3, 4)]


@settings(max_examples=40, deadline=None)
@given(
    rows=st.lists(st.integers(0, 9), min_size=1, max_size=4).filter(any),
    group=st.integers(1, 5),
    piece_bytes=st.integers(1, 500),
    piece_rows=st.integers(1, 9),
    limit=st.integers(0, 30),
    fetched=st.booleans(),
)
def test_parquet_units_hold_the_first_rows_once_and_in_order(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[int],
    group: int,
    piece_bytes: int,
    piece_rows: int,
    limit: int,
    fetched: bool,
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    schema = pa.schema({"text": pa.string(), "path": pa.string()})
    for number, count in enumerate(rows):
        table = [{"text": f"{number} {row}", "path": f"{number} {row}"} for row in range(count)]
        pq.write_table(pa.Table.from_pylist(table, schema), folder / f"{number}.parquet", row_group_size=group)
        for row in table:
            (folder / row["path"]).write_text(row["text"])
    source = Source(
        project="p",
        kind="parquet",
        path=str(folder / "*.parquet"),
        licence="MIT",
        languages=("python",),
        limit=limit,
        contents=f"{folder}/{{path}}" if fetched else "",
    )
    units = table_units(source, folder, piece_bytes, piece_rows)
    expected = [f"{number} {row}" for number, count in enumerate(rows) for row in range(count)]
    assert texts([file for unit in units for file in read_unit(unit)]) == expected[: limit or None]
    if fetched:
        assert all(unit.last_row - unit.first_row <= piece_rows for unit in units)
    elif piece_bytes == 1:
        assert len(units) == len({(unit.files, unit.first_row // group) for unit in units})


@settings(max_examples=20, deadline=None)
@given(rows=st.lists(st.integers(0, 5), min_size=1, max_size=4), limit=st.integers(1, 20))
def test_a_limit_on_json_lines_is_exact_over_several_files(
    tmp_path_factory: pytest.TempPathFactory, rows: list[int], limit: int
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    for number, count in enumerate(rows):  # among blank lines, which are no rows
        write_lines(folder / f"{number}.jsonl", numbered(count, 100 * number), lambda lines: b"\n" + lines + b"\n")
    source = Source(
        project="p", kind="jsonl", path=str(folder / "*"), licence="MIT", languages=("python",), limit=limit
    )
    (unit,) = table_units(source, folder)
    expected = [f"text {100 * number + row}" for number, count in enumerate(rows) for row in range(count)]
    assert texts(list(read_unit(unit))) == expected[:limit]


def test_only_so_many_footers_are_read_as_the_limit_needs(tmp_path: Path, read: Read) -> None:
    write_parquet(tmp_path / "a.parquet", numbered(5))
    (tmp_path / "b.parquet").write_text("not Parquet, and not needed")
    assert len(read(kind="parquet", path="*.parquet", limit=5)) == 5
    with pytest.raises(MixlawError, match=r"b\.parquet cannot be read: Parquet magic bytes not found"):
        read(kind="parquet", path="*.parquet", limit=6)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"text": null}', r"rows\.jsonl, row 2: text: expected text, got null"),
        ('{"text": 3}', r"rows\.jsonl, row 2: text: expected text, got int"),
        ('{"body": "x"}', r"rows\.jsonl, row 2: has no column text; it has body"),
        ('["x"]', r"rows\.jsonl, row 2: expected a JSON object, got list"),
        ('{"text": "x"', r"rows\.jsonl, row 2: not JSON"),
        ('{"text": "x", "path": ["a"]}', r"rows\.jsonl, row 2: path: expected text, got list"),
    ],
)
def test_a_wrong_row_is_named(tmp_path: Path, read: Read, line: str, message: str) -> None:
    (tmp_path / "rows.jsonl").write_text('{"text": "x"}\n' + line + "\n")
    with pytest.raises(MixlawError, match=message):
        read(kind="jsonl", path="rows.jsonl")


def test_a_row_of_parquet_without_text_is_named(tmp_path: Path, read: Read) -> None:
    write_parquet(tmp_path / "rows.parquet", [*numbered(4), {"text": None}], group=2)
    with pytest.raises(MixlawError, match=r"rows\.parquet, row 5: text: expected text, got null"):
        read(kind="parquet", path="rows.parquet")


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ({"columns": {"licence": "license"}}, r"rows\.parquet: no column license among text; name them"),
        ({"columns": {"text": "body"}}, r"no column body"),
        ({"where": {"kind": "x"}}, r"no column kind"),
        ({"path": "other.parquet"}, r"other\.parquet cannot be read: not found|no file .*other\.parquet"),
        ({"path": "*.pq"}, r"there is no file .*\*\.pq; correct the path or the glob"),
        ({"path": "."}, r"is a folder; name its files by a glob"),
        ({"path": "nosuch://x"}, r"nosuch://.* cannot be read: Protocol not known: nosuch"),
        ({"languages": ["python", "go"]}, r"row 1: neither a language nor a path says which of python, go"),
    ],
)
def test_what_a_table_lacks_is_said(tmp_path: Path, read: Read, keys: dict[str, Any], message: str) -> None:
    write_parquet(tmp_path / "rows.parquet", numbered(1))
    with pytest.raises(MixlawError, match=message):
        read(**({"kind": "parquet", "path": "rows.parquet"} | keys))


def test_a_table_without_rows_is_said(tmp_path: Path, spec_of: SpecOf) -> None:
    pq.write_table(pa.table({"text": pa.array([], pa.string())}), tmp_path / "rows.parquet")
    with pytest.raises(MixlawError, match=r"rows\.parquet holds no rows"):
        units_of(spec_of(kind="parquet", path="rows.parquet"), {})


def test_what_no_package_here_reads_is_said_with_the_package(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(url: str, **_: object) -> object:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec.core, "url_to_fs", absent)
    with pytest.raises(MixlawError, match="s3://bucket: Install s3fs to access S3"):
        read(kind="parquet", path="s3://bucket/a.parquet")


def test_large_rows_are_skipped_and_lone_surrogates_left_to_the_filters(tmp_path: Path, read: Read) -> None:
    write_lines(tmp_path / "rows.jsonl", [{"text": "x" * (MAX_FILE_BYTES + 1)}, {"text": "\ud800"}])
    assert [file.data for file in read(kind="jsonl", path="rows.jsonl")] == [b"\xed\xa0\x80"]


# The Stack v2: a table of identifiers, and the contents elsewhere.


def stack(tmp_path: Path, codes: dict[str, bytes]) -> dict[str, Any]:
    (tmp_path / "contents").mkdir()
    rows: Rows = []
    for number, (path, data) in enumerate(codes.items()):
        (tmp_path / "contents" / f"id{number}").write_bytes(data)
        row = {"blob_id": f"id{number}", "path": path, "repo_name": f"o/r{number % 2}", "src_encoding": "UTF-8"}
        rows.append(row | {"detected_licenses": ["MIT"], "license_type": "permissive", "is_vendor": False})
    rows += [rows[0] | {"license_type": "no_license", "blob_id": "absent"}]
    write_parquet(tmp_path / "data" / "Python" / "train-00000-of-00001.parquet", rows)
    return {
        "kind": "parquet",
        "path": "data/Python/*.parquet",
        "project": "",
        "licence": "",
        "columns": {"path": "path", "project": "repo_name", "licence": "detected_licenses"},
        "where": {"license_type": "permissive", "is_vendor": "false"},
        "contents": f"file://{tmp_path}/contents/{{blob_id}}",
    }


def test_contents_are_fetched_in_order_and_decompressed(tmp_path: Path, read: Read) -> None:
    codes = {f"/src/{number}.py": gzip.compress(f"x = {number}\n".encode()) for number in range(100)}
    files = read(**stack(tmp_path, codes))
    assert texts(files) == [f"x = {number}\n" for number in range(100)]
    assert (files[1].path, files[1].project, files[1].licence) == ("src/1.py", "o/r1", "MIT")


def test_contents_in_another_encoding_become_utf8(tmp_path: Path, read: Read) -> None:
    keys = stack(tmp_path, {"a.py": gzip.compress("# é".encode("latin-1")), "b.py": "# é".encode()})
    table = tmp_path / "data" / "Python" / "train-00000-of-00001.parquet"
    rows = pq.read_table(table).to_pylist()
    rows[0]["src_encoding"] = "ISO-8859-1"
    write_parquet(table, rows)
    assert texts(read(**keys)) == ["# é", "# é"]


def test_contents_that_swell_are_not_held(tmp_path: Path, read: Read) -> None:
    keys = stack(tmp_path, {"a.py": gzip.compress(bytes(10 * MAX_FILE_BYTES)), "b.py": b"b = 1\n"})
    assert texts(read(**keys)) == ["b = 1\n"]


@pytest.mark.parametrize(("data", "message"), [(None, "not found"), (gzip.compress(b"x" * 1000)[:20], "too early")])
def test_contents_that_cannot_be_had_are_named(tmp_path: Path, read: Read, data: bytes | None, message: str) -> None:
    keys = stack(tmp_path, {"a.py": b"a = 1\n", "b.py": data or b""})
    if data is None:
        (tmp_path / "contents" / "id1").unlink()
    with pytest.raises(MixlawError, match=f"contents/id1 cannot be read: .*{message}"):
        read(**keys)


def test_a_fetch_that_fails_is_tried_again(tmp_path: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = stack(tmp_path, {"a.py": b"a = 1\n"})
    failures = [ConnectionResetError("reset"), TimeoutError("slow")]
    system = remote.file_system

    class Flaky:
        def cat_file(self, path: str) -> bytes:
            if failures:
                raise failures.pop()
            return Path(path).read_bytes()

    monkeypatch.setattr(contents, "file_system", lambda url: (Flaky(), system(url)[1]))
    monkeypatch.setattr(remote.time, "sleep", lambda _: None)
    assert texts(read(**keys)) == ["a = 1\n"]
    failures += [ConnectionResetError("reset")] * 9
    with pytest.raises(MixlawError, match="id0 cannot be read: reset"):
        read(**keys)


# The Hugging Face hub, replaced at its edge by a file system in memory.


class Hub(MemoryFileSystem):
    protocol = "hf"
    store: dict[str, Any] = {}  # noqa: RUF012  # fsspec's way: one store for all instances
    pseudo_dirs = [""]  # noqa: RUF012

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return "/" + path.removeprefix("hf://").strip("/")


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Hub:
    monkeypatch.setitem(_registry, "hf", Hub)
    monkeypatch.setattr(Hub, "store", {})
    return Hub()


def test_a_dataset_of_the_hub_is_read_at_its_revision(hub: Hub, tmp_path: Path, spec_of: SpecOf) -> None:
    write_parquet(tmp_path / "a.parquet", numbered(5))
    for revision, name in (("v1", "sample/1.parquet"), ("v1", "sample/0.parquet"), ("v2", "sample/2.parquet")):
        hub.pipe_file(f"hf://datasets/o/d@{revision}/{name}", (tmp_path / "a.parquet").read_bytes())
    keys = {"kind": "huggingface", "dataset": "o/d", "files": ["sample/*.parquet"], "revision": "v1", "limit": 7}
    spec = spec_of(languages=["text"], **keys)
    files = [file for unit in units_of(spec, {}) for file in read_unit(unit)]
    paths = [*(f"sample/0.parquet#{row}" for row in range(1, 6)), "sample/1.parquet#1", "sample/1.parquet#2"]
    assert [file.path for file in files] == paths
    assert {file.origin for file in files} == {"hf://datasets/o/d@v1"}
    before = inputs_of(spec)
    write_parquet(tmp_path / "a.parquet", numbered(6))
    hub.pipe_file("hf://datasets/o/d@v1/sample/1.parquet", (tmp_path / "a.parquet").read_bytes())
    assert inputs_of(spec) != before


def test_a_dataset_of_json_lines_is_streamed(hub: Hub, spec_of: SpecOf) -> None:
    data = gzip.compress(b'{"content": "a = 1", "path": "a.py"}\n')
    hub.pipe_file("hf://datasets/o/d/data/x.jsonl.gz", data)
    (unit,) = units_of(spec_of(kind="huggingface", dataset="o/d", files=["**/*.jsonl.gz"]), {})
    assert [(file.path, file.data) for file in read_unit(unit)] == [("a.py", b"a = 1")]


def test_a_dataset_that_is_missing_or_of_another_format_is_said(hub: Hub, spec_of: SpecOf) -> None:
    hub.pipe_file("hf://datasets/o/d/data/x.csv", b"")
    with pytest.raises(MixlawError, match=r"x\.csv is neither Parquet nor JSON Lines"):
        units_of(spec_of(kind="huggingface", dataset="o/d", files=["data/*"]), {})
    with pytest.raises(MixlawError, match=r"there is no file hf://datasets/o/other/data/\*"):
        units_of(spec_of(kind="huggingface", dataset="o/other", files=["data/*"]), {})
