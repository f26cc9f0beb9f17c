"""How a search's limits and mixtures are written on the command line: in words, or as the name of a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import yaml

from mixlaw.search import NoWorseThan
from mixlaw.search.constraints import unknown_domain
from mixlaw.trial import SHARE_TOLERANCE, MixlawError
from mixlaw_sweeps.console import errors
from mixlaw_sweeps.options import mixture, names, number

UNIFORM = "uniform"
_UNLIMITED = ("unlimited", "inf", ".inf", "none")


def available_tokens(text: str | None, domains: Sequence[str]) -> dict[str, float]:
    """Distinct tokens by domain, from `python=20e9,rust=5B,go=unlimited` or a YAML file of name: tokens.

    A file may describe a whole corpus: domains that the law does not know are said and left out, unless the name is
    all but one that it knows. Raises MixlawError for other unknown names and for what is no number of tokens.
    """
    if text is None:
        return {}
    path = _file(text)
    given = _pairs(text, "--available") if path is None else {str(k): str(v) for k, v in _mapping(path).items()}
    unknown = [name for name in given if name not in domains]
    problems = [unknown_domain(name, domains) for name in unknown]
    if unknown and (path is None or any("did you mean" in problem for problem in problems)):
        raise MixlawError(f"--available: {'; '.join(problems)}")
    if unknown:
        errors.print(f"{path}: {', '.join(unknown)} left out, the law does not know them", markup=False)
    return {name: _tokens(value, name) for name, value in given.items() if name in domains}


def no_worse_than(text: str | None, domains: Sequence[str]) -> NoWorseThan | None:
    """`uniform:1%`, `python=0.5,rust=0.5:1%` or `FILE.json:1%`, the file being a recommendation or name: share."""
    if text is None:
        return None
    reference, colon, percent = text.rpartition(":")
    try:
        allowed = float(percent.strip().removesuffix("%"))
    except ValueError:
        colon = ""
        allowed = 0.0
    if not colon or not reference.strip():
        raise MixlawError(f"--no-worse-than must look like uniform:1% or python=0.5,rust=0.5:1%, got {text!r}")
    shares = None if reference.strip() == UNIFORM else mixture_of(reference, "--no-worse-than", domains)
    return NoWorseThan(percent=allowed, shares=shares)


def mixture_of(text: str, what: str, domains: Sequence[str]) -> dict[str, float]:
    """Shares that sum to 1: `uniform`, `python=0.5,rust=0.5`, or a file with shares in it."""
    if text.strip() == UNIFORM:
        return dict.fromkeys(domains, 1 / len(domains))
    path = _file(text)
    return mixture(text, what, domains) if path is None else _shares(path, domains)


def paths_by_domain(text: str | None, domains: Sequence[str]) -> dict[str, str]:
    """`python=/data/py,rust=/data/rs` as a dict. Raises MixlawError for a domain that has no share here."""
    given = _pairs(text, "--paths") if text else {}
    unknown = [unknown_domain(name, domains) for name in given if name not in domains]
    if unknown:
        raise MixlawError(f"--paths: {'; '.join(unknown)}")
    return given


def _pairs(text: str, what: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in names(text, what):
        name, equals, value = part.partition("=")
        if not equals or not value.strip():
            raise MixlawError(f"{what} must look like python=...,rust=..., got {part.strip()!r}")
        if name.strip() in found:
            raise MixlawError(f"{what} names {name.strip()!r} twice")
        found[name.strip()] = value.strip()
    return found


def _tokens(value: str, domain: str) -> float:
    if value.strip().lower() in _UNLIMITED:
        return float("inf")
    if value.strip() in ("0", "0.0"):
        return 0.0
    return number(value.replace("_", ""), f"available tokens of {domain}")


def _file(text: str) -> Path | None:
    path = Path(text.strip())
    if path.suffix in (".json", ".yaml", ".yml") or (path.is_file() and "=" not in text):
        return path
    return None


def _mapping(path: Path) -> dict[str, Any]:
    try:
        data = yaml.safe_load(path.read_text())  # JSON is YAML
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise MixlawError(f"{path} cannot be read as YAML or JSON ({error})") from error
    if not isinstance(data, dict):
        raise MixlawError(f"{path} must map names to values, such as python: 20e9")
    return cast(dict[str, Any], data)


def _shares(path: Path, domains: Sequence[str]) -> dict[str, float]:
    data = _mapping(path)
    inner: Any = data.get("shares", data)
    try:
        shares = {str(name): float(share) for name, share in cast(Mapping[Any, Any], inner).items()}
    except (AttributeError, TypeError, ValueError) as error:
        raise MixlawError(f"{path} must be a recommendation, or map names to shares ({error})") from error
    unknown = [unknown_domain(name, domains) for name, share in shares.items() if share > 0 and name not in domains]
    total = sum(shares.values())
    if unknown:
        raise MixlawError(f"{path}: {'; '.join(unknown)}")
    if min(shares.values(), default=-1.0) < 0 or abs(total - 1) > SHARE_TOLERANCE:
        raise MixlawError(f"{path}: shares must be >= 0 and sum to 1, got a sum of {total:g}")
    return {name: share / total for name, share in shares.items()}
