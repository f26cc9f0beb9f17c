"""A fitted law: point estimate, bootstrap laws and how well it predicts; the law file."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any, cast

import numpy as np

from mixlaw.laws.bootstrap import Interval, interval, row_quantiles
from mixlaw.laws.choose import Choice
from mixlaw.laws.evaluate import loss_on_mixture
from mixlaw.laws.fits.chinchilla import MAX_EXPONENT, MIN_EXPONENT
from mixlaw.laws.fits.transfer import LEAST_RHO
from mixlaw.laws.forms import FORMS, Array, Form, form_from_json
from mixlaw.laws.observed.columns import RunColumns
from mixlaw.laws.observed.observations import own_index
from mixlaw.laws.target_report import TargetReport
from mixlaw.store import atomic_write
from mixlaw.trial import MixlawError

FORMAT, VERSION = "mixlaw-law", 2
_NO_E = 1e-3
"""Nats: an irreducible loss below this cannot be told from none."""
_SLACK = 1.01
"""Times the largest fitted N or D, or below the smallest: what counts as beyond the fitted runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """Expected loss in nats per token with the 90% interval of the law's uncertainty; NaN ends without replicates.

    The scatter of a single run around the law (`TargetReport.noise`) comes on top.
    """

    loss: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Scales:
    """The ranges that the law was fitted in: beyond them it extrapolates."""

    N: tuple[float, float]
    D: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class FittedLaw:
    """One form per target, the same for every bootstrap replicate (targets of a replicate share resampled runs)."""

    form: str
    domains: tuple[str, ...]
    """What has a share, in the order of the forms' shares."""
    targets: tuple[str, ...]
    point: Mapping[str, Form]
    replicates: tuple[Mapping[str, Form], ...]
    report: Mapping[str, TargetReport]
    scales: Scales
    n_runs: int
    seed: int
    notes: tuple[str, ...] = ()
    """What a reader of the numbers must know."""
    own_domain: Mapping[str, int] | None = None
    """Index of the domain that a target is the loss of, for targets that have one; None: that of the same name."""
    columns: RunColumns | None = None
    """The table that the law was fitted to; None is the project's own results table."""
    choice: Choice | None = None
    """How the law was chosen among others; None where its name was given."""

    def own(self, target: str) -> int | None:
        """The index of the target's own domain; None if it has none."""
        return own_index(target, self.domains, self.own_domain)

    def beyond(self, N: float, D: float) -> str:
        """How far N and D lie outside the fitted runs, as in `2.0 times the largest N`; empty within 1% of them."""
        parts: list[str] = []
        for name, value, (least, most) in (("N", N, self.scales.N), ("D", D, self.scales.D)):
            if value > most * _SLACK:
                parts.append(f"{value / most:.1f} times the largest {name}")
            elif value < least / _SLACK:
                parts.append(f"{value / least:.2g} times the smallest {name}")
        return " and ".join(parts)

    def shares(self, shares: Mapping[str, float]) -> Array:
        """(M,) in the law's order. Raises MixlawError for a domain that the law does not know."""
        unknown = [d for d, share in shares.items() if d not in self.domains and share > 0]
        if unknown:
            raise MixlawError(
                f"the law knows nothing of {', '.join(unknown)}; it was fitted on {', '.join(self.domains)}"
            )
        return np.array([shares.get(d, 0.0) for d in self.domains])

    def unique(self, available: Mapping[str, float] | None) -> Array | None:
        """(M,) distinct tokens of each domain, inf where not named; None without any. Other names are ignored."""
        return np.array([available.get(d, np.inf) for d in self.domains]) if available else None

    def loss(
        self,
        forms: Mapping[str, Form],
        target: str,
        N: Array,
        D: Array,
        p: Array,
        available: Mapping[str, float] | None = None,
    ) -> Array:
        """(n,) loss of a target under `point` or one of `replicates`; N, D (n,), p (n, M).

        `available` are distinct tokens by domain: what is repeated beyond them counts less (`Repetition`).
        """
        return loss_on_mixture(forms[target], self.own(target), N, D, p, self.unique(available))

    def predict(
        self,
        N: float,
        D: float,
        shares: Mapping[str, float],
        target: str,
        available: Mapping[str, float] | None = None,
    ) -> Prediction:
        """One target's loss after D tokens with these shares. Raises MixlawError for an unknown target or domain."""
        return self.predict_mean(N, D, shares, {target: 1.0}, available)

    def predict_mean(
        self,
        N: float,
        D: float,
        shares: Mapping[str, float],
        weights: Mapping[str, float],
        available: Mapping[str, float] | None = None,
    ) -> Prediction:
        """The weighted mean of the targets' losses; weights are normalised to sum to 1."""
        losses = self.predict_rows(np.array([N]), np.array([D]), self.shares(shares)[None], weights, available)
        return Prediction(loss=float(losses[0, 0]), lower=float(losses[0, 1]), upper=float(losses[0, 2]))

    def predict_rows(
        self,
        N: Array,
        D: Array,
        p: Array,
        weights: Mapping[str, float],
        available: Mapping[str, float] | None = None,
    ) -> Array:
        """(n, 3): weighted mean loss, lower and upper end, for N, D (n,) and p (n, M)."""
        self.check_targets(weights)
        total = sum(weights.values())

        def mean(forms: Mapping[str, Form]) -> Array:
            return np.sum([w / total * self.loss(forms, t, N, D, p, available) for t, w in weights.items()], axis=0)

        replicates = np.array([mean(forms) for forms in self.replicates])
        return np.column_stack([mean(self.point), row_quantiles(replicates, len(N))])

    def check_targets(self, weights: Mapping[str, float]) -> None:
        """Raise MixlawError for weights of unknown targets or without a positive sum."""
        unknown = [t for t in weights if t not in self.targets]
        if unknown:
            raise MixlawError(
                f"the law predicts no loss of {', '.join(unknown)}; its targets are {', '.join(self.targets)}"
            )
        if not sum(weights.values()) > 0 or min(weights.values()) < 0:
            raise MixlawError(f"target weights must be >= 0 and not all 0, got {dict(weights)}")

    def intervals(self, target: str) -> dict[str, Interval]:
        """Every parameter of the target's law with its interval, weights named as `w_<domain>`."""
        form, doubtful = self.point[target], self.report[target].prior_dominated
        values = np.array([forms[target].parameters for forms in self.replicates]).reshape(-1, len(form.parameters))
        found: dict[str, Interval] = {}
        for i, (name, value) in enumerate(zip(form.parameter_names, form.parameters, strict=True)):
            if name in self.report[target].absent:
                continue
            least, most = _limits(name)
            reason = "the runs say less about it than the prior does" if name in doubtful else ""
            found[self._readable(name)] = interval(float(value), values[:, i], least=least, most=most, reason=reason)
        members = {name.rpartition(":")[0] for name in found}
        for prefix, (exponent, level) in product(members, (("alpha_N", "A"), ("alpha_D", "B"))):
            exponent, level = (f"{prefix}:{name}" if prefix else name for name in (exponent, level))
            if exponent in found and level in found and not found[exponent].identified and found[level].identified:
                open_ends = {"lower": None, "upper": None, "reason": f"not known without {exponent}"}
                found[level] = dataclasses.replace(found[level], **open_ends)
        return found

    def _readable(self, name: str) -> str:
        member, colon, rest = name.rpartition(":")
        parts = (self.domains[int(part)] if part.isdigit() else part for part in rest.split("_"))
        return member + colon + "_".join(parts)

    def save(self, path: Path) -> None:
        """Write the law file: versioned JSON, exact, whole or not at all."""
        atomic_write(path, self.dumps().encode())

    def dumps(self) -> str:
        """The law file's text: readable first, then one line per replicate, with what differs from the point."""
        point = {t: form.to_json() for t, form in self.point.items()}
        head = {
            "format": FORMAT,
            "version": VERSION,
            "form": self.form,
            "formula": FORMS[self.form].formula,
            "domains": self.domains,
            "targets": self.targets,
            "n_runs": self.n_runs,
            "seed": self.seed,
            "notes": self.notes,
            "columns": None if self.columns is None else self.columns.to_json(),
            "own_domain": self.own_domain,
            "scales": dataclasses.asdict(self.scales),
            "choice": None if self.choice is None else dataclasses.asdict(self.choice),
            "point": point,
            "report": {t: dataclasses.asdict(report) for t, report in self.report.items()},
        }
        replicates = [{t: _changed(form.to_json(), point[t]) for t, form in forms.items()} for forms in self.replicates]
        lines = ",\n    ".join(json.dumps(replicate, allow_nan=False) for replicate in replicates)
        body = json.dumps(head, indent=2, allow_nan=False).removesuffix("\n}")
        return f'{body},\n  "replicates": [\n    {lines}\n  ]\n}}\n'

    @classmethod
    def load(cls, path: Path) -> FittedLaw:
        """Read a law file. Raises MixlawError when it is none, or of another version."""
        try:
            data = json.loads(path.read_text())
        except (OSError, ValueError) as error:
            raise MixlawError(f"{path} cannot be read as a law file ({error}); make one with: mixlaw fit") from error
        if not isinstance(data, dict) or cast(dict[str, Any], data).get("format") != FORMAT:
            raise MixlawError(f"{path} is not a law file; make one with: mixlaw fit")
        fields = cast(dict[str, Any], data)
        if fields.get("version") != VERSION:
            raise MixlawError(
                f"{path} is a law file of version {fields.get('version')}, this is for {VERSION}; fit again"
            )
        try:
            return cls._from_json(fields)
        except (KeyError, TypeError, ValueError) as error:
            raise MixlawError(f"{path} is a damaged law file ({error!r}); fit again") from error

    @classmethod
    def _from_json(cls, data: dict[str, Any]) -> FittedLaw:
        name, point = data["form"], data["point"]

        def forms(by_target: dict[str, Any]) -> dict[str, Form]:
            return {t: form_from_json(name, _restored(form, point[t])) for t, form in by_target.items()}

        return cls(
            form=name,
            domains=tuple(data["domains"]),
            targets=tuple(data["targets"]),
            point=forms(point),
            replicates=tuple(forms(replicate) for replicate in data["replicates"]),
            report={t: TargetReport.from_json(report) for t, report in data["report"].items()},
            scales=Scales(N=tuple(data["scales"]["N"]), D=tuple(data["scales"]["D"])),
            n_runs=data["n_runs"],
            seed=data["seed"],
            notes=tuple(data["notes"]),
            own_domain=data["own_domain"],
            columns=None if data["columns"] is None else RunColumns.from_json(data["columns"]),
            choice=None if data["choice"] is None else Choice.from_json(data["choice"]),
        )


