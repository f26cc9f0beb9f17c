"""The law file gives back exactly what was saved, and is written whole or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mixlaw.laws import Chinchilla, FittedLaw, Form, HeldOut, RunColumns, Scales, TargetReport, Transfer
from mixlaw.trial import MixlawError

# Subnormal, huge, signed zero: whatever double there is.
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
NAMES = st.text(min_size=1, max_size=8)


@st.composite
def laws(draw: st.DrawFn) -> FittedLaw:
    names = draw(st.lists(NAMES, min_size=3, max_size=7, unique=True))
    n_targets = draw(st.integers(1, len(names) - 2))
    targets, weights, group = tuple(names[:n_targets]), tuple(names[n_targets:-1]), names[-1]
    form = draw(st.sampled_from(["chinchilla", "transfer"]))

    def value() -> Form:
        E, A, B, alpha_N, alpha_D, rho = (draw(NUMBERS) for _ in range(6))
        if form == "chinchilla":
            return Chinchilla(E=E, A=A, B=B, alpha_N=alpha_N, alpha_D=alpha_D)
        shape = {"E": E, "A": A, "B": B, "alpha_N": alpha_N, "alpha_D": alpha_D, "rho": rho}
        return Transfer(**shape, weights=tuple(draw(NUMBERS) for _ in weights), own=draw(st.sampled_from([None, 0])))

    held = HeldOut(error=draw(st.none() | NUMBERS), standard_error=draw(st.none() | NUMBERS), n_rows=3)
    report = TargetReport(
        n_rows=draw(st.integers(0, 9)),
        n_runs=2,
        objective=draw(NUMBERS),
        converged=draw(st.booleans()),
        in_sample_error=draw(NUMBERS),
        noise=draw(NUMBERS),
        held_out={"largest-N": held},
        prior_dominated=tuple(draw(st.lists(NAMES, max_size=2))),
        absent=tuple(draw(st.lists(NAMES, max_size=2))),
    )
    return FittedLaw(
        form=form,
        domains=weights,
        targets=targets,
        point={t: value() for t in targets},
        replicates=tuple({t: value() for t in targets} for _ in range(draw(st.integers(0, 2)))),
        report=dict.fromkeys(targets, report),
        scales=Scales(N=(draw(NUMBERS), draw(NUMBERS)), D=(draw(NUMBERS), draw(NUMBERS))),
        n_runs=draw(st.integers(1, 9)),
        seed=draw(st.integers(-5, 5)),
        notes=tuple(draw(st.lists(NAMES, max_size=2))),
        own_domain=draw(st.sampled_from([None, {}, {targets[0]: 0}])),
        columns=draw(st.sampled_from([None, RunColumns(targets=targets, weights=weights, group=group)])),
    )


@settings(max_examples=60, deadline=None)
@given(law=laws())
def test_round_trip(law: FittedLaw, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("law") / "law.json"
    law.save(path)
    back = FittedLaw.load(path)
    assert back == law
    assert back.dumps().encode() == path.read_bytes()


def a_law(E: float = 1.5) -> FittedLaw:
    report = TargetReport(
        n_rows=9, n_runs=9, objective=0.1, converged=True, in_sample_error=0.2, noise=0.01, held_out={}
    )
    form = Chinchilla(E=E, A=400.0, B=1000.0, alpha_N=0.34, alpha_D=0.28)
    return FittedLaw(
        form="chinchilla",
        domains=(),
        targets=("loss",),
        point={"loss": form},
        replicates=(),
        report={"loss": report},
        scales=Scales(N=(1e8, 1e9), D=(2e9, 2e10)),
        n_runs=9,
        seed=0,
    )


def test_a_law_that_is_no_number_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON"):
        a_law(float("nan")).save(tmp_path / "law.json")
    assert not list(tmp_path.iterdir())


def test_an_interrupted_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "law.json"
    a_law().save(path)

    def interrupted(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        a_law(2.5).save(path)
    assert FittedLaw.load(path) == a_law()
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_of_an_earlier_version_says_to_fit_again(tmp_path: Path) -> None:
    data = json.loads(a_law().dumps()) | {"version": 1}
    (tmp_path / "law.json").write_text(json.dumps(data))
    with pytest.raises(MixlawError, match="version 1, this is for 2; fit again"):
        FittedLaw.load(tmp_path / "law.json")


@pytest.mark.parametrize("without", ["columns", "own_domain", "point", "report"])
def test_a_damaged_file_is_refused(without: str, tmp_path: Path) -> None:
    data = json.loads(a_law().dumps())
    del data[without]
    (tmp_path / "law.json").write_text(json.dumps(data))
    with pytest.raises(MixlawError, match=r"damaged law file.*fit again"):
        FittedLaw.load(tmp_path / "law.json")


@pytest.mark.parametrize(
    ("N", "D", "said"),
    [
        (1e8, 2e10, ""),
        (1.005e9, 1.99e9, ""),
        (3e9, 1e10, "3.0 times the largest N"),
        (1e9, 1e9, "0.5 times the smallest D"),
        (5e7, 8e10, "0.5 times the smallest N and 4.0 times the largest D"),
    ],
)
def test_what_lies_beyond_the_fitted_runs(N: float, D: float, said: str) -> None:
    assert a_law().beyond(N, D) == said
