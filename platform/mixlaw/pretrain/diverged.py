"""A training that went to NaN or infinity."""

from __future__ import annotations

from typing import Self

from mixlaw.trial import MixlawError, Trial


class TrainingDiverged(MixlawError):  # noqa: N818 - the name says what happened
    """The loss or the gradient stopped being finite; the message names trial, step and learning rate."""

    @classmethod
    def at(cls, trial: Trial, step: int, learning_rate: float, loss: float, gradient_norm: float) -> Self:
        """`step` counts from 1, as in the history."""
        return cls(
            f"trial {trial.label or trial.trial_id} diverged at step {step} of {trial.n_steps}, learning rate "
            f"{learning_rate:g}: loss {loss:g}, gradient norm {gradient_norm:g}; lower the recipe's learning_rate "
            f"(peak {trial.recipe.learning_rate:g}) or lengthen its warm-up"
        )
