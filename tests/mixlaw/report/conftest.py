"""An output folder as a small real study would leave it: planted laws, 0.3% noise, real fits and a real search."""

from __future__ import annotations

import dataclasses
import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

from mixlaw.corpus import Corpus
from mixlaw.corpus.shards import Shard
from mixlaw.laws import Candidate, Choice, FittedLaw, HeldOut, fit, observe
from mixlaw.laws.held_out import not_measured
from mixlaw.search import Constraints, Front, FrontPoint, Recommendation, Worst, search
from mixlaw.store import read_results, write_rows
from mixlaw.trial import LANGUAGES, MEASURED, TEXT

E = dict(zip(MEASURED, (1.9, 1.2, 1.7, 1.5, 1.0, 1.35, 1.25, 2.2), strict=True))
N_GRID, D_GRID = (25_000, 50_000, 100_000), (262_144, 524_288, 1_048_576)
ALLOCATION_N, ALLOCATION_D = 200_000, 2_097_152
TEXT_SHARE = 0.125
TRAINED = ("python", "java", "csharp", "go", "rust")
"""Five of the seven languages, for time; the page shows the others as not measured."""
VALIDATION_TOKENS = 60_000
SEEDS = (0, 1, 2)


def planted_loss(domain: str, N: float, D: float, shares: dict[str, float]) -> float:
    """Every other language's token is worth 0.15 of an own one; Python falls off faster with data."""
    own = shares.get(domain, 0.0)
    counted = D * (own + 0.15 * (1 - own))
    exponent = 0.38 if domain == "python" else 0.30
    return E[domain] + 12 / N**0.25 + (150 if domain == "python" else 45) / counted**exponent


class Writer:
    """Writes rows as the launcher would, with noise from one generator."""

    def __init__(self, out: Path) -> None:
        self.out, self.rng, self.n = out, np.random.default_rng(7), 0

    def row(self, study: str, label: str, N: float, D: float, shares: dict[str, float], **more: Any) -> dict[str, Any]:
        self.n += 1
        losses: dict[str, float] = {}
        for domain in MEASURED:
            loss = planted_loss(domain, N, D, shares) * (1 + 0.003 * self.rng.normal())
            losses |= {f"loss_{domain}": loss, f"loss_se_{domain}": 0.012}
        return {
            "trial_id": f"{self.n:016x}",
            "evaluation": "validation",
            "status": "finished",
            "error": "",
            "study": study,
            "label": label,
            "model": "tiny",
            "organisation": "shuffled",
            "corpus": "c0ffee",
            "schedule": "cosine",
            "precision": "bf16",
            "hardware": "2 cores",
            "versions": "mixlaw 0.1.0, torch 2.13.0, ray 2.60.0",
            "finished_at": f"2026-01-01T00:{self.n % 60:02d}:00+00:00",
            "params_non_embedding": int(N),
            "params_total": int(N * 3),
            "train_tokens": int(D),
            "batch_tokens": 4096,
            "seq_len": 256,
            "seed": 0,
            "workers": 1,
            "flops": 6.0 * N * D,
            "learning_rate": 2e-3,
            "tokens_per_second": 30_000.0,
            "train_seconds": D / 30_000,
            **{f"share_{d}": s for d, s in shares.items()},
            **losses,
            **more,
        }

    def write(self, *args: Any, **more: Any) -> None:
        row = self.row(*args, **more)
        write_rows(self.out, row["trial_id"], row["evaluation"], [row])

    def write_study(self, name: str, n: int) -> None:
        path = self.out / "studies" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps([{"label": str(i)} for i in range(n)]))


def write_single(writer: Writer) -> None:
    for language, N, D in itertools.product(TRAINED, N_GRID, D_GRID):
        writer.write("single-language", f"{language} {N}", N, D, {language: 1.0}, **{f"epochs_{language}": 0.4})
    writer.write_study("single-language", 9 * len(TRAINED))


