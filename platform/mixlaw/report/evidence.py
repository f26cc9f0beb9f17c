"""Everything that a report can rest on, read once from an output folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import polars as pl

from mixlaw.corpus import Corpus
from mixlaw.laws import FittedLaw, Observations, observe
from mixlaw.search import Front, Recommendation
from mixlaw.store import SCHEMA, read_results
from mixlaw.trial import MixlawError

RECOMMENDATION, FRONT = "recommendation.json", "front.json"
"""The answers of searches, which lie beside the laws."""
_PREDICTORS = ("transfer", "chinchilla", "proportion")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The results table in three parts, the laws, the searches' answers, the corpus; what is missing is empty or None.

    `evaluated` holds what was measured on checkpoints: translation, generated programs.

    `planned` counts the trials that each study asked for.
    """

    out: Path
    finished: pl.DataFrame
    failed: pl.DataFrame
    evaluated: pl.DataFrame
    planned: Mapping[str, int]
    laws: tuple[FittedLaw, ...]
    recommendation: Recommendation | None
    front: Front | None
    corpus: Corpus | None

    def evaluation(self, name: str) -> pl.DataFrame:
        """The rows of one evaluation other than validation: those named `<name>/...`."""
        return self.evaluated.filter(pl.col("evaluation").str.starts_with(f"{name}/"))

    def law(self, *forms: str) -> FittedLaw | None:
        """The first fitted law of these forms, in the order asked."""
        return next((law for form in forms for law in self.laws if law.form == form), None)

    @property
    def chosen(self) -> FittedLaw | None:
        """The law that was chosen among others by its errors on runs left out; None if none was."""
        return next((law for law in self.laws if law.choice is not None), None)

    @property
    def predictor(self) -> FittedLaw | None:
        """The law to predict losses with: the chosen one, or else transfer, Chinchilla or the paper's."""
        return self.chosen or self.law(*_PREDICTORS)

    def observed(self) -> Observations | None:
        """The finished validation rows as arrays; None when there are none."""
        return observe(self.finished, allow_failed=True) if len(self.finished) else None


def read_evidence(out: Path, corpus: Corpus | None) -> Evidence:
    """Read an output folder. Raises MixlawError when it is none, or a file in it is damaged."""
    if not out.is_dir():
        raise MixlawError(f"no such folder: {out}; run a study there first: mixlaw run STUDY --corpus DIR --out {out}")
    results = _results(out)
    validation = results.filter(pl.col("evaluation") == "validation")
    recommendation, front = out / "laws" / RECOMMENDATION, out / "laws" / FRONT
    return Evidence(
        out=out,
        finished=validation.filter(pl.col("status") == "finished"),
        failed=results.filter(pl.col("status") != "finished"),
        evaluated=results.filter(pl.col("evaluation") != "validation", pl.col("status") == "finished"),
        planned=_planned(out),
        laws=tuple(FittedLaw.load(path) for path in _law_files(out)),
        recommendation=Recommendation.load(recommendation) if recommendation.exists() else None,
        front=Front.load(front) if front.exists() else None,
        corpus=corpus,
    )


def law_name(law: FittedLaw) -> str:
    """What the page calls it: its form, with `chosen` before it where it was chosen among others."""
    return law.form if law.choice is None else f"chosen {law.form}"


def _results(out: Path) -> pl.DataFrame:
    if not any((out / "results").glob("[!.]*.parquet")):
        return pl.DataFrame(schema=SCHEMA)
    return read_results(out)


def _law_files(out: Path) -> list[Path]:
    """All of the folder but the searches' answers; `Evidence.law` takes the first by name of a form."""
    return sorted(path for path in (out / "laws").glob("[!.]*.json") if path.name not in (RECOMMENDATION, FRONT))


def _planned(out: Path) -> dict[str, int]:
    planned: dict[str, int] = {}
    for path in sorted((out / "studies").glob("[!.]*.json")):
        try:
            asked: Any = json.loads(path.read_text(encoding="utf-8"))
        except ValueError as error:
            raise MixlawError(f"{path} is not JSON ({error}); run the study again to write it anew") from error
        planned[path.stem] = len(cast(list[Any], asked)) if isinstance(asked, list) else 0
    return planned