def _changed(fields: dict[str, Any], point: dict[str, Any]) -> dict[str, Any]:
    """Those that differ from the point's: what all replicates share, such as a process's inputs, is written once."""
    changed = {name: value for name, value in fields.items() if value != point[name]}
    if "members" in changed:
        pairs = zip(fields["members"], point["members"], strict=True)
        changed["members"] = [_changed(member, other) for member, other in pairs]
    return changed


def _restored(changed: dict[str, Any], point: dict[str, Any]) -> dict[str, Any]:
    """The inverse of `_changed`."""
    restored = {**point, **changed}
    if "members" in changed:
        pairs = zip(changed["members"], point["members"], strict=True)
        restored["members"] = [_restored(member, other) for member, other in pairs]
    return restored


def _limits(name: str) -> tuple[float, float]:
    """The values beyond which a replicate's parameter counts as unbounded, by the parameter's kind."""
    name = name.rpartition(":")[2]
    if name.startswith("alpha"):
        return MIN_EXPONENT * 1.01, MAX_EXPONENT * 0.99
    if name.startswith("w_"):
        return 0.0, 50.0
    if name == "rho":
        return LEAST_RHO * 1.01, np.inf
    if name == "gamma" or name.startswith(("t_", "tau_", "slope_", "base")):
        return -np.inf, np.inf
    return (_NO_E, np.inf) if name == "E" else (0.0, np.inf)
