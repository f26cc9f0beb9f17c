"""Where and how a trial runs. None of it is part of what is trained."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Self, get_args

from mixlaw.pretrain.machine.accelerator import has_gpu
from mixlaw.trial import MixlawError

CPU_MICRO_BATCH_TOKENS = 4_096
"""Most tokens of a forward pass on a CPU unless asked: more is no faster."""
MOST_TRIALS_PER_GPU = 64
"""Each is a process with a CUDA context of its own."""
Device = Literal["auto", "cpu", "cuda"]
Precision = Literal["auto", "fp32", "bf16"]
Loader = Literal["auto", "mapped", "ray-data"]
Compile = Literal["auto", "on", "off"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Folder, device, precision, processes; `auto` is settled where it trains. `of` checks a user's words."""

    out: Path
    """The output folder, on a path that every node sees."""
    device: Device = "auto"
    precision: Precision = "auto"
    """auto: bf16 (autocast over float32 weights) where the processor multiplies it natively, else fp32."""
    workers: int = 1
    """Training processes (FSDP ranks) per trial."""
    loader: Loader = "auto"
    """Which way rows reach the training: read in its own processes, or streamed to them by Ray Data.

    auto: ray-data when the trial has a worker group, else mapped.
    """
    compile: Compile = "auto"
    """auto: on for trials long enough to win back the compiler's time."""
    trials_per_gpu: int | Literal["auto"] = "auto"
    """How many trials share a GPU; auto: as many as train most tokens a second together, measured by the launcher.

    Worker groups share none: NCCL takes one process per GPU.
    """
    threads_per_worker: int = 1
    """Of the CPU. Two one-thread processes beat one with two threads."""
    checkpoint_seconds: float = 300.0
    validation_tokens: int = 65_536
    """Held-out tokens per domain."""
    micro_batch_tokens: int | None = None
    """Most tokens per forward pass and process; None: 4,096 on a CPU, else the batch."""
    activation_checkpointing: bool = False
    """Whether blocks are computed again on the way back: less memory, a third more FLOPs, the same losses."""
    stop_on_spike: bool = True
    """Whether a loss that rises and does not come down ends the trial (`mixlaw.pretrain.spike` has the rule)."""
    lost_process_retries: int = 3

    @classmethod
    def of(cls, *, out: Path, **options: Any) -> Self:
        """A placement from a user's words: `out` absolute, the device that of this machine unless named.

        Raises MixlawError for a word that is not known. On a cluster whose head has no GPU, name the device.
        """
        for name, known in _WORDS.items():
            if name in options and options[name] not in get_args(known):
                raise MixlawError(f"unknown {name} {options[name]!r}; known are {', '.join(get_args(known))}")
        if options.get("workers", 1) < 1:
            raise MixlawError(f"workers must be at least 1, got {options['workers']}")
        _check_sharing(options.get("trials_per_gpu", "auto"), options.get("workers", 1))
        if options.get("device", "auto") == "auto":
            options["device"] = "cuda" if has_gpu() else "cpu"
        return cls(out=out.absolute(), **options)

    def trial_folder(self, trial_id: str) -> Path:
        """Where a trial keeps its checkpoints, history and model."""
        return self.out / "trials" / trial_id

    @property
    def streams_rows(self) -> bool:
        """Whether Ray Data delivers the rows."""
        return self.loader == "ray-data" or (self.loader == "auto" and self.workers > 1)

    @property
    def cpus_per_worker(self) -> float:
        """CPUs to reserve per training process. Trials that share a GPU reserve together what one alone would.

        So eight fit beside a GPU with few cores; what that costs is in the measurement by which eight were chosen.
        """
        return self.threads_per_worker * (self.gpus_per_worker or 1)

    @property
    def gpus_per_worker(self) -> float:
        """GPUs to reserve per training process, rounded down to Ray's 1/10,000, so that all find room on one."""
        if self.device != "cuda":
            return 0.0
        sharing = 1 if self.trials_per_gpu == "auto" or self.workers > 1 else self.trials_per_gpu
        return 10_000 // sharing / 10_000


def _check_sharing(trials_per_gpu: object, workers: int) -> None:
    if trials_per_gpu == "auto":
        return
    if not isinstance(trials_per_gpu, int) or not 1 <= trials_per_gpu <= MOST_TRIALS_PER_GPU:
        raise MixlawError(f"trials per GPU must be auto or 1 to {MOST_TRIALS_PER_GPU}, got {trials_per_gpu!r}")
    if trials_per_gpu > 1 and workers > 1:
        raise MixlawError(
            f"{trials_per_gpu} trials per GPU and {workers} workers per trial do not go together: a worker group takes "
            "whole GPUs (NCCL has one process on each); use --workers 1, or --trials-per-gpu 1"
        )


_WORDS: dict[str, Any] = {"device": Device, "precision": Precision, "loader": Loader, "compile": Compile}
