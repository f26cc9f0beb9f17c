"""The training loop: one process of a group that may be one strong."""

from __future__ import annotations

import contextlib
import functools
import logging
import math
import time
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl
import torch
from torch import Tensor
from torch.distributed.checkpoint.state_dict import StateDictOptions, get_model_state_dict

from mixlaw.corpus import Corpus
from mixlaw.corpus.token_stream import Tokens
from mixlaw.mixture import Feed, RowPlan, batches
from mixlaw.model import Decoder, document_starts, export_to_hugging_face, initialise
from mixlaw.pretrain.checkpoints.checkpoint import Checkpoints
from mixlaw.pretrain.checkpoints.saving import Saver
from mixlaw.pretrain.checkpoints.trunk import Trunk
from mixlaw.pretrain.diverged import TrainingDiverged
from mixlaw.pretrain.fsdp import shard
from mixlaw.pretrain.group import Group, mean_and_any
from mixlaw.pretrain.machine.allocator import keep_freed_memory
from mixlaw.pretrain.machine.compiled import compile_where_it_pays
from mixlaw.pretrain.machine.hardware import autocast, device_of, hardware_name, precision_of
from mixlaw.pretrain.machine.memory import micro_batch_tokens
from mixlaw.pretrain.machine.recompute import recompute_blocks
from mixlaw.pretrain.optimiser import adamw, update
from mixlaw.pretrain.placement import Placement
from mixlaw.pretrain.progress import Report, Step
from mixlaw.pretrain.result import TrainingResult
from mixlaw.pretrain.schedule import learning_rate
from mixlaw.pretrain.spike import lasting_spike
from mixlaw.pretrain.validate import validate
from mixlaw.trial import Trial

log = logging.getLogger(__name__)


def train_trial(
    trial: Trial,
    corpus: Corpus,
    placement: Placement,
    *,
    rank: int = 0,
    world: int = 1,
    report: Report | None = None,
    feed: Feed | None = None,
) -> TrainingResult:
    """Train a trial from its last checkpoint or the start, measure it, and export it to `out/trials/<id>/model`.

    With `world` above 1 the default process group must exist (gloo or NCCL) and every process calls this. Rows come
    from `feed` if one is given, else from the corpus's files. Raises TrainingDiverged on every process, MixlawError for
    a corpus that cannot feed the trial.
    """
    run = Run.start(trial, corpus, placement, Group(rank=rank, world=world))
    trunk = Trunk.of(trial, placement)
    branch_points = trunk.missing(trial)
    resumed_from, started, saved = len(run.losses), time.monotonic(), time.monotonic()
    with run.saver, contextlib.closing(run.batches(feed)) as steps:
        timed = Timed(steps)
        for rows in timed:
            due = time.monotonic() - saved > placement.checkpoint_seconds or len(run.losses) + 1 in branch_points
            if run.step(rows, time_to_save=due):
                shared = len(run.losses) in branch_points
                hand_over = functools.partial(trunk.take, run.checkpoints, len(run.losses)) if shared else None
                run.saver.save(run.decoder, run.optimiser, run.losses, then=hand_over)
                saved = time.monotonic()
            if report and run.group.leads:
                report(run.last_step(run.tokens_since(resumed_from) / (time.monotonic() - started)))
    seconds = time.monotonic() - started
    return run.finish(seconds=seconds, data_seconds=timed.seconds, resumed_from=resumed_from)


