"""The whole job, small, on this machine."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from mixlaw import store
from mixlaw.corpus import Corpus
from mixlaw.mixture import DEFAULT_MAX_EPOCHS
from mixlaw.model import count_parameters
from mixlaw.pretrain import Placement
from mixlaw.report import write_report
from mixlaw.search import Constraints, Recommendation
from mixlaw.trial import LANGUAGES, Trial
from mixlaw_eval.contamination import evaluation_index
from mixlaw_eval.settings import Settings
from mixlaw_sweeps.building import build_corpus
from mixlaw_sweeps.console import console, duration, errors
from mixlaw_sweeps.data_check import check_data
from mixlaw_sweeps.evaluating import evaluate_model
from mixlaw_sweeps.fitting import fit_laws, law_path
from mixlaw_sweeps.law_tables import show_law
from mixlaw_sweeps.ray_session import ray_session
from mixlaw_sweeps.running import run_with_progress, show_outcome
from mixlaw_sweeps.searching import recommend, show_recommendation
from mixlaw_sweeps.studies import TINY, Scale, allocation, bound, mixtures, single_language, synergy
from mixlaw_sweeps.studies.allocation import TEXT_SHARE

_STEPS = 7
LAWS = ("chinchilla", "proportion", "transfer", "auto")
"""Those that the demo's few runs can carry."""
VALIDATION_TOKENS = 32_768
"""Per language: measuring a small model on more would cost as much as training it."""
LEAST_SHARE = 0.05
"""Of every language: a user wants a model that has seen them all."""


def run_demo(out: Path, *, spec: str = "demo", max_concurrent: int | None = None) -> Path:
    """Corpus, grid, laws, proportions, check at a larger scale, evaluation, report; returns the report's path."""
    started = time.monotonic()
    _say(1, "corpus: source code of seven languages and English, to token shards")
    with ray_session():
        corpus = build_corpus(spec, out / "corpus", evaluations=evaluation_index())
        _say(2, "grid: one language at a time, pairs, random mixtures")
        _train("grid", grid_trials(TINY), corpus, out, max_concurrent)
        _say(3, "laws")
        recommendation = fit_and_search(out, corpus, TINY)
        _say(5, f"check: recommended against uniform, {TINY.allocation_size} parameters, which the fit did not see")
        check = bound(allocation(TINY, recommended=recommendation.shares), corpus.fingerprint)
        _train("recommended and uniform", check, corpus, out, max_concurrent)
    _say(6, "translation loss of the recommended model")
    recommended = next(t for t in check if t.label == "recommended")
    for found in evaluate_model(out / "trials" / recommended.trial_id, Settings(too_long="window")):
        console.print(found.table)
    _say(7, "report")
    page = write_report(out, corpus=corpus)
    show_recommendation(recommendation)
    console.print(measured_difference(out, check))
    console.print(f"[bold]report:[/] {page.resolve()}  (everything took {duration(time.monotonic() - started)})")
    return page


def grid_trials(scale: Scale) -> list[Trial]:
    """What the demo fits its laws to."""
    return single_language(scale) + synergy(scale) + mixtures(scale)


def fit_and_search(out: Path, corpus: Corpus, scale: Scale) -> Recommendation:
    """Fit every law, then search the proportions for the allocation study's model and budget."""
    laws = fit_laws(out, LAWS)
    for law in laws.values():
        show_law(law)
    _say(4, "proportions")
    trial = allocation(scale)[0]
    recommendation = recommend(
        laws["auto"],
        N=count_parameters(trial.model, corpus.vocab_size).non_embedding,
        D=trial.trained_tokens,
        constraints=Constraints(
            fixed={"text": TEXT_SHARE},
            min_share=dict.fromkeys(LANGUAGES, LEAST_SHARE),
            available={d: corpus.n_tokens(d, "train") for d in LANGUAGES},
        ),
        folder=law_path(out, "auto").parent,
    )
    recommendation.save(law_path(out, "recommendation"))
    return recommendation


def measured_difference(out: Path, check: Sequence[Trial]) -> str:
    """The mean loss over languages of both mixtures as trained: uniform minus recommended, seed by seed."""
    means: dict[str, list[float]] = {"uniform": [], "recommended": []}
    for trial in check:
        row = store.read_rows(out, trial.trial_id, "validation")
        assert row is not None
        means[trial.label].append(sum(row[f"loss_{language}"][0] for language in LANGUAGES) / len(LANGUAGES))
    gains = [u - r for u, r in zip(means["uniform"], means["recommended"], strict=True)]
    listed = ", ".join(f"{gain:+.4f}" for gain in gains)
    return (
        f"measured: uniform {sum(means['uniform']) / len(gains):.4f}, recommended "
        f"{sum(means['recommended']) / len(gains):.4f} nats per token, mean of seven languages; "
        f"gain by seed {listed} (the report has the interval)"
    )


def _train(title: str, trials: Sequence[Trial], corpus: Corpus, out: Path, max_concurrent: int | None) -> None:
    mine = bound(trials, corpus.fingerprint)
    check_data(mine, corpus, DEFAULT_MAX_EPOCHS)
    placement = Placement.of(out=out.resolve(), validation_tokens=VALIDATION_TOKENS)
    show_outcome(run_with_progress(title, mine, corpus, placement, max_concurrent=max_concurrent), out)


def _say(step: int, what: str) -> None:
    errors.print(f"[bold]step {step} of {_STEPS}[/] {what}")
