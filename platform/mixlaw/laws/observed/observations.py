"""From the results table to arrays, with everything refused that would make a fit meaningless."""

from __future__ import annotations

import dataclasses
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from mixlaw.laws.forms import Array
from mixlaw.laws.observed.cells import some
from mixlaw.laws.observed.columns import RunColumns
from mixlaw.trial import DOMAINS, MEASURED, SHARE_TOLERANCE, MixlawError

LEAST_N, LEAST_D = 1e3, 1e4
"""Below these a number is no count of parameters or tokens."""
MOST_EPOCHS = 1.5
"""Passes over a domain above which a run counts as one that repeats its data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observations:
    """n rows of runs: parameters, tokens, shares (n, M) in the order of `domains`, and losses in nats per token."""

    domains: tuple[str, ...]
    labels: tuple[str, ...]
    """A name for each row, for messages."""
    run: npt.NDArray[np.intp]
    """(n,) index of the run that a row belongs to; rows of a run are not independent."""
    N: Array
    D: Array
    shares: Array
    losses: dict[str, Array]
    """(n,) by target; NaN where not measured."""
    loss_se: dict[str, Array]
    """(n,) standard error over held-out rows, by target; NaN where unknown."""
    epochs: Array
    """(n, M) passes over the distinct tokens of each domain; 1 where unknown."""
    own_domain: Mapping[str, int] | None = None
    """Index of the domain that a target is the loss of, for targets that have one; None: that of the same name."""
    columns: RunColumns | None = None
    """Where the rows came from; None is the project's own results table."""
    notes: tuple[str, ...] = ()
    """What a reader of a law fitted to these rows must know."""

    def __len__(self) -> int:
        return len(self.N)

    def keep(self, rows: npt.NDArray[np.bool_]) -> Observations:
        """Only the rows where `rows` (n,) is true; runs are numbered anew from 0."""
        return dataclasses.replace(
            self,
            labels=tuple(label for label, kept in zip(self.labels, rows, strict=True) if kept),
            run=numbered(self.run[rows].tolist()),
            N=self.N[rows],
            D=self.D[rows],
            shares=self.shares[rows],
            losses={target: loss[rows] for target, loss in self.losses.items()},
            loss_se={target: se[rows] for target, se in self.loss_se.items()},
            epochs=self.epochs[rows],
        )

    def only(self, domains: Sequence[str]) -> Observations:
        """The same rows with the shares of these domains only (the others' must be 0)."""
        columns = [self.domains.index(d) for d in domains]
        own = {t: columns.index(j) for t in self.losses if (j := self.own(t)) in columns}
        return dataclasses.replace(
            self,
            domains=tuple(domains),
            shares=self.shares[:, columns],
            epochs=self.epochs[:, columns],
            own_domain=None if self.own_domain is None else own,
        )

    def measured(self, target: str) -> npt.NDArray[np.bool_]:
        """(n,) rows with a loss of the target."""
        return np.isfinite(self.losses[target])

    def single(self, target: str) -> npt.NDArray[np.bool_]:
        """(n,) rows that were trained on the target's own domain alone."""
        own = self.own(target)
        return np.zeros(len(self), dtype=bool) if own is None else self.shares[:, own] > 1 - SHARE_TOLERANCE

    @property
    def varies_N(self) -> bool:
        """There are two model sizes at least."""
        return len(np.unique(self.N)) > 1

    @property
    def varies_D(self) -> bool:
        """There are two numbers of training tokens at least."""
        return len(np.unique(self.D)) > 1

    @property
    def fresh(self) -> npt.NDArray[np.bool_]:
        """(n,) rows whose data were not repeated to speak of: at most `MOST_EPOCHS` passes over any domain.

        Repeated tokens are worth less than new ones (Muennighoff et al. 2023, arXiv:2305.16264). No form here says how
        much less, so a run that repeats its data (the baseline of the synergy study) would bend a law of new data.
        """
        return ~np.any((self.epochs > MOST_EPOCHS) & (self.shares > 0), axis=1)

    def own(self, target: str) -> int | None:
        """The index of the target's own domain; None if nothing was trained on it."""
        return own_index(target, self.domains, self.own_domain)


def own_index(target: str, domains: Sequence[str], own_domain: Mapping[str, int] | None) -> int | None:
    """The index of the target's own domain: as `own_domain` says or, without it, the domain of the same name."""
    if own_domain is not None:
        return own_domain.get(target)
    return domains.index(target) if target in domains else None


def observe(table: pl.DataFrame, *, group: str = "trial_id", allow_failed: bool = False) -> Observations:
    """The validation rows of a results table (columns of `mixlaw.store`), as arrays.

    Of runs with parallel programs only the shuffled organisation is taken: the others are another kind of data.
    `group` names the column of the run that a row belongs to.

    Raises MixlawError for failed trials and missing losses (unless `allow_failed`, which leaves them out), shares
    that do not sum to 1, and N or D that cannot be counts of parameters and tokens.
    """
    rows = table.filter(
        pl.col("evaluation") == "validation", pl.col("organisation").fill_null("shuffled") == "shuffled"
    )
    if not len(rows):
        raise MixlawError(
            "the table has no validation rows; run a study first: mixlaw run STUDY --corpus DIR --out DIR"
        )
    rows = _finished(rows, allow_failed)
    _check_counts(rows, "params_non_embedding", LEAST_N, "parameters")
    _check_counts(rows, "train_tokens", LEAST_D, "tokens")
    shares = _columns(rows, "share", DOMAINS, 0.0)
    _check_shares(rows, shares)
    used = np.flatnonzero(shares.max(axis=0) > 0)
    domains = tuple(DOMAINS[j] for j in used)
    observed = Observations(
        domains=domains,
        labels=tuple(_labels(rows)),
        run=numbered(rows[group].to_list()),
        N=_numbers(rows, "params_non_embedding"),
        D=_numbers(rows, "train_tokens"),
        shares=shares[:, used],
        losses={t: _numbers(rows, f"loss_{t}") for t in MEASURED},
        loss_se={t: _numbers(rows, f"loss_se_{t}") for t in MEASURED},
        epochs=_columns(rows, "epochs", domains, 1.0),
    )
    _check_losses(observed, allow_failed)
    return observed


