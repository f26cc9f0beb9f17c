"""A training that went to NaN or infinity, or whose loss rose and did not come down."""

from __future__ import annotations

from typing import Self

from mixlaw.trial import MixlawError, Trial


class TrainingDiverged(MixlawError):  # noqa: N818 - the name says what happened
    """The loss or the gradient stopped being finite, or the loss left its course; the message has the particulars."""

    @classmethod
    def at(cls, trial: Trial, step: int, learning_rate: float, found: str, saved: int) -> Self:
        """`step` counts from 1, as in the history; `saved` is the last good checkpoint's, 0 for none."""
        kept = f"the last good checkpoint is that of step {saved}" if saved else "there is no checkpoint from before"
        return cls(
            f"trial {trial.label or trial.trial_id} diverged at step {step} of {trial.n_steps}, learning rate "
            f"{learning_rate:g}: {found}; {kept}; lower the recipe's learning_rate (peak "
            f"{trial.recipe.learning_rate:g}) or lengthen its warm-up"
        )
