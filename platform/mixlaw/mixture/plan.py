"""The plan of a trial's data: which row of which domain is the r-th row of training.

Pure: a function of the trial's shares, seed and row length and of how many tokens the corpus has. Workers, devices and
the source of rows do not enter, so one worker and eight see the same training, and row k is found without replaying.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mixlaw.corpus import Corpus
from mixlaw.mixture.interleave import Interleave
from mixlaw.mixture.permute import permute
from mixlaw.trial import MixlawError, Organisation, Trial

DEFAULT_MAX_EPOCHS = 4.0
"""Repeating data up to four times is almost as good as new (Muennighoff et al. 2023, arXiv:2305.16264)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlan:
    """Rows of `seq_len + 1` token ids: row i of a domain is its tokens [i * seq_len, (i + 1) * seq_len]."""

    interleave: Interleave
    domain_rows: tuple[int, ...]
    """Distinct rows of each domain, in the order of `interleave.domains`."""
    seq_len: int
    batch_rows: int
    n_steps: int
    seed: int
    organisation: Organisation

    @classmethod
    def of(cls, trial: Trial, corpus: Corpus, *, max_epochs: float = DEFAULT_MAX_EPOCHS) -> RowPlan:
        """The plan of a trial on a corpus.

        Raises MixlawError when the corpus lacks a domain, or a domain would be repeated more than `max_epochs` times.
        """
        rows = {d: _distinct_rows(trial, corpus, d) for d in trial.shares}
        plan = cls(
            interleave=Interleave.of(trial.shares),
            domain_rows=tuple(rows.values()),
            seq_len=trial.recipe.seq_len,
            batch_rows=trial.recipe.batch_rows,
            n_steps=trial.n_steps,
            seed=trial.seed,
            organisation=trial.organisation,
        )
        _refuse_too_many_epochs(plan.epochs(), rows, trial, max_epochs)
        return plan

    @property
    def n_rows(self) -> int:
        """Rows of the whole training."""
        return self.n_steps * self.batch_rows

    def epochs(self) -> dict[str, float]:
        """Passes over each domain's distinct rows."""
        counts = self.interleave.counts(self.n_rows)
        return {d: counts[d] / n for d, n in zip(counts, self.domain_rows, strict=True)}

    def locate(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """For training rows (k,): the domain code of each (k,) and the row within that domain's tokens (k,)."""
        codes, ranks = self.interleave.assign(rows)
        positions = np.empty_like(ranks)
        for code, (domain, n) in enumerate(zip(self.interleave.domains, self.domain_rows, strict=True)):
            mine = np.flatnonzero(codes == code)
            positions[mine] = self._shuffled(ranks[mine], n, domain)
        return codes, positions

    def worker_rows(self, index: NDArray[np.int64], rank: int, world: int) -> NDArray[np.int64]:
        """The training rows behind the index-th rows of one worker: each step's batch is cut in `world` equal runs."""
        local = self.local_rows(world)
        step, place = np.divmod(index, local)
        return step * self.batch_rows + rank * local + place

    def local_rows(self, world: int) -> int:
        """Rows per step and worker. Raises MixlawError when the batch cannot be cut evenly."""
        if self.batch_rows % world:
            raise MixlawError(
                f"a batch of {self.batch_rows} rows cannot be shared by {world} workers; "
                "choose a number of workers that divides it"
            )
        return self.batch_rows // world

    def _shuffled(self, ranks: NDArray[np.int64], n: int, domain: str) -> NDArray[np.int64]:
        if not ranks.size:
            return ranks
        first, last = int(ranks.min()) // n, int(ranks.max()) // n
        if first == last:  # nearly always; telling epochs apart row by row would cost as much as the permutation
            return permute(ranks - first * n, n, f"{self.seed}/{domain}/{first}")
        epochs = ranks // n
        result = np.empty_like(ranks)
        for epoch in np.unique(epochs).tolist():
            mine = epochs == epoch
            result[mine] = self._shuffled(ranks[mine], n, domain)
        return result


def _distinct_rows(trial: Trial, corpus: Corpus, domain: str) -> int:
    if domain not in corpus.domains:
        raise MixlawError(
            f"the corpus {corpus.path} has no {domain}; it has {', '.join(corpus.domains)}. "
            f"Add a source of {domain} to its spec and build it again"
        )
    available = corpus.n_tokens(domain, "train", trial.organisation)
    tokens = min(available, trial.unique_tokens.get(domain, available) + 1)
    rows = (tokens - 1) // trial.recipe.seq_len
    if rows < 1:
        raise MixlawError(f"{domain} has {tokens} training tokens, less than one row of {trial.recipe.seq_len}")
    return rows


def _refuse_too_many_epochs(
    epochs: Mapping[str, float], rows: Mapping[str, int], trial: Trial, max_epochs: float
) -> None:
    # A hair of tolerance: a share that fills its tokens exactly may round up by one row.
    over = [d for d in epochs if epochs[d] > max_epochs + 2 / rows[d] and not math.isinf(max_epochs)]
    if over:
        wanted = "; ".join(
            f"{d}: {trial.shares[d] * trial.trained_tokens:,.0f} tokens asked, "
            f"{rows[d] * trial.recipe.seq_len:,} available, {epochs[d]:.1f} epochs"
            for d in over
        )
        raise MixlawError(
            f"too little data for {trial.label or trial.trial_id} ({wanted}; at most {max_epochs:g} epochs are "
            "allowed). Build a larger corpus, lower the tokens or the share, or raise --max-epochs"
        )
