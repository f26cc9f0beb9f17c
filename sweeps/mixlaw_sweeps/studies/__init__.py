"""Studies: functions that return `list[Trial]`. A study of your own is one more such function (docs/studies.md)."""

from __future__ import annotations

import dataclasses
import importlib.util
import inspect
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, TypeGuard, cast

from mixlaw.trial import MixlawError, Trial
from mixlaw_sweeps.studies.allocation import allocation, uniform_shares
from mixlaw_sweeps.studies.mixtures import mixtures, random_mixtures
from mixlaw_sweeps.studies.organisation import organisation
from mixlaw_sweeps.studies.scale import PAPER, SCALES, SMALL, TINY, Scale, scale_named
from mixlaw_sweeps.studies.single_language import single_language
from mixlaw_sweeps.studies.synergy import synergy

Study = Callable[..., list[Trial]]

STUDIES: dict[str, Study] = {
    "single-language": single_language,
    "synergy": synergy,
    "mixtures": mixtures,
    "organisation": organisation,
    "allocation": allocation,
}
"""The ready-made studies by name."""

__all__ = [
    "PAPER",
    "SCALES",
    "SMALL",
    "STUDIES",
    "TINY",
    "Scale",
    "Study",
    "allocation",
    "bound",
    "find_study",
    "mixtures",
    "organisation",
    "random_mixtures",
    "scale_named",
    "single_language",
    "synergy",
    "trials_of",
    "uniform_shares",
]


def find_study(name: str) -> Study:
    """A ready-made study by its name, or a user's function by `file.py:function`.

    Raises MixlawError for an unknown name, a missing file, or a file without that function.
    """
    if name in STUDIES:
        return STUDIES[name]
    path, _, function = name.partition(":")
    if not path.endswith(".py"):
        raise MixlawError(f"unknown study {name!r}; known are {', '.join(STUDIES)}, or your own as file.py:function")
    module = _load(Path(path))
    found = getattr(module, function or "study", None)
    if not callable(found):
        raise MixlawError(f"{path} has no function {function or 'study'!r} that returns a list of Trial")
    return cast(Study, found)


def trials_of(study: str, scale: str, **options: Any) -> list[Trial]:
    """The trials of a study: options that its function does not take are an error, None means the default.

    Raises MixlawError when the function does not return trials, or returns the same trial twice.
    """
    function = find_study(study)
    known = inspect.signature(function).parameters
    given = {name: value for name, value in options.items() if value is not None}
    surplus = sorted(set(given) - set(known))
    if surplus:
        raise MixlawError(f"the study {study} takes no {', '.join(surplus)}; it takes {', '.join(known) or 'nothing'}")
    trials = function(scale_named(scale), **given) if "scale" in known else function(**given)
    return _checked(study, trials)


def bound(trials: Sequence[Trial], fingerprint: str) -> list[Trial]:
    """The trials of a plan on the corpus of this fingerprint, which becomes part of their identity."""
    return [dataclasses.replace(trial, corpus=fingerprint) for trial in trials]


def _checked(study: str, trials: object) -> list[Trial]:
    if not _is_trials(trials):
        raise MixlawError(f"the study {study} must return a non-empty list of Trial, got {type(trials).__name__}")
    names = [t.trial_id for t in trials]
    twice = sorted({t.label for t in trials if names.count(t.trial_id) > 1})
    if twice:
        raise MixlawError(f"the study {study} asks for the same trial more than once: {', '.join(twice)}")
    return trials


def _is_trials(trials: object) -> TypeGuard[list[Trial]]:
    found = cast(list[object], trials) if isinstance(trials, list) else []
    return bool(found) and all(isinstance(t, Trial) for t in found)


def _load(path: Path) -> ModuleType:
    if not path.is_file():
        raise MixlawError(f"no such study file: {path}")
    spec = importlib.util.spec_from_file_location(f"mixlaw_study_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise MixlawError(f"the study file {path} cannot be imported: {type(error).__name__}: {error}") from error
    return module
