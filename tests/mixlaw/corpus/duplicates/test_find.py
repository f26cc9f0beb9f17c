from __future__ import annotations

import tempfile
import tracemalloc
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from mixlaw.corpus.duplicates import SKETCH_SIZE, find, find_duplicates, sketches_of
from mixlaw.corpus.duplicates.find import BAND_ROWS, EXACT_COPY, KEPT, NEAR_COPY, THRESHOLD
from mixlaw.trial import MixlawError

Sketches = NDArray[np.uint32]


def one_after_the_other(digests: NDArray[np.uint64], sketches: Sketches, order: NDArray[np.int64]) -> list[int]:
    """The rule as it is said, comparing every document with all before it."""
    fate = [KEPT] * len(order)
    for place, document in enumerate(order):
        for earlier in order[:place]:
            equal = sketches[document] == sketches[earlier]
            shares_band = equal.reshape(-1, BAND_ROWS).all(axis=1).any()
            if (digests[document] == digests[earlier]).all():
                fate[document] = EXACT_COPY
                break
            if fate[earlier] == KEPT and shares_band and equal.mean() >= THRESHOLD:
                fate[document] = NEAR_COPY  # an exact copy further on still says more
    return fate


def family(generator: np.random.Generator, size: int) -> tuple[NDArray[np.uint64], Sketches]:
    """Sketches that each change some numbers of an earlier one: around the threshold, in chains and stars."""
    sketches = generator.integers(0, 2**32, (size, SKETCH_SIZE), dtype=np.uint32)
    digests = generator.integers(0, 3, (size, 2)).astype(np.uint64) + np.arange(size, dtype=np.uint64)[:, None] * 4
    for child in range(1, size):
        parent = int(generator.integers(max(0, child - 4), child))
        match generator.integers(0, 8):
            case 0:
                sketches[child], digests[child] = sketches[parent], digests[parent]
            case 1:
                digests[child, 0] = digests[parent, 0]  # half of a digest is none
            case 2:
                pass
            case _:
                kept = generator.permutation(SKETCH_SIZE)[int(generator.integers(0, 100)) :]
                sketches[child, kept] = sketches[parent, kept]
    return digests, sketches


def written(folder: str | Path, sketches: Sketches, cuts: list[int]) -> list[Path]:
    files: list[Path] = []
    for number, part in enumerate(np.split(sketches, sorted(cuts))):
        files.append(Path(folder) / f"{number:04d}.npy")
        np.save(files[-1], part)
    return files


@settings(deadline=None, max_examples=100)
@given(st.integers(0, 2**32 - 1), st.integers(0, 40), st.lists(st.integers(0, 40), max_size=3), st.booleans())
def test_the_answer_is_that_of_the_rule(seed: int, size: int, cuts: list[int], in_little_memory: bool) -> None:
    generator = np.random.default_rng(seed)
    digests, sketches = family(generator, size)
    order = generator.permutation(size)
    with tempfile.TemporaryDirectory() as folder:
        files = written(folder, sketches, cuts)
        found = find_duplicates(digests, files, order, memory_bytes=0 if in_little_memory else 2**28)
    assert found.tolist() == one_after_the_other(digests, sketches, order)


def test_a_copy_of_what_goes_itself_stays(tmp_path: Path) -> None:
    """b is like a, c is like b and unlike a: b goes, and c has nothing left to be a copy of."""
    a, other = np.random.default_rng(0).integers(0, 2**32, (2, SKETCH_SIZE), dtype=np.uint32)
    b, c = a.copy(), a.copy()
    b[:64], c[:128] = other[:64], other[:128]
    digests = np.arange(6, dtype=np.uint64).reshape(3, 2)
    files = written(tmp_path, np.stack([a, b, c]), [])
    assert find_duplicates(digests, files, np.array([0, 1, 2])).tolist() == [KEPT, NEAR_COPY, KEPT]
    assert find_duplicates(digests, files, np.array([1, 0, 2])).tolist() == [NEAR_COPY, KEPT, NEAR_COPY]


