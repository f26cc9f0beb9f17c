"""Fit the paper's proportion law (Eq. 6, 7): per-language laws, the synergy matrix, then A, B and gamma.

alpha_N, alpha_D and L_inf of each language come from its single-language runs (study S1), tau from the bilingual
runs (S3), as in the paper. A, B and gamma, which the paper does not say how it obtained, are then fitted to the
mixture losses with Huber's loss on log residuals. The mixture loss of a run is the p-weighted mean of its languages'
held-out losses: the held-out loss of text mixed in the same proportions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from mixlaw.laws.families.chinchilla import ChinchillaFamily
from mixlaw.laws.families.family import Point
from mixlaw.laws.fits.rows import middle
from mixlaw.laws.fits.solver import Problem, Solution, minimise, no_prior
from mixlaw.laws.forms import Array, Chinchilla, Form, Proportion
from mixlaw.laws.observed.observations import Observations, require_rows
from mixlaw.laws.synergy import SynergyMatrix, synergy_matrix
from mixlaw.trial import SHARE_TOLERANCE, MixlawError

MIXTURE = "mixture"
"""The law's one target."""
_DELTA = 1e-2
_LEAST_MIXTURES = 3
_LEAST_TERM = 1e-12


class ProportionFamily:
    """One law of the mixture loss."""

    name: ClassVar[str] = "proportion"

    def targets(self, observed: Observations, asked: Sequence[str] | None) -> tuple[str, ...]:
        """Only `mixture`."""
        if asked is not None and tuple(asked) != (MIXTURE,):
            raise MixlawError(
                f"the proportion law predicts only {MIXTURE!r}, not {', '.join(asked)}; fit --law transfer"
            )
        return (MIXTURE,)

    def select(self, observed: Observations, targets: Sequence[str]) -> Observations:
        """Rows whose languages all have single-language runs and a measured loss."""
        languages = ChinchillaFamily().targets(observed, None)
        strangers = [t for t in languages if t not in observed.domains]
        if strangers:
            raise MixlawError(
                f"the proportion law needs domains and losses of the same names; {', '.join(strangers)} is no domain; "
                "fit --law transfer"
            )
        known = np.array([observed.own(t) for t in languages])
        inside = observed.shares[:, known].sum(axis=1) > 1 - SHARE_TOLERANCE
        measured = np.all(
            [observed.measured(t) | (observed.shares[:, observed.domains.index(t)] == 0) for t in languages], axis=0
        )
        return observed.keep(inside & measured).only(languages)

    def n_parameters(self, observed: Observations) -> int:
        """Five per language, then A, B and gamma."""
        return 5 * len(observed.domains) + 3

    def rows(self, observed: Observations, target: str) -> npt.NDArray[np.bool_]:
        """Those that do not repeat their data; the others are there for the synergy matrix."""
        return observed.fresh

    def losses(self, observed: Observations, target: str) -> Array:
        """(n,) p-weighted mean of the languages' losses."""
        losses = np.stack([np.nan_to_num(observed.losses[d]) for d in observed.domains], axis=1)
        return np.sum(observed.shares * losses, axis=1)

    def check(self, observed: Observations, targets: Sequence[str]) -> None:
        """Every language as for a Chinchilla law, and at least three mixtures."""
        ChinchillaFamily().check(observed, observed.domains)
        require_rows(observed, self.n_parameters(observed), MIXTURE)
        mixed = int(np.sum(observed.shares.max(axis=1) < 1 - SHARE_TOLERANCE))
        if mixed < _LEAST_MIXTURES:
            raise MixlawError(
                f"{mixed} runs of mixtures: the proportion law needs {_LEAST_MIXTURES} for A, B and gamma"
            )

    def point(self, observed: Observations, targets: Sequence[str]) -> dict[str, Point]:
        """Languages first, then A, B and gamma."""
        matrix = synergy_matrix(observed, observed.domains)
        languages = ChinchillaFamily().point(observed, observed.domains)
        start = _assemble([languages[d].form for d in observed.domains], _tau(matrix), observed)
        losses, fresh = self.losses(observed, MIXTURE), observed.fresh.astype(float)
        form, solution = fit_terms(start, observed.N, observed.D, observed.shares, losses, fresh)
        return {
            MIXTURE: Point(
                form=form,
                objective=float(solution.objective.min()),
                converged=bool(solution.converged[np.argmin(solution.objective)]),
                notes=_unmeasured(matrix),
            )
        }

    def replicates(
        self, observed: Observations, points: dict[str, Point], counts: Array, rng: np.random.Generator
    ) -> dict[str, tuple[Form, ...]]:
        """All of it again on reweighted rows, with tau drawn within its standard error."""
        family, losses = ChinchillaFamily(), self.losses(observed, MIXTURE)
        matrix = synergy_matrix(observed, observed.domains)
        languages = family.replicates(observed, family.point(observed, observed.domains), counts, rng)
        laws: list[Form] = []
        for r, weights in enumerate(counts):
            start = _assemble([languages[d][r] for d in observed.domains], _tau(matrix, rng), observed)
            fresh = weights * observed.fresh
            laws.append(fit_terms(start, observed.N, observed.D, observed.shares, losses, fresh)[0])
        return {MIXTURE: tuple(laws)}


