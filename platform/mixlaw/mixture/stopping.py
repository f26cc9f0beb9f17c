"""Training that stops before a language repeats, decided before it begins."""

from __future__ import annotations

import bisect
import dataclasses
import math

from mixlaw.corpus import Corpus
from mixlaw.mixture.plan import RowPlan
from mixlaw.trial import MixlawError, Trial


def stopped_when_used_up(trial: Trial, corpus: Corpus) -> tuple[Trial, str]:
    """The trial with the whole steps that come before a domain would begin a second pass, and that domain.

    The trial itself, and "", when no domain is used up. A domain that the trial repeats on purpose (`unique_tokens`
    below what the corpus has) does not stop it. Raises MixlawError when a domain cannot feed one step.
    """
    plan = RowPlan.of(trial, corpus, max_epochs=math.inf)
    limits = {
        domain: rows
        for domain, rows in zip(plan.interleave.domains, plan.domain_rows, strict=True)
        if trial.unique_tokens.get(domain, math.inf) >= corpus.n_tokens(domain, "train", trial.organisation)
    }

    def used_up(steps: int) -> list[str]:
        counts = plan.interleave.counts(steps * plan.batch_rows)
        return [domain for domain, rows in limits.items() if counts[domain] > rows]

    steps = bisect.bisect_left(range(plan.n_steps), True, key=lambda n: bool(used_up(n + 1)))
    if steps == plan.n_steps:
        return trial, ""
    domain = used_up(steps + 1)[0]
    if steps == 0:
        raise MixlawError(
            f"{trial.label or trial.trial_id}: {domain} has {limits[domain] * plan.seq_len:,} training tokens, not "
            "enough for its share of one step. Build a larger corpus, or let it repeat: --when-used-up repeat"
        )
    return dataclasses.replace(trial, train_tokens=steps * trial.recipe.batch_tokens), domain
