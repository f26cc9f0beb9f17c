"""The solver on problems that no law should give it, and that replicates of a law sometimes do."""

from __future__ import annotations

import numpy as np

from mixlaw.laws.fits.solver import Problem, minimise, no_prior
from mixlaw.laws.forms import Array


def test_parameters_that_cannot_be_told_apart_are_left_where_no_step_helps() -> None:
    """The derivative promises what no step holds, so damping grows to its end, on a matrix that is singular without
    it: bootstrap weights can leave two parameters with the same derivative in every row."""
    x = np.linspace(1.0, 2.0, 5)

    def model(theta: Array) -> tuple[Array, Array]:
        predicted = (theta[:, 0] - theta[:, 1])[:, None] * x
        wrong = np.stack([-x, x], axis=1)
        return predicted, np.repeat(wrong[None], len(theta), axis=0)

    problem = Problem(
        model=model,
        log_loss=np.zeros(5),
        delta=1.0,
        lower=np.full(2, -10.0),
        upper=np.full(2, 10.0),
        prior=no_prior(2),
    )
    start = np.array([[0.3, 0.1], [0.5, -0.2]])
    found = minimise(problem, start)
    np.testing.assert_allclose(found.theta, start, atol=1e-6)
    assert np.isfinite(found.objective).all()
