"""The data-organisation study, from parallel programs to losses: three arrangements of the same programs."""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Callable

import pytest
from tokenizers import Tokenizer

from mixlaw.corpus import Corpus, build
from mixlaw.mixture import RowPlan, batches
from mixlaw.pretrain import Placement, train_trial
from mixlaw.trial import LANGUAGES, ORGANISATIONS, MixlawError, Trial

NAMES = ("total", "width", "index", "count")


@pytest.fixture(scope="module")
def parallel_corpus(tiny_corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """The tiny corpus's sources and 60 tasks in seven languages, each program marked by its language."""
    folder = tmp_path_factory.mktemp("parallel")
    generator = random.Random(1)
    lines: list[str] = []
    for task in range(60):
        body = "\n".join(f"{generator.choice(NAMES)} = {generator.randrange(99)}" for _ in range(6))
        lines.append(json.dumps({"task": f"t{task}"} | {lang: f"# {lang} {task}\n{body}\n" for lang in LANGUAGES}))
    (folder / "tasks.jsonl").write_text("\n".join(lines))
    original = tiny_corpus.path.parent
    spec = (original / "spec.yaml").read_text().replace("path: alpha", f"path: {original}/alpha")
    spec = spec.replace("path: beta", f"path: {original}/beta")
    (folder / "spec.yaml").write_text(f"{spec}parallel:\n- {{name: tasks, path: tasks.jsonl, licence: MIT}}\n")
    return build(folder / "spec.yaml", folder / "corpus")


def arranged(make_trial: Callable[..., Trial], organisation: str) -> Trial:
    trial = make_trial(steps=10)
    return dataclasses.replace(trial, shares={"parallel": 0.9, "text": 0.1}, organisation=organisation)


def test_each_arrangement_trains_on_its_own_rows(
    parallel_corpus: Corpus, make_trial: Callable[..., Trial], placement: Placement
) -> None:
    results = {o: train_trial(arranged(make_trial, o), parallel_corpus, placement) for o in ORGANISATIONS}
    losses = {o: result.measurements[0].loss_nats for o, result in results.items()}
    assert len(set(losses.values())) == 3, "the arrangement reached the model"
    assert all(measured.loss_nats < 7 for result in results.values() for measured in result.measurements)


def test_only_the_prompted_arrangement_holds_the_papers_prompt(
    parallel_corpus: Corpus, make_trial: Callable[..., Trial]
) -> None:
    tokenizer = Tokenizer.from_file(str(parallel_corpus.tokenizer_path))
    for organisation in ORGANISATIONS:
        plan = RowPlan.of(arranged(make_trial, organisation), parallel_corpus)
        text = "".join(tokenizer.decode(row.tolist()) for step in batches(plan, parallel_corpus) for row in step)
        assert ("Please translate" in text) == (organisation == "paired-prompt")


def test_a_corpus_without_parallel_programs_says_what_to_add(
    tiny_corpus: Corpus, make_trial: Callable[..., Trial]
) -> None:
    with pytest.raises(MixlawError, match="has no parallel"):
        RowPlan.of(arranged(make_trial, "paired-direct"), tiny_corpus)
