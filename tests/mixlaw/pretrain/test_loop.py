from __future__ import annotations

import dataclasses
import json
import math
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest
import torch

from mixlaw.corpus import Corpus
from mixlaw.mixture import RowPlan, batches
from mixlaw.model import Decoder, initialise, load_decoder
from mixlaw.pretrain import Checkpoints, Placement, TrainingDiverged, TrainingResult, read_progress, train_trial
from mixlaw.pretrain.checkpoints.checkpoint import state_of
from mixlaw.pretrain.group import Group
from mixlaw.pretrain.optimiser import adamw
from mixlaw.pretrain.progress import Report, Step, progress_file
from mixlaw.pretrain.schedule import learning_rate
from mixlaw.pretrain.validate import held_out_rows, validate
from mixlaw.trial import MEASURED, MixlawError, Trial, bits_per_byte

MakeTrial = Callable[..., Trial]


class KilledError(Exception):
    """Stands for whatever ends a process."""


def kill_at(last: int) -> Report:
    def report(at: Step) -> None:
        if at.step == last:
            raise KilledError

    return report


def every_step(placement: Placement) -> Placement:
    return dataclasses.replace(placement, checkpoint_seconds=0.0)


def model_of(placement: Placement, trial: Trial) -> dict[str, torch.Tensor]:
    return load_decoder(placement.trial_folder(trial.trial_id) / "model").state_dict()


def same(first: dict[str, torch.Tensor], second: dict[str, torch.Tensor]) -> bool:
    return all(torch.equal(first[name], second[name]) for name in first)


def test_the_loop_is_textbook_adamw(tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement) -> None:
    """The same losses as the plainest loop that can be written."""
    trial = make_trial(steps=6)
    decoder = Decoder(trial.model, tiny_corpus.vocab_size)
    initialise(decoder, trial.seed)
    moments = {name: (torch.zeros_like(p), torch.zeros_like(p)) for name, p in decoder.named_parameters()}
    expected: list[float] = []
    r = trial.recipe
    for step, rows in enumerate(batches(RowPlan.of(trial, tiny_corpus), tiny_corpus)):
        tokens = torch.tensor(rows).long()
        logits = decoder(tokens[:, :-1])
        loss = -logits.log_softmax(-1).gather(-1, tokens[:, 1:, None]).mean()
        decoder.zero_grad()
        loss.backward()
        grads = {name: p.grad for name, p in decoder.named_parameters() if p.grad is not None}
        norm = math.sqrt(sum(float(g.square().sum()) for g in grads.values()))
        rate = learning_rate(r, step, trial.n_steps)
        with torch.no_grad():
            for name, p in decoder.named_parameters():
                g = grads[name] * min(1.0, r.clip_norm / norm)
                m, v = moments[name]
                m.lerp_(g, 1 - r.beta1)
                v.lerp_(g.square(), 1 - r.beta2)
                if p.ndim > 1:
                    p.mul_(1 - rate * r.weight_decay)
                m_hat, v_hat = m / (1 - r.beta1 ** (step + 1)), v / (1 - r.beta2 ** (step + 1))
                p.sub_(rate * m_hat / (v_hat.sqrt() + r.eps))
        expected.append(loss.item())
    train_trial(trial, tiny_corpus, placement)
    history = pl.read_parquet(placement.trial_folder(trial.trial_id) / "history.parquet")
    assert history["loss_nats"].to_list() == pytest.approx(expected, abs=2e-5)
    assert history["step"].to_list() == [1, 2, 3, 4, 5, 6]


def test_training_learns_and_says_how(tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement) -> None:
    trial = make_trial(steps=60)
    seen: list[int] = []
    result = train_trial(trial, tiny_corpus, placement, report=lambda at: seen.append(at.step))
    assert seen == list(range(1, 61))
    assert result.n_steps == 60
    assert result.resumed_from == 0
    assert result.train_loss < math.log(tiny_corpus.vocab_size) - 1
    assert [m.domain for m in result.measurements] == list(MEASURED)
    for m in result.measurements:
        assert m.n_tokens == 512
        assert 0 < m.loss_se < m.loss_nats < math.log(tiny_corpus.vocab_size)
        assert m.bits_per_byte == bits_per_byte(m.loss_nats, tiny_corpus.bytes_per_token(m.domain))
    assert (result.precision, result.tokens_per_second > 0) == ("fp32", True)
    assert TrainingResult.from_json(json.loads(json.dumps(result.to_json()))) == result