class Timed(Iterator[Tensor]):
    """The same items, and the seconds that were spent waiting for them."""

    def __init__(self, items: Iterator[Tensor]) -> None:
        self._items = items
        self.seconds = 0.0

    def __next__(self) -> Tensor:
        asked = time.monotonic()
        try:
            return next(self._items)
        finally:
            self.seconds += time.monotonic() - asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The state of one process: model, optimiser, the losses so far (as many as steps)."""

    trial: Trial
    corpus: Corpus
    placement: Placement
    group: Group
    device: torch.device
    precision: str
    decoder: Decoder
    optimiser: torch.optim.Optimizer
    checkpoints: Checkpoints
    saver: Saver
    losses: list[float] = field(default_factory=list[float])
    norms: list[float] = field(default_factory=list[float])
    """Of the gradients before clipping, in the steps of this process."""

    @classmethod
    def start(cls, trial: Trial, corpus: Corpus, placement: Placement, group: Group) -> Run:
        """Build model and optimiser, sharded; load the last checkpoint, or initialise from the trial's seed."""
        device = device_of(placement)
        torch.set_num_threads(placement.threads_per_worker)
        keep_freed_memory()
        decoder = build_decoder(trial, corpus.vocab_size, placement, group, device)
        checkpoints = Checkpoints.of(trial, placement, group)
        run = cls(
            trial=trial,
            corpus=corpus,
            placement=placement,
            group=group,
            device=device,
            precision=precision_of(placement, device),
            decoder=decoder,
            optimiser=adamw(decoder, trial.recipe),
            checkpoints=checkpoints,
            saver=Saver(checkpoints),
        )
        losses = run.checkpoints.load_latest(decoder, run.optimiser)
        if losses is None:
            run.optimiser.state.clear()
            initialise(decoder, trial.seed)
        else:
            run.losses.extend(losses)
        return run

    def batches(self, feed: Feed | None = None) -> Generator[Tensor]:
        """This process's rows of every step that is left, (rows, seq_len + 1) on the device."""
        done = len(self.losses)
        if feed and feed.first_step != done:
            # A damaged checkpoint was passed over, which only the processes that load it can find.
            log.warning("the stream begins at step %d, training at %d: rows are read here", feed.first_step, done)
            feed = None
        for rows in feed.batches() if feed else self._read_here(done):
            yield torch.from_numpy(rows.astype(np.int64)).to(self.device, non_blocking=True)

    def _read_here(self, start_step: int) -> Iterator[Tokens]:
        # Whether the epochs are acceptable was decided before anything was launched.
        plan = RowPlan.of(self.trial, self.corpus, max_epochs=math.inf)
        rank, world = self.group.rank, self.group.world
        return batches(plan, self.corpus, rank=rank, world=world, start_step=start_step, read_ahead=True)

    def step(self, rows: Tensor, *, time_to_save: bool) -> bool:
        """One optimiser step; whether any process finds it time to save. Raises TrainingDiverged."""
        done, trial = len(self.losses), self.trial
        rate = learning_rate(trial.recipe, done, trial.n_steps)
        local = accumulate_gradients(self.decoder, rows, self.micro_rows, self.precision, self.document_end)
        norm = update(self.decoder, self.optimiser, rate, trial.recipe.clip_norm).item()
        loss, save_now = mean_and_any(self.group, local, time_to_save)
        if not math.isfinite(loss) or not math.isfinite(norm):
            found = f"loss {loss:g}, gradient norm {norm:g}"
            raise TrainingDiverged.at(trial, done + 1, rate, found, self.saved_by(done))
        self.losses.append(loss)
        self.norms.append(norm)
        if self.placement.stop_on_spike and (spike := lasting_spike(self.losses)):
            raise TrainingDiverged.at(trial, done + 1, rate, spike.told(self.losses), self.saved_by(spike.began - 1))
        return save_now

    def last_step(self, tokens_per_second: float) -> Step:
        """What there is to tell of the step just done."""
        done, trial = len(self.losses), self.trial
        return Step(
            step=done,
            n_steps=trial.n_steps,
            loss=self.losses[-1],
            gradient_norm=self.norms[-1],
            learning_rate=learning_rate(trial.recipe, done - 1, trial.n_steps),
            tokens_per_second=tokens_per_second,
        )

    def saved_by(self, step: int) -> int:
        """The last step up to this one that has a checkpoint; 0 when there is none."""
        with contextlib.suppress(OSError):  # one that could not be written is none
            self.saver.wait()
        return next((saved for saved in self.checkpoints.steps() if saved <= step), 0)

    def finish(self, *, seconds: float, data_seconds: float, resumed_from: int) -> TrainingResult:
        """Measure, export, write the history."""
        measurements = validate(
            self.decoder,
            self.corpus,
            seq_len=self.trial.recipe.seq_len,
            tokens_per_domain=self.placement.validation_tokens,
            micro_rows=self.micro_rows,
            precision=self.precision,
            group=self.group,
            eos=self.document_end,
        )
        self.export()
        last_tenth = self.losses[-max(1, len(self.losses) // 10) :]
        return TrainingResult(
            measurements=tuple(measurements),
            train_loss=math.fsum(last_tenth) / len(last_tenth),
            tokens_per_second=self.tokens_since(resumed_from) / seconds,
            train_seconds=seconds,
            data_seconds=data_seconds,
            precision=self.precision,
            hardware=hardware_name(self.device, self.group.world),
            n_steps=len(self.losses),
            resumed_from=resumed_from,
        )

    def export(self) -> None:
        """Write model and history to the trial's folder. Collective."""
        whole = get_model_state_dict(
            self.decoder, options=StateDictOptions(full_state_dict=True, cpu_offload=self.group.world > 1)
        )
        if self.group.leads:
            folder = self.placement.trial_folder(self.trial.trial_id)
            export_to_hugging_face(
                self.decoder,
                self.corpus.tokenizer_path,
                self.corpus.eos,
                folder / "model",
                seq_len=self.trial.recipe.seq_len,
                state={name: tensor for name, tensor in whole.items() if isinstance(tensor, Tensor)},
            )
            write_history(folder / "history.parquet", self.trial, self.losses)
        self.group.barrier()

    def tokens_since(self, step: int) -> int:
        """Tokens trained on after `step`, by all processes."""
        return (len(self.losses) - step) * self.trial.recipe.batch_tokens

    @property
    def document_end(self) -> int | None:
        """The corpus's end mark, if documents are kept apart."""
        return self.corpus.eos if self.trial.recipe.boundaries == "kept" else None

    @property
    def micro_rows(self) -> int:
        """Rows per forward pass: the most that divide this process's rows evenly within the limit."""
        limit = micro_batch_tokens(self.trial, self.placement, self.device) // self.trial.recipe.seq_len
        local = self.trial.recipe.batch_rows // self.group.world
        return max(n for n in range(1, local + 1) if local % n == 0 and n <= max(1, limit))


def build_decoder(trial: Trial, vocab_size: int, placement: Placement, group: Group, device: torch.device) -> Decoder:
    """The decoder on its device, sharded and compiled as placed; its parameters are not filled yet."""
    with torch.device("meta"):
        decoder = Decoder(trial.model, vocab_size)
    decoder.z_loss = trial.recipe.z_loss
    compile_where_it_pays(decoder, trial, placement, device)
    if placement.activation_checkpointing:
        recompute_blocks(decoder)
    shard(decoder, group, device)
    return decoder.to_empty(device=device)


def accumulate_gradients(
    decoder: Decoder, rows: Tensor, micro_rows: int, precision: str, eos: int | None = None
) -> Tensor:
    """Add the gradient of the mean loss over rows (R, T + 1), a few at a time; that loss, a scalar.

    With `eos`, the end mark, attention stays within documents; every token's loss counts either way, also that of a
    document's first token, which is predicted at the end mark before it.
    """
    total = torch.zeros((), device=rows.device)
    for start in range(0, len(rows), micro_rows):
        part = rows[start : start + micro_rows]
        documents = None if eos is None else document_starts(part[:, :-1], eos)
        with autocast(rows.device, precision):
            loss = decoder(part[:, :-1], part[:, 1:], documents).sum() / rows[:, 1:].numel()
        loss.backward()
        total += loss.detach()
    return total


def write_history(path: Path, trial: Trial, losses: list[float]) -> None:
    """The training loss and learning rate by step (from 1), as Parquet."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rates = [learning_rate(trial.recipe, step, trial.n_steps) for step in range(len(losses))]
    table = pl.DataFrame({"step": range(1, len(losses) + 1), "loss_nats": losses, "learning_rate": rates})
    temporary = path.with_name(f".{path.name}")
    table.write_parquet(temporary)
    temporary.replace(path)
