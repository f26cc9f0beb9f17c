from __future__ import annotations

from pathlib import Path

import pytest

from mixlaw import store
from mixlaw.trial import Measurement, MixlawError


def test_rows_come_back_as_written_with_nulls_where_not_measured(tmp_path: Path) -> None:
    measured = Measurement(domain="go", loss_nats=2.0, loss_se=0.1, bits_per_byte=1.5, n_tokens=100)
    row = {
        "trial_id": "a",
        "evaluation": "validation",
        "status": "finished",
        **store.loss_columns([measured]),
    }
    store.write_rows(tmp_path, "a", "validation", [row])
    table = store.read_results(tmp_path)
    assert table.height == 1
    assert table["loss_go"].to_list() == [2.0]
    assert table["bits_per_byte_se_go"].to_list() == pytest.approx([0.075])
    assert table["loss_rust"].to_list() == [None]


def test_writing_again_replaces_and_other_evaluations_stay(tmp_path: Path) -> None:
    for status in ("failed", "finished"):
        store.write_rows(tmp_path, "a", "validation", [{"trial_id": "a", "evaluation": "validation", "status": status}])
    directions = [{"trial_id": "a", "evaluation": f"translation/python-{to}"} for to in ("go", "rust")]
    store.write_rows(tmp_path, "a", "translation", directions)
    assert store.read_results(tmp_path, evaluation="validation")["status"].to_list() == ["finished"]
    assert store.read_results(tmp_path, evaluation="translation").height == 2
    assert store.read_results(tmp_path).height == 3


def test_undocumented_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="document them"):
        store.write_rows(tmp_path, "a", "validation", [{"surprise": 1}])


def test_a_half_written_part_is_never_seen_and_a_damaged_one_is_named(tmp_path: Path) -> None:
    store.write_rows(tmp_path, "a", "validation", [{"trial_id": "a", "evaluation": "validation"}])
    (tmp_path / "results" / ".b.validation.parquet.tmp123").write_bytes(b"PAR1 half")
    assert store.read_results(tmp_path).height == 1
    (tmp_path / "results" / "c.validation.parquet").write_bytes(b"PAR1 damaged")
    with pytest.raises(MixlawError, match=r"c\.validation\.parquet cannot be read"):
        store.read_results(tmp_path)


def test_a_failed_write_leaves_the_old_file_and_no_litter(tmp_path: Path) -> None:
    target = tmp_path / "x"
    store.atomic_write(target, b"old")
    with pytest.raises(TypeError):
        store.atomic_write(target, "not bytes")  # type: ignore[arg-type]
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["x"]


def test_an_empty_folder_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(MixlawError, match="mixlaw run STUDY"):
        store.read_results(tmp_path)