def write_synergy(writer: Writer) -> None:
    N, D = 50_000, 524_288
    for a in TRAINED:
        # A second pass is worth a fifth of new data: about what half of another language is worth here.
        row = writer.row("synergy", f"{a} twice", N, D, {a: 1.0}, **{f"epochs_{a}": 2.0})
        row[f"loss_{a}"] = planted_loss(a, N, D * 0.58, {a: 1.0}) * (1 + 0.003 * writer.rng.normal())
        write_rows(writer.out, row["trial_id"], "validation", [row])
    for a, b in itertools.combinations(TRAINED, 2):
        writer.write("synergy", f"{a} + {b}", N, D, {a: 0.5, b: 0.5}, **{f"epochs_{a}": 1.0, f"epochs_{b}": 1.0})


def write_mixtures(writer: Writer) -> None:
    rng = np.random.default_rng(1)
    for i, N in enumerate([25_000, 50_000, 100_000] * 7):
        weights = rng.dirichlet(np.ones(len(TRAINED))) * (1 - TEXT_SHARE)
        shares = {**dict(zip(TRAINED, map(float, weights), strict=True)), TEXT: TEXT_SHARE}
        writer.write("mixtures", f"random {i}", N, D_GRID[i % 3], shares)


def write_failed(writer: Writer) -> None:
    row = writer.row("mixtures", "<b>random & bad</b>", 50_000, 524_288, {"python": 1.0})
    keep = ("trial_id", "evaluation", "study", "label", "model", "train_tokens", "share_python")
    failed = {name: row[name] for name in keep} | {"status": "failed", "error": "loss is NaN at step 17, rate 2e-3"}
    write_rows(writer.out, row["trial_id"], "validation", [failed])


def write_translation(writer: Writer) -> None:
    rows = []
    first = writer.row("allocation", "recommended", ALLOCATION_N, ALLOCATION_D, {"python": 1.0})
    kept = {k: v for k, v in first.items() if not k.startswith("loss")}
    for a, b in itertools.permutations(LANGUAGES, 2):
        if (a, b) != ("go", "rust"):
            rows.append(kept | {"evaluation": f"translation/{a}-{b}", f"loss_{b}": 1.4 + E[b] / 3})
    write_rows(writer.out, first["trial_id"], "translation", rows)
    translated = [
        kept | {"evaluation": f"translated/{a}-{b}", "bleu": 12.5, "pass_at_1": 0.25, "programs": 50}
        for a, b in (("python", "go"), ("go", "rust"))
    ]
    write_rows(writer.out, first["trial_id"], "translated", translated)


def write_pass_at_1(writer: Writer) -> None:
    """The smaller of two models solves nothing; the larger some of it."""
    small = writer.row("allocation", "uniform", ALLOCATION_N / 2, ALLOCATION_D, {"python": 1.0})
    large = writer.row("allocation", "recommended", ALLOCATION_N, ALLOCATION_D, {"python": 1.0})
    for row, value in ((small, 0.0), (large, 0.125)):
        kept = {k: v for k, v in row.items() if not k.startswith("loss")}
        found = {"pass_at_1": value, "pass_at_1_lower": value * 0.5, "pass_at_1_upper": value * 1.5, "problems": 161}
        rows = [kept | found | {"evaluation": f"humaneval/{language}"} for language in (*LANGUAGES, "mean")]
        write_rows(writer.out, row["trial_id"], "humaneval", rows)


def held(error: float, spread: float = 0.1) -> HeldOut:
    return HeldOut(error=error, standard_error=spread, n_rows=20)


def chosen_of(law: FittedLaw) -> FittedLaw:
    """The law as if it had won against another: choosing in earnest takes long and is tested with the laws."""
    missing = not_measured("all runs had one budget")
    errors = {"largest-N": held(1.2), "largest-D": missing, "mixtures": held(0.8)}
    worse = {"largest-N": held(2.4), "largest-D": missing, "mixtures": held(0.9, 0.3)}
    candidates = (
        Candidate(law="coupled", weight=0.0, held_out=worse),
        Candidate(law=law.form, weight=1.0, held_out=errors),
        Candidate(law="joint", weight=0.0, held_out={}, reason="python has 9 runs for a law of 37 parameters"),
    )
    choice = Choice(candidates=candidates, held_out={t: {**errors, "mixtures": held(0.7)} for t in law.targets})
    return dataclasses.replace(law, choice=choice)