def program(generator: np.random.Generator) -> list[str]:
    return [f"word{n}" for n in generator.integers(0, 5000, 600)]


def test_near_copies_are_found_whatever_language_they_are_filed_under(tmp_path: Path) -> None:
    """Each of 40 programs once more with two words of 600 changed, in another unit, as of another language."""
    generator = np.random.default_rng(1)
    programs = [program(generator) for _ in range(40)]
    copies = [[*words[:200], "renamed", *words[201:400], "renamed", *words[401:]] for words in programs]
    texts = [" ".join(words) for words in (*programs, *copies)]
    files = written(tmp_path, sketches_of(texts), [40])
    digests = np.arange(160, dtype=np.uint64).reshape(80, 2)
    fate = find_duplicates(digests, files, np.arange(80))
    assert fate.tolist() == [KEPT] * 40 + [NEAR_COPY] * 40
    held_out_last_unit = np.roll(np.arange(80), 40)
    assert find_duplicates(digests, files, held_out_last_unit).tolist() == [NEAR_COPY] * 40 + [KEPT] * 40


def test_boilerplate_is_not_compared_pair_by_pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """3,000 near copies of one text share most bands; each is compared about once, not with all others."""
    generator = np.random.default_rng(2)
    sketches = np.repeat(generator.integers(0, 2**32, (1, SKETCH_SIZE), dtype=np.uint32), 3000, axis=0)
    for row in sketches:
        row[generator.integers(0, SKETCH_SIZE, 6)] = generator.integers(0, 2**32, 6)
    compared: list[int] = []
    searching = find._Search
    alike = searching._alike

    def counted(search: Any, left: Any, right: Any, **options: Any) -> Any:
        compared.append(len(left))
        return alike(search, left, right, **options)

    monkeypatch.setattr(searching, "_alike", counted)
    digests = np.arange(6000, dtype=np.uint64).reshape(3000, 2)
    fate = find_duplicates(digests, written(tmp_path, sketches, []), np.arange(3000))
    assert (fate == KEPT).sum() == 1
    assert sum(compared) < 2 * 3000


def test_memory_is_a_few_dozen_bytes_per_document(tmp_path: Path) -> None:
    """200,000 documents, a tenth of them near copies: their sketches alone would be 200 MB."""
    size, files = 200_000, list[Path]()
    generator = np.random.default_rng(3)
    for number in range(10):
        sketches = generator.integers(0, 2**32, (size // 10, SKETCH_SIZE), dtype=np.uint32)
        sketches[::10] = sketches[1::10]
        sketches[::10, ::50] += 1
        files.append(tmp_path / f"{number}.npy")
        np.save(files[-1], sketches)
    del sketches
    digests = np.arange(2 * size, dtype=np.uint64).reshape(size, 2)
    order = np.arange(size)
    tracemalloc.start()
    fate = find_duplicates(digests, files, order, memory_bytes=0)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (fate == NEAR_COPY).sum() == size // 10
    fixed = 40_000_000  # pairs compared at once, and a block of sketches
    assert peak < fixed + 60 * size


def test_what_does_not_fit_is_refused(tmp_path: Path) -> None:
    digests, sketches = family(np.random.default_rng(4), 3)
    files = written(tmp_path, sketches, [])
    with pytest.raises(ValueError, match="3 sketches, 2 digests"):
        find_duplicates(digests[:2], files, np.arange(3))
    with pytest.raises(ValueError, match="every document once"):
        find_duplicates(digests, files, np.array([0, 0, 1]))
    np.save(files[0], sketches.astype(np.float32))
    with pytest.raises(MixlawError, match=r"0000\.npy holds float32"):
        find_duplicates(digests, files, np.arange(3))
    files[0].write_bytes(files[0].read_bytes()[:400])
    with pytest.raises(MixlawError, match=r"0000\.npy holds no sketches"):
        find_duplicates(digests, files, np.arange(3))