def target_names(observed: Observations, targets: Iterable[str] | None) -> tuple[str, ...]:
    """The asked targets, or all that have a loss. Raises MixlawError for one that was never measured."""
    known = tuple(t for t in observed.losses if observed.measured(t).any())
    asked = known if targets is None else tuple(targets)
    unknown = [t for t in asked if t not in known]
    if unknown or not asked:
        raise MixlawError(
            f"no loss of {', '.join(unknown) or 'any target'} in the table; measured are {', '.join(known)}"
        )
    return asked


def require_scales(observed: Observations, what: str) -> None:
    """Raise MixlawError unless there are at least two N and two D: a law in N and D needs both to vary."""
    for values, name in ((observed.N, "model size N"), (observed.D, "number of tokens D")):
        distinct = np.unique(values)
        if len(distinct) < 2:
            given = f"{distinct[0]:g}" if len(distinct) else "none"
            raise MixlawError(
                f"{what} has a single {name} ({given}); add runs at another, or the law has no slope in it"
            )


def require_rows(observed: Observations, n_parameters: int, what: str) -> None:
    """Raise MixlawError when there are fewer rows than parameters."""
    if len(observed) < n_parameters:
        raise MixlawError(
            f"{what} has {len(observed)} runs for a law of {n_parameters} parameters; add runs or choose a smaller law"
        )


def _finished(rows: pl.DataFrame, allow_failed: bool) -> pl.DataFrame:
    failed = rows.filter(pl.col("status").fill_null("finished") != "finished")
    if len(failed) and not allow_failed:
        raise MixlawError(
            f"{len(failed)} failed trials in the table: {some(_labels(failed))}; run them again, or leave them out "
            "with --allow-failed"
        )
    kept = rows.filter(pl.col("status").fill_null("finished") == "finished")
    if not len(kept):
        raise MixlawError("every trial in the table failed; see the table's column `error`")
    return kept


def _check_losses(observed: Observations, allow_failed: bool) -> None:
    for target, loss in observed.losses.items():
        bad = ~(loss > 0) | ~np.isfinite(loss)
        loss[bad] = np.nan
        if allow_failed or bad.all() or not bad.any():
            continue
        names = [label for label, is_bad in zip(observed.labels, bad, strict=True) if is_bad]
        raise MixlawError(
            f"loss of {target} is missing or not a positive number in {len(names)} trials: {some(names)}; "
            "run them again, or leave them out with --allow-failed"
        )


def _check_shares(rows: pl.DataFrame, shares: Array) -> None:
    total = shares.sum(axis=1)
    bad = (np.abs(total - 1) > SHARE_TOLERANCE) | (shares.min(axis=1) < 0) | ~np.isfinite(total)
    if bad.any():
        names = [f"{label} (sum {s:g})" for label, s, b in zip(_labels(rows), total, bad, strict=True) if b]
        raise MixlawError(
            f"shares must be >= 0 and sum to 1; they do not in {some(names)}; correct the columns share_*"
        )


def _check_counts(rows: pl.DataFrame, column: str, least: float, what: str) -> None:
    values = _numbers(rows, column)
    bad = ~(values >= least)
    if bad.any():
        names = [f"{label} ({v:g})" for label, v, b in zip(_labels(rows), values, bad, strict=True) if b]
        raise MixlawError(
            f"column {column} must count {what} one by one, at least {least:g}; it does not in {some(names)}; "
            f"were they given in millions or billions?"
        )


def _columns(rows: pl.DataFrame, prefix: str, names: Sequence[str], missing: float) -> Array:
    """(n, len(names)) of the columns `prefix_name`; nulls and absent columns become `missing`."""
    empty = np.full(len(rows), missing)
    columns = [
        _numbers(rows.with_columns(pl.col(f"{prefix}_{n}").fill_null(missing)), f"{prefix}_{n}")
        if f"{prefix}_{n}" in rows.columns
        else empty
        for n in names
    ]
    return np.stack(columns, axis=1)


def _numbers(rows: pl.DataFrame, column: str) -> Array:
    """(n,) floats, NaN for null or a column that is not there."""
    if column not in rows.columns:
        return np.full(len(rows), np.nan)
    return np.array(rows[column].cast(pl.Float64).fill_null(float("nan")).to_numpy(), dtype=np.float64)


def _labels(rows: pl.DataFrame) -> list[str]:
    label = pl.col("label").fill_null("") if "label" in rows.columns else pl.lit("")
    return rows.select(pl.format("{} {}", pl.col("trial_id"), label).str.strip_chars()).to_series().to_list()


def numbered(keys: Sequence[Hashable]) -> npt.NDArray[np.intp]:
    """(n,) from 0, in the order in which the keys appear; equal keys have equal numbers."""
    index = {key: i for i, key in enumerate(dict.fromkeys(keys))}
    return np.array([index[key] for key in keys], dtype=np.intp)