def test_a_killed_training_ends_bit_for_bit_as_if_it_had_not(
    tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement, tmp_path: Path
) -> None:
    trial = make_trial()
    whole = train_trial(trial, tiny_corpus, placement)
    other = every_step(dataclasses.replace(placement, out=tmp_path / "other"))
    with pytest.raises(KilledError):
        train_trial(trial, tiny_corpus, other, report=kill_at(7))
    resumed = train_trial(trial, tiny_corpus, other)
    assert resumed.resumed_from == 7
    assert resumed.measurements == whole.measurements
    assert resumed.train_loss == whole.train_loss
    assert same(model_of(placement, trial), model_of(other, trial))
    histories = [pl.read_parquet(p.trial_folder(trial.trial_id) / "history.parquet") for p in (placement, other)]
    assert histories[0].equals(histories[1])


def test_training_draws_no_random_numbers(tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement) -> None:
    """So a checkpoint needs no generator's state."""
    before = torch.get_rng_state(), random.getstate(), np.random.get_state()[1].tolist()  # type: ignore[index]
    train_trial(make_trial(), tiny_corpus, placement)
    after = torch.get_rng_state(), random.getstate(), np.random.get_state()[1].tolist()  # type: ignore[index]
    assert torch.equal(before[0], after[0])
    assert before[1:] == after[1:]


@pytest.mark.parametrize("damage", ["cut short", "garbage", "one bit", "no index", "half written"])
def test_a_damaged_checkpoint_is_passed_over_for_the_one_before(
    damage: str, tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement
) -> None:
    trial, often = make_trial(), every_step(placement)
    with pytest.raises(KilledError):
        train_trial(trial, tiny_corpus, often, report=kill_at(7))
    folder = often.trial_folder(trial.trial_id) / "checkpoints"
    assert sorted(p.name for p in folder.iterdir()) == ["step-00000006", "step-00000007"]
    shard = next((folder / "step-00000007").glob("*.distcp"))
    content = shard.read_bytes()
    if damage == "cut short":
        shard.write_bytes(content[:-100])
    elif damage == "garbage":
        shard.write_bytes(bytes(len(content)))
    elif damage == "one bit":
        middle = len(content) // 2
        shard.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    elif damage == "no index":
        (folder / "step-00000007" / "index.json").unlink()
    else:
        (folder / "step-00000007").rename(folder / ".step-00000007")
    result = train_trial(trial, tiny_corpus, placement)
    assert result.resumed_from == 6
    whole = train_trial(trial, tiny_corpus, dataclasses.replace(placement, out=placement.out / "whole"))
    assert result.measurements == whole.measurements


def test_with_all_checkpoints_damaged_it_starts_anew(
    tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement
) -> None:
    trial, often = make_trial(), every_step(placement)
    with pytest.raises(KilledError):
        train_trial(trial, tiny_corpus, often, report=kill_at(2))
    for shard in (often.trial_folder(trial.trial_id) / "checkpoints").rglob("*.distcp"):
        shard.write_bytes(bytes(shard.stat().st_size))
    result = train_trial(trial, tiny_corpus, placement)
    assert result.resumed_from == 0
    whole = train_trial(trial, tiny_corpus, dataclasses.replace(placement, out=placement.out / "whole"))
    assert result.measurements == whole.measurements


def test_micro_batches_change_nothing(
    tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement, tmp_path: Path
) -> None:
    trial = make_trial()
    whole = train_trial(trial, tiny_corpus, placement)
    few = dataclasses.replace(placement, out=tmp_path / "few", micro_batch_tokens=64)
    parts = train_trial(trial, tiny_corpus, few)
    for a, b in zip(whole.measurements, parts.measurements, strict=True):
        assert a.loss_nats == pytest.approx(b.loss_nats, abs=1e-5)


def test_bf16_follows_fp32(tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement, tmp_path: Path) -> None:
    trial = make_trial(steps=30)
    exact = train_trial(trial, tiny_corpus, placement)
    rough = dataclasses.replace(placement, out=tmp_path / "bf16", precision="bf16")
    result = train_trial(trial, tiny_corpus, rough)
    assert result.precision == "bf16"
    assert result.train_loss == pytest.approx(exact.train_loss, rel=0.01)
    assert result.train_loss != exact.train_loss


