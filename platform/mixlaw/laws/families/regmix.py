"""RegMix's two regressions (Liu et al. 2024, arXiv:2407.01492), per target, at one N and one D."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from mixlaw.laws.families.family import Point
from mixlaw.laws.families.mixture import require_one_scale
from mixlaw.laws.families.per_target import MixtureFamily
from mixlaw.laws.forms import Array, Form, RegMixLinear, RegMixTrees
from mixlaw.laws.observed.observations import Observations
from mixlaw.trial import MixlawError

_TREES: dict[str, Any] = {
    "boosting_type": "gbdt",
    "objective": "regression",
    "metric": "l2",
    "learning_rate": 1e-2,
    "seed": 42,
    "deterministic": True,
    "num_threads": 1,
    "verbosity": -1,
    "boost_from_average": False,
}
"""As in the authors' notebook; the leaves per tree (31) and the rows per leaf (20) are LightGBM's own."""
_MOST_ROUNDS, _PATIENCE, _VALIDATION = 1000, 3, 0.1
_LEAST_ROWS = 50
_RIDGE = 1e-10


class RegMixLinearFamily(MixtureFamily):
    """Ordinary least squares on the shares."""

    name: ClassVar[str] = "regmix-linear"

    def n_parameters(self, observed: Observations) -> int:
        """A weight per domain."""
        return len(observed.domains)

    def check(self, observed: Observations, targets: Sequence[str]) -> None:
        """One N, one D, as many runs as domains, and mixtures that differ."""
        require_one_scale(observed, self.name)
        super().check(observed, targets)

    def point(self, observed: Observations, targets: Sequence[str]) -> dict[str, Point]:
        """Least squares of each target."""
        return {target: self._point(observed, target) for target in targets}

    def replicates(
        self, observed: Observations, points: dict[str, Point], counts: Array, rng: np.random.Generator
    ) -> dict[str, tuple[Form, ...]]:
        """Weighted least squares, all replicates at once."""
        return {target: self._laws(observed, target, counts) for target in points}

    def _point(self, observed: Observations, target: str) -> Point:
        law = self._laws(observed, target, np.ones((1, len(observed))))[0]
        rows = self.mixture_rows(observed, target)
        residual = law.loss(rows.N, rows.D, rows.shares) - rows.loss
        return Point(form=law, objective=float(residual @ residual), converged=True)

    def _laws(self, observed: Observations, target: str, counts: Array) -> tuple[RegMixLinear, ...]:
        rows = self.mixture_rows(observed, target)
        weighed = counts[:, self.rows(observed, target), None] * rows.shares
        normal: Array = rows.shares.T @ weighed
        # The smallest solution where the mixtures leave a direction open.
        normal += _RIDGE * np.trace(normal, axis1=1, axis2=2)[:, None, None] * np.eye(rows.shares.shape[1])
        moment = weighed.swapaxes(1, 2) @ rows.loss
        weights = np.array(np.linalg.solve(normal, moment[:, :, None])[:, :, 0], dtype=np.float64)
        return tuple(RegMixLinear(weights=tuple(map(float, w))) for w in weights)


class RegMixTreesFamily(MixtureFamily):
    """LightGBM with the authors' settings, but stopped early on a tenth of the training rows.

    The authors stop on their test runs, which sees what is to be predicted. The tenth is drawn by a fixed seed, whole
    runs at a time, and is not trained on. There are no replicates: RegMix says nothing of its uncertainty.
    """

    name: ClassVar[str] = "regmix-trees"

    def n_parameters(self, observed: Observations) -> int:
        """Counted as its base only: the trees' size is chosen by the rows left out."""
        return 1

    def check(self, observed: Observations, targets: Sequence[str]) -> None:
        """One N, one D, 50 runs, and LightGBM installed."""
        _lightgbm()
        require_one_scale(observed, self.name)
        super().check(observed, targets)
        for target in targets:
            n = int(self.rows(observed, target).sum())
            if n < _LEAST_ROWS:
                raise MixlawError(
                    f"{target} has {n} runs: {self.name} needs {_LEAST_ROWS}, because a leaf averages 20 of them; "
                    "add runs, or choose --law regmix-linear or --law additive"
                )

    def point(self, observed: Observations, targets: Sequence[str]) -> dict[str, Point]:
        """Boosted trees of each target; the first says that there will be no intervals."""
        points = {target: self._point(observed, target) for target in targets}
        note = f"{self.name} has no intervals: the published method says nothing of its uncertainty"
        return {**points, targets[0]: replace(points[targets[0]], notes=(note,))}

    def replicates(
        self, observed: Observations, points: dict[str, Point], counts: Array, rng: np.random.Generator
    ) -> dict[str, tuple[Form, ...]]:
        """None."""
        return dict.fromkeys(points, ())

    def _point(self, observed: Observations, target: str) -> Point:
        rows, run = self.mixture_rows(observed, target), observed.run[self.rows(observed, target)]
        law = fit_trees(rows.shares, rows.loss, run)
        residual = law.loss(rows.N, rows.D, rows.shares) - rows.loss
        return Point(form=law, objective=float(residual @ residual), converged=True)


