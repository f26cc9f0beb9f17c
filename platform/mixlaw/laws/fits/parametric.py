"""Fit any form that gives its loss and derivatives for a whole batch of parameter values: one fitter for them all.

To fit a new form:

1. Give it `batch(values, N, D, p)`, in natural parameters, and `rescaled(N=..., D=...)` (see `ParametricForm`).
2. Write a `Recipe`: the form with any values, a `Parameter` for each of its parameters, and some starts. The rows that
   a recipe is made for are scaled: N and D are divided by their geometric means, so that levels such as A and B are
   losses at the middle of the data and do not depend on their exponents.
3. `fit_parametric(recipe, rows)` gives the point, `refit_parametric(recipe, law, rows, counts, rng)` the replicates,
   all of them in one batch. `mixlaw.laws.families.parametric.ParametricFamily` does both for all targets of a table.

What is minimised: Huber's loss of log residuals and weak quadratic priors, weighed against the data with the noise
sigma of the residuals (their median absolute deviation in a first pass, which also sets Huber's delta, 1.345 sigma).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, Self

import numpy as np

from mixlaw.laws.fits.rows import EFFICIENT, FIRST_SIGMA, MixtureRows, middle, noise
from mixlaw.laws.fits.solver import Prior, Problem, minimise
from mixlaw.laws.forms import Array, Form

_REFINED = 3


class ParametricForm(Form, Protocol):
    """A form that is evaluated for R sets of parameter values at once."""

    def batch(self, values: Array, N: Array, D: Array, p: Array) -> tuple[Array, Array]:
        """Loss (R, n) and its derivatives by the natural parameters (R, n, P), for values (R, P)."""
        ...

    def rescaled(self, *, N: float, D: float) -> Self:
        """The law whose loss at (N n, D d) is this one's at (n, d): from scaled units to plain counts."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """How one parameter is fitted: its limits and what is believed before seeing the runs.

    `scale` is the scale that the fit and the prior work in: "log" for what is positive. With a `group`, the
    parameters of that group are drawn to their common mean with `prior_sd`, and that mean to `prior_mean` with
    `group_sd` (infinite: not at all). A `fixed` parameter is not fitted; it may lie outside the limits.
    """

    name: str
    scale: Literal["log", "linear"] = "log"
    lower: float
    upper: float
    prior_mean: float | None = None
    """In natural units."""
    prior_sd: float | None = None
    """In natural logarithms on a log scale, else in natural units."""
    group: str = ""
    group_sd: float = float("inf")
    fixed: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How a form is fitted to given rows (scaled: see the module)."""

    form: ParametricForm
    """With any values: what is not a parameter (units, the own domain's index) is taken from it."""
    parameters: tuple[Parameter, ...]
    """(P,) in the order of the form's `parameter_names`."""
    starts: Array
    """(S, P) natural values; those of fixed parameters are not used."""
    delta: float | None = None
    """Huber's delta on log residuals; None: 1.345 times their noise."""
    sigma: float | None = None
    """The noise; None: measured."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParametricFit:
    """The law in plain counts, and what it was fitted with."""

    form: ParametricForm
    objective: float
    """Penalised sum of Huber losses over sigma squared."""
    sigma: float
    """Standard deviation of log residuals, i.e. relative noise of one run's loss."""
    prior_dominated: tuple[str, ...]
    """Parameters on which the runs say less than the prior does."""
    absent: tuple[str, ...]
    """Parameters that were not fitted."""
    converged: bool


def scaled(rows: MixtureRows) -> MixtureRows:
    """The same rows with N and D in units of their geometric means."""
    return MixtureRows(
        N=rows.N / middle(rows.N), D=rows.D / middle(rows.D), shares=rows.shares, loss=rows.loss, own=rows.own
    )


def fit_parametric(recipe: Recipe, rows: MixtureRows) -> ParametricFit:
    """The best of all starts to `rows` (plain counts), refined with the noise that it shows."""
    near = scaled(rows)
    first_sigma = recipe.sigma or FIRST_SIGMA
    rough = minimise(_problem(recipe, near, first_sigma), _starts(recipe), max_iterations=40, tolerance=1e-4)
    first = minimise(_problem(recipe, near, first_sigma), rough.best(_REFINED), tolerance=1e-6)
    sigma = recipe.sigma or _noise(recipe, near, first.best(1))
    problem = _problem(recipe, near, sigma)
    last = minimise(problem, first.best(_REFINED), tolerance=1e-8)
    theta = last.best(1)
    return ParametricFit(
        form=_in_counts(recipe, _natural(recipe, theta)[0], rows),
        objective=float(last.objective.min()) / sigma**2,
        sigma=sigma,
        prior_dominated=_prior_dominated(recipe, problem, theta),
        absent=tuple(parameter.name for parameter in recipe.parameters if parameter.fixed is not None),
        converged=bool(last.converged[np.argmin(last.objective)]),
    )


def refit_parametric(
    recipe: Recipe, law: ParametricForm, rows: MixtureRows, counts: Array, rng: np.random.Generator
) -> tuple[ParametricForm, ...]:
    """One law per row of `counts` (R, n), started from the fitted `law` (in plain counts) and with its noise.

    The prior's centre is drawn anew for each law (randomise, then optimise: Bardsley et al. 2014), so that a
    parameter that rests on the prior varies as much as the prior allows and does not look certain.
    """
    near = scaled(rows)
    start = _theta(recipe, in_scaled(law, rows).parameters[None])
    sigma = recipe.sigma or _noise(recipe, near, start)
    problem = _problem(recipe, near, sigma)
    centres = problem.prior.draws(len(counts), sigma, rng)
    solution = minimise(problem, start.repeat(len(counts), axis=0), counts=counts, centres=centres, tolerance=1e-6)
    return tuple(_in_counts(recipe, values, rows) for values in _natural(recipe, solution.theta))


