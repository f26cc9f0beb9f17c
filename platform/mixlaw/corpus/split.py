"""Which projects are held out: with all their languages, so that no project is on two sides."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Literal

import polars as pl

from mixlaw.corpus.spec import CorpusSpec
from mixlaw.trial import MixlawError

Split = Literal["train", "validation", "test"]
SPLITS: tuple[Split, ...] = ("train", "validation", "test")
BYTES_PER_TOKEN = 4
"""Of text, on the safe side: so many bytes are held out for each token asked for."""
MOST_HELD_OUT = 0.2
"""Of a domain's projects that are chosen by hash, where there are more than a few."""

Sizes = Mapping[str, Mapping[str, int]]
"""Bytes by domain and project."""


def split_projects(index: pl.DataFrame, spec: CorpusSpec) -> dict[str, Split]:
    """Every project's split: as the spec says, else by hash, so that each domain has both training and validation.

    `index` has a row per document with `domain`, `project` and `bytes`. For a domain that the spec's `validation` does
    not cover, projects are held out by hash until they hold enough text, at least one and at most a fifth of them; so
    too for `test` when the spec asks for test tokens and names no project. Raises MixlawError for a domain that cannot
    have both training and validation, or a named project of which nothing is left.
    """
    sizes = _sizes(index)
    known = {project for projects in sizes.values() for project in projects}
    splits: dict[str, Split] = {}
    named_splits: tuple[tuple[Split, tuple[str, ...]], ...] = (("validation", spec.validation), ("test", spec.test))
    for split, named in named_splits:
        if gone := sorted(set(named) - known):
            raise MixlawError(f"{split} names {', '.join(gone)}, but no document of such a project is left; correct it")
        splits.update(dict.fromkeys(named, split))
    wanted: list[Split] = ["validation", *(["test"] if spec.max_test_tokens and not spec.test else [])]
    for split in wanted:
        for domain in spec.domains:
            _hold_out(split, domain, sizes, splits, spec)
    for domain in spec.domains:
        if all(name in splits for name in sizes.get(domain, {})):
            raise MixlawError(
                f"{domain}: every project is held out ({', '.join(sizes.get(domain, {}))}), none is left for training; "
                "add a project or hold out fewer"
            )
    return {name: splits.get(name, "train") for name in sorted(known)}


def _sizes(index: pl.DataFrame) -> Sizes:
    sums = index.group_by("domain", "project").agg(pl.col("bytes").sum())
    found: dict[str, dict[str, int]] = {}
    for domain, project, size in sums.cast({"domain": pl.String, "project": pl.String}).sort("project").iter_rows():
        found.setdefault(domain, {})[project] = size
    return found


def _hold_out(split: Split, domain: str, sizes: Sizes, splits: dict[str, Split], spec: CorpusSpec) -> None:
    """Choose projects of a domain for a split, unless some are chosen already."""
    projects = sizes.get(domain, {})
    if any(splits.get(name) == split for name in projects):
        return
    most = max(1, int(MOST_HELD_OUT * len(projects)))
    enough, held = spec.max_tokens(split) * BYTES_PER_TOKEN, 0
    chosen = 0
    free = [name for name in projects if name not in splits]
    for name in sorted(free, key=lambda name: seeded_hash(spec.seed, name)):
        if chosen >= most or held >= enough:
            return
        if _leaves_training(name, sizes, splits):
            splits[name] = split
            chosen, held = chosen + 1, held + projects[name]
    if not chosen:
        raise MixlawError(
            f"{domain} needs at least two projects, one to train on and one to hold out for {split}; it has "
            f"{', '.join(projects) or 'none'}. Add a source, or name other projects under {split}"
        )


def _leaves_training(name: str, sizes: Sizes, splits: Mapping[str, Split]) -> bool:
    """Whether every domain of a project keeps another one to train on."""
    mine = [projects for projects in sizes.values() if name in projects]
    return all(any(other != name and other not in splits for other in projects) for projects in mine)


def seeded_hash(seed: int, text: str) -> str:
    """A hash that orders texts at random, the same way for the same seed."""
    return hashlib.sha256(f"{seed}\n{text}".encode()).hexdigest()