def fit_trees(shares: Array, loss: Array, run: npt.NDArray[np.intp] | None = None) -> RegMixTrees:
    """Boosted trees of shares (n, M) and loss (n,); rows of one `run` (n,) are left out of training together.

    Raises MixlawError when LightGBM is not installed.
    """
    lightgbm = _lightgbm()
    of_row = np.arange(len(loss), dtype=np.intp) if run is None else run
    runs = np.random.default_rng(_TREES["seed"]).permutation(np.unique(of_row))
    left_out = np.isin(of_row, runs[: max(1, round(_VALIDATION * len(runs)))])
    base = float(loss[~left_out].mean())
    training = lightgbm.Dataset(shares[~left_out], loss[~left_out] - base, free_raw_data=False)
    validation = lightgbm.Dataset(shares[left_out], loss[left_out] - base, reference=training)
    booster = lightgbm.train(
        _TREES,
        training,
        num_boost_round=_MOST_ROUNDS,
        valid_sets=[validation],
        callbacks=[lightgbm.early_stopping(_PATIENCE, verbose=False)],
    )
    return as_arrays(base, booster.dump_model(num_iteration=booster.best_iteration))


def as_arrays(base: float, model: dict[str, Any]) -> RegMixTrees:
    """A LightGBM `dump_model` as one list of nodes, parents before children."""
    nodes: list[tuple[int, float, int, int, float]] = []
    roots: list[int] = []
    for tree in model["tree_info"]:
        roots.append(len(nodes))
        nodes.extend(_flattened(tree["tree_structure"], len(nodes)))
    feature, threshold, left, right, value = (list(column) for column in zip(*nodes, strict=True))
    return RegMixTrees(
        base=base,
        roots=np.array(roots, dtype=np.intp),
        feature=np.array(feature, dtype=np.intp),
        threshold=np.array(threshold, dtype=np.float64),
        left=np.array(left, dtype=np.intp),
        right=np.array(right, dtype=np.intp),
        value=np.array(value, dtype=np.float64),
    )


def _flattened(node: dict[str, Any], at: int) -> Iterator[tuple[int, float, int, int, float]]:
    """(feature, threshold, left, right, value) of a node at index `at` and of all below it, depth first."""
    if "leaf_value" in node:
        yield 0, 0.0, at, at, float(node["leaf_value"])
        return
    left = list(_flattened(node["left_child"], at + 1))
    after = at + 1 + len(left)
    yield int(node["split_feature"]), float(node["threshold"]), at + 1, after, 0.0
    yield from left
    yield from _flattened(node["right_child"], after)


def _lightgbm() -> Any:
    try:
        import lightgbm
    except ImportError as missing:
        raise MixlawError("regmix-trees needs LightGBM; install it with: pip install 'mixlaw[trees]'") from missing
    return lightgbm