def test_a_divergence_names_trial_step_and_rate(
    tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement
) -> None:
    trial = make_trial(learning_rate=1e30, label="too hot")
    with pytest.raises(TrainingDiverged, match=r"too hot diverged at step \d+ of 12, learning rate 1e\+30: loss"):
        train_trial(trial, tiny_corpus, placement)
    assert not (placement.trial_folder(trial.trial_id) / "model").exists()


def test_too_few_validation_tokens_are_refused(
    tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement
) -> None:
    with pytest.raises(MixlawError, match=r"python has [\d,]+ validation tokens, 1,000,001 are needed"):
        held_out_rows(tiny_corpus, "python", 100, 1_000_000)


def test_validation_takes_a_subset_and_the_rows_that_stand_first(tiny_corpus: Corpus, make_trial: MakeTrial) -> None:
    trial = make_trial()
    decoder = Decoder(trial.model, tiny_corpus.vocab_size)
    initialise(decoder, 0)
    (only,) = validate(
        decoder,
        tiny_corpus,
        seq_len=32,
        tokens_per_domain=320,
        micro_rows=4,
        precision="fp32",
        group=Group(),
        domains=["go"],
    )
    rows = torch.from_numpy(np.asarray(tiny_corpus.tokens("go", "validation")[:321], np.int64))
    inputs, targets = rows[:-1].view(10, 32), rows[1:].view(10, 32)
    with torch.no_grad():
        losses = decoder(inputs, targets).double()
    assert only.domain == "go"
    assert only.loss_nats == pytest.approx(losses.mean().item(), rel=1e-6)
    assert only.loss_se == pytest.approx(losses.mean(dim=1).std().item() / math.sqrt(10), rel=1e-5)


def test_only_the_last_two_checkpoints_are_kept(tmp_path: Path, make_trial: MakeTrial) -> None:
    trial = make_trial()
    decoder = Decoder(trial.model, 300)
    initialise(decoder, 0)
    optimiser, checkpoints = adamw(decoder, trial.recipe), Checkpoints(folder=tmp_path, group=Group())
    for step in (1, 2, 10):
        checkpoints.write(state_of(decoder, optimiser), [0.5] * step)
    assert checkpoints.steps() == [10, 2]
    assert not list(tmp_path.glob(".*"))
    assert checkpoints.load_latest(decoder, optimiser) == [0.5] * 10
    checkpoints.remove()
    assert checkpoints.load_latest(decoder, optimiser) is None


def test_progress_is_read_from_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "trial"
    assert read_progress(folder) is None
    report = progress_file(folder, batch_tokens=50, full_speed=400.0, every_seconds=3_600)
    first = Step(step=1, n_steps=10, loss=2.5, gradient_norm=1.0, learning_rate=1e-3, tokens_per_second=100.0)
    report(first)
    report(dataclasses.replace(first, step=2, loss=2.4))
    progress = read_progress(folder)
    assert progress is not None
    assert (progress.step, progress.n_steps, progress.loss) == (1, 10, 2.5)
    assert (progress.utilisation, progress.seconds_left) == (0.25, 9 * 50 / 100)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"device": "tpu"}, "unknown device 'tpu'; known are auto, cpu, cuda"),
        ({"precision": "fp8"}, "unknown precision"),
        ({"loader": "s3"}, "unknown loader"),
        ({"workers": 0}, "workers must be at least 1"),
    ],
)
def test_a_placement_refuses_unknown_words(options: dict[str, object], message: str, tmp_path: Path) -> None:
    with pytest.raises(MixlawError, match=message):
        Placement.of(out=tmp_path, **options)


def test_a_new_output_folder_needs_nothing_of_the_old(
    tiny_corpus: Corpus, make_trial: MakeTrial, placement: Placement
) -> None:
    trial = make_trial()
    train_trial(trial, tiny_corpus, placement)
    first = model_of(placement, trial)
    shutil.rmtree(placement.out)
    train_trial(trial, tiny_corpus, placement)
    assert same(first, model_of(placement, trial))