def _problem(recipe: Recipe, rows: MixtureRows, sigma: float) -> Problem:
    """theta holds the free parameters only, each on its own scale."""
    free, logs = _free(recipe), _logs(recipe)

    def model(theta: Array) -> tuple[Array, Array]:
        values = _natural(recipe, theta)
        loss, jacobian = recipe.form.batch(values, rows.N, rows.D, rows.shares)
        slope = np.where(logs, values[:, free], 1.0)
        return np.log(loss), jacobian[:, :, free] * slope[:, None, :] / loss[:, :, None]

    chosen = [recipe.parameters[i] for i in free]
    return Problem(
        model=model,
        log_loss=np.log(rows.loss),
        delta=recipe.delta or EFFICIENT * sigma,
        lower=np.array([_on_scale(parameter, parameter.lower) for parameter in chosen]),
        upper=np.array([_on_scale(parameter, parameter.upper) for parameter in chosen]),
        prior=_prior(chosen, sigma),
    )


def _prior(parameters: list[Parameter], sigma: float) -> Prior:
    """Independent priors, and those of groups: around their mean, and of their mean."""
    size = len(parameters)
    mean, precision = np.zeros(size), np.zeros((size, size))
    groups: dict[str, list[int]] = {}
    for i, parameter in enumerate(parameters):
        mean[i] = 0.0 if parameter.prior_mean is None else _on_scale(parameter, parameter.prior_mean)
        if parameter.prior_sd is None:
            continue
        if parameter.group:
            groups.setdefault(parameter.group, []).append(i)
        elif parameter.prior_mean is not None:
            precision[i, i] = parameter.prior_sd**-2
    for members in groups.values():
        first = parameters[members[0]]
        average = np.full((len(members), len(members)), 1 / len(members))
        assert first.prior_sd is not None
        around = (np.eye(len(members)) - average) * first.prior_sd**-2
        precision[np.ix_(members, members)] = around + average / len(members) * first.group_sd**-2
    return Prior(mean=mean, precision=precision * sigma**2)


def _noise(recipe: Recipe, rows: MixtureRows, theta: Array) -> float:
    residual = _problem(recipe, rows, FIRST_SIGMA).model(theta)[0][0] - np.log(rows.loss)
    return noise(residual, theta.shape[1])


def _prior_dominated(recipe: Recipe, problem: Problem, theta: Array) -> tuple[str, ...]:
    """Parameters of which the prior, and not the data, supplies most of the information (MacKay 1992's gamma)."""
    jacobian = problem.model(theta)[1][0]
    information: Array = jacobian.T @ jacobian + problem.prior.precision + 1e-14 * np.eye(theta.shape[1])
    from_prior = np.diagonal(problem.prior.precision) * np.diagonal(np.linalg.inv(information))
    doubtful = {recipe.parameters[i].name for i, share in zip(_free(recipe), from_prior, strict=True) if share > 0.5}
    # A is a level at N = 1 and B at D = 1: without the exponent they are not known either.
    doubtful |= {level for exponent, level in (("alpha_N", "A"), ("alpha_D", "B")) if exponent in doubtful}
    return tuple(name for name in recipe.form.parameter_names if name in doubtful)


def _free(recipe: Recipe) -> list[int]:
    return [i for i, parameter in enumerate(recipe.parameters) if parameter.fixed is None]


def _logs(recipe: Recipe) -> list[bool]:
    """Of the free parameters: which are fitted as logarithms."""
    return [recipe.parameters[i].scale == "log" for i in _free(recipe)]


def _on_scale(parameter: Parameter, value: float) -> float:
    return float(np.log(value)) if parameter.scale == "log" else value


def _starts(recipe: Recipe) -> Array:
    return _theta(recipe, recipe.starts)


def _theta(recipe: Recipe, values: Array) -> Array:
    """(R, free) from natural values (R, P)."""
    chosen = values[:, _free(recipe)]
    return np.where(_logs(recipe), np.log(np.maximum(chosen, 1e-300)), chosen)


def _natural(recipe: Recipe, theta: Array) -> Array:
    """(R, P) natural values from theta (R, free); the fixed ones as they are."""
    logs = _logs(recipe)
    values = np.empty((len(theta), len(recipe.parameters)))
    values[:, _free(recipe)] = np.where(logs, np.exp(np.where(logs, theta, 0.0)), theta)
    for i, parameter in enumerate(recipe.parameters):
        if parameter.fixed is not None:
            values[:, i] = parameter.fixed
    return values


def in_scaled(law: ParametricForm, rows: MixtureRows) -> ParametricForm:
    """The law of plain counts in the units of `scaled(rows)`."""
    return law.rescaled(N=1 / middle(rows.N), D=1 / middle(rows.D))


def _in_counts(recipe: Recipe, values: Array, rows: MixtureRows) -> ParametricForm:
    return recipe.form.with_parameters(values).rescaled(N=middle(rows.N), D=middle(rows.D))
