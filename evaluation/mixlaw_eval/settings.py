"""What is measured on a checkpoint, and how: one value for the command line, Python and Ray tasks."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mixlaw.trial import MixlawError
from mixlaw_eval.engines import EngineName
from mixlaw_eval.multipl_e import FLAVOURS, Flavour
from mixlaw_eval.translation import Prompt, TooLong
from mixlaw_eval.translation.directions import check_options

SUITES: dict[str, str] = {
    "translation": "loss of a program given the same program in another language, 42 directions",
    "translated": "greedy translations in 42 directions: BLEU, and whether they run and print the same",
    "multipl-e": "Pass@1 of programs completed from MultiPL-E's prompts, run in the sandbox",
    "samples": "greedy continuations of a few prompts per language, to look at",
}
"""What can be measured, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to evaluate a checkpoint.

    `prompts` are of the translation suites; `parallel_set` is another set than ours (`mixlaw_eval.parallel`).
    `records` names MultiPL-E records: files, a folder, or a Hugging Face dataset; `samples` are drawn per problem.
    `work` keeps what was generated and run, so that a killed evaluation goes on; None keeps nothing.
    """

    suites: tuple[str, ...] = ("translation",)
    engine: EngineName = "auto"
    dtype: str | None = None
    languages: tuple[str, ...] | None = None
    """Of the records; None is all that they have."""
    prompts: tuple[Prompt, ...] = ("none",)
    too_long: TooLong = "refuse"
    parallel_set: Path | None = None
    records: str | None = None
    flavour: Flavour = "repaired"
    samples: int = 1
    temperature: float | None = None
    """None is 0 for one sample per problem and 0.2 for more, as MultiPL-E has it for Pass@1."""
    top_p: float = 0.95
    max_tokens: int = 1024
    seed: int = 0
    work: Path | None = None
    workers: int | None = None
    unsafe: bool = False

    def __post_init__(self) -> None:
        unknown = [suite for suite in self.suites if suite not in SUITES]
        if unknown or not self.suites:
            raise MixlawError(f"unknown suite {', '.join(map(repr, unknown))}; known are {', '.join(SUITES)}")
        for prompt in self.prompts:
            check_options(prompt, self.too_long)
        if self.flavour not in FLAVOURS:
            raise MixlawError(f"unknown flavour {self.flavour!r}; known are {', '.join(FLAVOURS)}")
        if "multipl-e" in self.suites and not self.records:
            raise MixlawError(
                "the suite multipl-e needs records (--records): a file or folder of MultiPL-E's JSONL or Parquet, or a "
                "Hugging Face dataset such as nuprl/MultiPL-E"
            )

    @property
    def sampling_temperature(self) -> float:
        """The temperature that is used."""
        if self.temperature is not None:
            return self.temperature
        return 0.0 if self.samples == 1 else 0.2
