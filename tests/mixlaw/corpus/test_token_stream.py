from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mixlaw.corpus.token_stream import TokenStream


def stream_of(folder: Path, lengths: list[int]) -> TokenStream:
    """Files that together hold 0, 1, 2, ..."""
    files: list[Path] = []
    for number, (start, length) in enumerate(zip(np.cumsum([0, *lengths]).tolist(), lengths, strict=False)):
        files.append(folder / f"{number}.npy")
        np.save(files[-1], np.arange(start, start + length, dtype=np.uint16))
    return TokenStream(files, lengths, np.dtype(np.uint16))


@given(lengths=st.lists(st.integers(1, 30), min_size=1, max_size=6), data=st.data())
@settings(max_examples=60, deadline=None)
def test_many_files_read_as_one(
    tmp_path_factory: pytest.TempPathFactory, lengths: list[int], data: st.DataObject
) -> None:
    stream = stream_of(tmp_path_factory.mktemp("stream"), lengths)
    total = sum(lengths)
    assert len(stream) == total
    first = data.draw(st.integers(0, total))
    last = data.draw(st.integers(first, total))
    assert stream[first:last].tolist() == list(range(first, last))
    length = data.draw(st.integers(1, total))
    starts = np.array(data.draw(st.lists(st.integers(0, total - length), max_size=8)), np.int64)
    expected = starts[:, None] + np.arange(length)
    assert np.array_equal(stream.rows(starts, length), expected)


def test_what_is_mapped_cannot_be_changed_and_is_not_read_past(tmp_path: Path) -> None:
    stream = stream_of(tmp_path, [10, 10])
    assert not stream[2:5].flags.writeable
    with pytest.raises(IndexError, match="20 tokens"):
        stream.rows(np.array([15]), 6)