def fit_terms(
    law: Proportion, N: Array, D: Array, p: Array, loss: Array, counts: Array | None = None
) -> tuple[Proportion, Solution]:
    """`law` with A, B and gamma fitted to N, D, loss (n,), p (n, M), rows weighted by `counts` (n,); the rest stays.

    Started with gamma at 0, 1 and 2.
    """
    start = np.array([np.log(max(law.A, _LEAST_TERM)), np.log(max(law.B, _LEAST_TERM)), 0.0])
    starts = start + np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 2.0]])
    weights = None if counts is None else np.tile(counts, (3, 1))
    solution = minimise(_problem(law, N, D, p, loss), starts, counts=weights)
    A, B, gamma = solution.best(1)[0]
    return law.with_parameters(np.concatenate([[np.exp(A), np.exp(B), gamma], law.parameters[3:]])), solution


def _tau(matrix: SynergyMatrix, rng: np.random.Generator | None = None) -> Array:
    """(M, M) synergy as fractions, drawn within its error if `rng` is given; pairs that were not measured are 0."""
    drawn = 0.0 if rng is None else rng.normal(size=matrix.gain.shape) * matrix.se
    return np.nan_to_num((matrix.gain + drawn) / 100)


def _unmeasured(matrix: SynergyMatrix) -> tuple[str, ...]:
    pairs = ~np.isfinite(matrix.gain) & ~np.eye(len(matrix.languages), dtype=bool)
    if not pairs.any():
        return ()
    return (f"synergy of {int(pairs.sum())} of {pairs.size - len(pairs)} pairs was not measured and counts as 0",)


def _assemble(languages: Sequence[Form], tau: Array, observed: Observations) -> Proportion:
    """The law before A, B and gamma are fitted: mean levels of the languages at the middle N and D, gamma 1."""
    laws = [law for law in languages if isinstance(law, Chinchilla)]
    N, D = middle(observed.N), middle(observed.D)
    return Proportion(
        A=float(np.mean([law.A * N**-law.alpha_N for law in laws])),
        B=float(np.mean([law.B * D**-law.alpha_D for law in laws])),
        gamma=1.0,
        alpha_N=tuple(law.alpha_N for law in laws),
        alpha_D=tuple(law.alpha_D for law in laws),
        L_inf=tuple(law.E for law in laws),
        tau=tuple(tuple(map(float, row)) for row in tau),
        N_unit=N,
        D_unit=D,
    )


def _problem(law: Proportion, N: Array, D: Array, p: Array, loss: Array) -> Problem:
    """theta = log A, log B, gamma; the rest of `law` stays."""
    log_size = -(p @ np.array(law.alpha_N)) * np.log(N / law.N_unit)
    alpha_D, L_inf, synergy = p @ np.array(law.alpha_D), p @ np.array(law.L_inf), law.synergy(p)
    log_data = np.log(D / law.D_unit)

    def model(theta: Array) -> tuple[Array, Array]:
        growth = 1 + theta[:, 2:3] * synergy
        size = np.exp(theta[:, 0:1] + log_size)
        data = np.exp(theta[:, 1:2] - alpha_D * (log_data + np.log(growth)))
        total = size + data + L_inf
        by_gamma = -data * alpha_D * synergy / growth
        return np.log(total), np.stack([size, data, by_gamma], axis=2) / total[:, :, None]

    return Problem(
        model=model,
        log_loss=np.log(loss),
        delta=_DELTA,
        lower=np.array([-30.0, -30.0, -1e3]),
        upper=np.array([30.0, 30.0, 1e3]),
        prior=no_prior(3),
    )
