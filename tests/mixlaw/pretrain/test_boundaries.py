"""A trial that keeps documents apart: in training, and in the held-out loss."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import polars as pl
import pytest
import torch

from mixlaw.corpus import Corpus
from mixlaw.mixture import RowPlan, batches
from mixlaw.model import Decoder, document_starts, initialise, load_decoder
from mixlaw.pretrain import Placement, train_trial
from mixlaw.pretrain.group import Group
from mixlaw.pretrain.loop import accumulate_gradients
from mixlaw.pretrain.validate import validate
from mixlaw.trial import Trial

MakeTrial = Callable[..., Trial]


def keeping(trial: Trial) -> Trial:
    return dataclasses.replace(trial, recipe=dataclasses.replace(trial.recipe, boundaries="kept"))


def held_out(decoder: Decoder, corpus: Corpus, eos: int | None) -> float:
    (only,) = validate(
        decoder,
        corpus,
        seq_len=32,
        tokens_per_domain=8_192,
        micro_rows=8,
        precision="fp32",
        group=Group(),
        domains=["go"],
        eos=eos,
    )
    return only.loss_nats


def test_a_trial_is_trained_and_measured_with_the_boundaries_it_names(
    tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement
) -> None:
    placement = dataclasses.replace(placement, validation_tokens=8_192)
    ignoring = make_trial(steps=20)
    trials, marks = [ignoring, keeping(ignoring)], (None, tiny_corpus.eos)
    results = [train_trial(trial, tiny_corpus, placement) for trial in trials]
    for trial, result, eos, other in zip(trials, results, marks, marks[::-1], strict=True):
        model = load_decoder(placement.trial_folder(trial.trial_id) / "model")
        measured = next(m.loss_nats for m in result.measurements if m.domain == "go")
        assert measured == pytest.approx(held_out(model, tiny_corpus, eos), abs=1e-6)
        assert measured != pytest.approx(held_out(model, tiny_corpus, other), abs=1e-6)
    histories = [
        pl.read_parquet(placement.trial_folder(trial.trial_id) / "history.parquet")["loss_nats"] for trial in trials
    ]
    assert histories[0].to_list() != histories[1].to_list()


def test_a_step_is_the_mean_over_every_token_whatever_the_micro_batches(
    tiny_corpus: Corpus, make_trial: MakeTrial
) -> None:
    trial, eos = keeping(make_trial(steps=60)), tiny_corpus.eos
    steps = (torch.from_numpy(step.astype(np.int64)) for step in batches(RowPlan.of(trial, tiny_corpus), tiny_corpus))
    rows = max(steps, key=_boundaries(eos))
    assert _boundaries(eos)(rows) > 0
    gradients: list[list[torch.Tensor | None]] = []
    for micro_rows in (8, 2, 1):
        decoder = Decoder(trial.model, tiny_corpus.vocab_size)
        initialise(decoder, 0)
        loss = accumulate_gradients(decoder, rows, micro_rows, "fp32", eos)
        with torch.no_grad():
            whole = decoder(rows[:, :-1], rows[:, 1:], document_starts(rows[:, :-1], eos)).mean()
        assert loss.item() == pytest.approx(whole.item(), abs=1e-6)
        gradients.append([p.grad for p in decoder.parameters()])
    torch.testing.assert_close(gradients[0], gradients[1], atol=1e-6, rtol=1e-5)
    torch.testing.assert_close(gradients[0], gradients[2], atol=1e-6, rtol=1e-5)


def _boundaries(eos: int) -> Callable[[torch.Tensor], int]:
    return lambda rows: int((rows[:, :-2] == eos).sum())