def fit_and_search(out: Path) -> None:
    table = read_results(out, evaluation="validation").filter(pl.col("study") != "allocation")
    for form in ("chinchilla", "transfer", "proportion"):
        targets = None if form == "proportion" else TRAINED
        law = fit(observe(table, allow_failed=True), form, targets=targets, n_bootstrap=12)
        law.save(out / "laws" / f"{form}.json")
        if form == "transfer":
            chosen_of(law).save(out / "laws" / "auto.json")
            found = search(
                law, N=ALLOCATION_N, D=ALLOCATION_D, n_trials=20, constraints=Constraints(fixed={TEXT: TEXT_SHARE})
            )
            found.save(out / "laws" / "recommendation.json")
            front_of(found).save(out / "laws" / "front.json")


def front_of(found: Recommendation) -> Front:
    """From the recommended shares to the reference in three steps, without a search."""
    ends = (found.shares, found.reference)
    points = [
        FrontPoint(
            shares={d: (1 - step) * ends[0].get(d, 0.0) + step * ends[1].get(d, 0.0) for d in {**ends[0], **ends[1]}},
            mean=found.mean,
            gain=dataclasses.replace(found.gain, nats=(1 - step) * found.gain.nats),
            worst=Worst(target="java", change=0.02 * (1 - step), lower=0.0, upper=0.03),
        )
        for step in (0.0, 0.5, 1.0)
    ]
    return Front(
        law=found.law,
        N=found.N,
        D=found.D,
        weights=found.weights,
        reference=found.reference,
        reference_mean=found.reference_mean,
        points=tuple(points),
        extrapolates="",
        n_trials=1,
    )


def write_allocation(writer: Writer, seeds: tuple[int, ...] = SEEDS) -> None:
    found = json.loads((writer.out / "laws" / "recommendation.json").read_text())
    for seed in seeds:
        for label, key in (("uniform", "reference"), ("recommended", "shares")):
            shares = {d: round(s, 4) for d, s in found[key].items() if s > 1e-4}
            total = sum(shares.values())
            shares = {d: s / total for d, s in shares.items()}
            writer.write("allocation", label, ALLOCATION_N, ALLOCATION_D, shares, seed=seed)


def synthetic_corpus(path: Path) -> Corpus:
    """A corpus of which only the manifest exists: the report reads no tokens."""
    shards = [
        {
            "split": split,
            "domain": domain,
            "organisation": "shuffled",
            "number": 0,
            "file": f"tokens/{split}/{domain}-00000.npy",
            "tokens": n,
            "documents": n // 500,
            "text_bytes": n * 3,
            "file_bytes": n * 2,
            "sha256": "",
            "documents_file": f"documents/{split}/{domain}-00000.parquet",
            "documents_bytes": n // 10,
            "documents_sha256": "",
        }
        for domain in MEASURED
        for split, n in (("train", 3_000_000), ("validation", VALIDATION_TOKENS), ("test", 50_000))
    ]
    steps = (("size", 3000, 2900), ("generated", 2900, 2500), ("exact duplicates", 2500, 2100))
    taken = (("taken for train", 1900, 1500), ("taken for validation", 200, 200))
    funnel = [
        {"step": s, "domain": d, "documents_in": i, "documents_out": o, "bytes_in": i * 900, "bytes_out": o * 900}
        for s, i, o in (*steps, *taken)
        for d in MEASURED
    ]
    manifest = {
        "name": "demo",
        "fingerprint": "c0ffee",
        "vocab_size": 4096,
        "shards": shards,
        "funnel": funnel,
        "licences": {"MIT": {"documents": 900, "bytes": 4_000_000}, "<script>": {"documents": 1, "bytes": 10}},
        "projects": {
            "train": {d: {"count": 2, "largest": [f"{d}-one", f"{d}-two"]} for d in MEASURED},
            "validation": {d: {"count": 1, "largest": [f"{d}-three"]} for d in MEASURED},
        },
    }
    return Corpus(path=path, manifest=manifest, shards=tuple(Shard(**record) for record in shards))


@pytest.fixture(scope="session")
def full_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which everything has been run. Shared: tests must not change it."""
    out = tmp_path_factory.mktemp("full")
    writer = Writer(out)
    for write in (write_single, write_synergy, write_mixtures, write_failed):
        write(writer)
    fit_and_search(out)
    write_allocation(writer)
    write_translation(writer)
    write_pass_at_1(writer)
    return out


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return synthetic_corpus(tmp_path_factory.mktemp("corpus"))
