"""The laws and tables of arXiv:2512.13472 as data, and Chinchilla's constants, with what must be known to use them.

Values are as printed; nothing here is fitted. See each caveat: some of the constants cannot be meant literally.
`mixlaw.laws.published.tables` has the tables as rows for people.
"""

# ruff: noqa: N815 (alpha_N and alpha_D are the field's own symbols)
from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mixlaw.laws.forms import Chinchilla

PAPER = "arXiv:2512.13472"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedLaw:
    """A law A N**-alpha_N + B D**-alpha_D + L_inf as printed, N and D in `unit`s; None was not printed."""

    name: str
    equation: str
    what: str
    alpha_N: float
    alpha_D: float
    L_inf: float
    A: float | None = None
    B: float | None = None
    caveat: str = ""
    paper: str = PAPER
    unit: float = 1e9

    @property
    def source(self) -> str:
        """Paper and equation."""
        return f"{self.paper}, {self.equation}"

    def to_json(self) -> dict[str, Any]:
        """A plain dict of literals, for people and scripts."""
        return {**dataclasses.asdict(self), "source": self.source, "form": "A N^-alpha_N + B D^-alpha_D + L_inf"}

    def chinchilla(self) -> Chinchilla:
        """The same law for plain counts of parameters and tokens. Raises ValueError where A or B was not printed."""
        if self.A is None or self.B is None:
            raise ValueError(f"{self.equation} was printed without A and B: it gives exponents, not losses")
        return Chinchilla(
            E=self.L_inf,
            A=self.A * self.unit**self.alpha_N,
            B=self.B * self.unit**self.alpha_D,
            alpha_N=self.alpha_N,
            alpha_D=self.alpha_D,
        )


_BILLIONS = "the unit of N and D is not stated; billions is where the constants make sense"
PUBLISHED: dict[str, PublishedLaw] = {
    law.name: law
    for law in (
        PublishedLaw(
            name="zero-shot-shuffled",
            equation="Eq. 3",
            what="translation loss, zero-shot directions, shuffled data",
            A=0.1574,
            B=9.553,
            alpha_N=0.3470,
            alpha_D=0.8829,
            L_inf=0.1236,
            caveat=_BILLIONS,
        ),
        PublishedLaw(
            name="seen-paired",
            equation="Eq. 4",
            what="translation loss, seen directions, paired data",
            A=0.0508,
            B=0.793,
            alpha_N=6.404,
            alpha_D=0.8829,
            L_inf=0.1006,
            caveat=f"{_BILLIONS}; alpha_N is printed as 6.404, which at N = 0.1 billion predicts a loss above 100,000: "
            "a misprint or no measurement",
        ),
        PublishedLaw(
            name="unseen-paired",
            equation="Eq. 5",
            what="translation loss, unseen directions, paired data",
            A=0.0350,
            B=4.518,
            alpha_N=0.781,
            alpha_D=0.869,
            L_inf=0.0524,
            caveat=_BILLIONS,
        ),
        PublishedLaw(
            name="optimal-allocation",
            equation="Eq. 8",
            what="loss under the optimal allocation",
            alpha_N=0.2186,
            alpha_D=0.6859,
            L_inf=0.2025,
            caveat="printed without A and B",
        ),
        PublishedLaw(
            name="chinchilla-2022",
            equation="Eq. 10",
            what="loss of Chinchilla's runs, as first published",
            A=406.4,
            B=410.7,
            alpha_N=0.34,
            alpha_D=0.28,
            L_inf=1.69,
            caveat="rounded, and no minimum of its own objective: see chinchilla-2024",
            paper="Hoffmann et al. 2022, arXiv:2203.15556",
            unit=1.0,
        ),
        PublishedLaw(
            name="chinchilla-2024",
            equation="Table 1",
            what="the same runs as read from the paper's figure, fitted again",
            A=482.01,
            B=2085.43,
            alpha_N=0.3478,
            alpha_D=0.3658,
            L_inf=1.8172,
            caveat="on 240 of the 245 points: the five of the highest loss are left out",
            paper="Besiroglu et al. 2024, arXiv:2404.10102",
            unit=1.0,
        ),
    )
}

L_INF_ORDER: tuple[str, ...] = ("csharp", "java", "rust", "go", "typescript", "javascript", "python")
"""Languages by irreducible loss, lowest first (study S1); the values are not printed."""
L_INF_RANK: Mapping[str, float] = {
    "csharp": 1,
    "java": 2.5,
    "rust": 2.5,
    "go": 4,
    "typescript": 5,
    "javascript": 6,
    "python": 7,
}
"""Ranks of the same order: the paper calls Java and Rust about equal."""

_ORDER = ("python", "java", "javascript", "typescript", "csharp", "go", "rust")
_GAINS: dict[str, tuple[float | None, ...]] = {
    "python": (None, 1.36, -1.12, -0.95, -1.69, -2.13, -2.72),
    "java": (6.02, None, 12.62, 12.08, 20.58, 10.68, 12.41),
    "javascript": (5.49, 2.98, None, 4.69, 2.44, 1.34, 2.56),
    "typescript": (4.17, 2.29, 3.34, None, 1.68, 1.39, 1.18),
    "csharp": (3.84, 1.93, 3.10, 3.71, None, 1.87, 1.98),
    "go": (4.77, 2.95, 2.70, 4.41, 2.95, None, 2.86),
    "rust": (3.87, 2.89, 4.20, 4.05, 2.81, 2.80, None),
}
SYNERGY: dict[tuple[str, str], float] = {
    (target, auxiliary): gain
    for target, row in _GAINS.items()
    for auxiliary, gain in zip(_ORDER, row, strict=True)
    if gain is not None
}
"""Table 1 by (target, auxiliary): percent by which the auxiliary lowers the target's loss; positive is better.

The paper's Eq. 2 subtracts the other way round; its text and Table 1 call positive an improvement, as here.
"""
SELF_REPETITION_LOSS: Mapping[str, float] = {
    "python": 0.75,
    "java": 0.90,
    "javascript": 0.53,
    "typescript": 0.52,
    "csharp": 0.34,
    "go": 0.42,
    "rust": 0.38,
}
"""Table 1's diagonal: loss of the language repeated twice, 64B + 64B tokens, nats per token."""

TranslationLaw = tuple[float, float, float, float]
"""A, B, alpha_N, alpha_D of one direction; L_inf was not printed."""
_TO = ("python", "java", "go", "csharp", "javascript", "typescript", "rust")
_TRANSLATION: dict[str, tuple[TranslationLaw | None, ...]] = {
    "python": (
        None,
        (0.71, 0.87, 0.11, 0.25),
        (0.56, 1.45, 0.20, 0.28),
        (0.62, 1.36, 0.19, 0.29),
        (0.68, 1.45, 0.14, 0.38),
        (0.61, 1.70, 0.19, 0.36),
        (0.38, 2.40, 0.36, 0.46),
    ),
    "java": (
        (0.80, 0.89, 0.07, 0.36),
        None,
        (0.69, 1.22, 0.15, 0.30),
        (0.53, 2.92, 0.22, 0.54),
        (0.37, 1.35, 0.28, 0.46),
        (0.59, 1.11, 0.16, 0.35),
        (0.43, 1.45, 0.28, 0.21),
    ),
    "go": (
        (0.18, 0.72, 0.38, 0.31),
        (0.61, 0.80, 0.08, 0.17),
        None,
        (0.53, 0.89, 0.15, 0.16),
        (0.70, 0.81, 0.11, 0.24),
        (0.10, 8.31, 0.72, 1.05),
        (0.04, 0.65, 1.24, 0.39),
    ),
    "csharp": (
        (0.19, 0.90, 0.38, 0.09),
        (0.51, 1.85, 0.15, 0.46),
        (0.81, 1.73, 0.12, 0.52),
        None,
        (0.14, 5.73, 0.68, 0.89),
        (0.16, 5.15, 0.74, 0.85),
        (0.04, 4.70, 1.32, 0.87),
    ),
    "javascript": (
        (0.47, 0.77, 0.17, 0.11),
        (0.63, 0.74, 0.10, 0.19),
        (0.61, 1.35, 0.17, 0.28),
        (0.55, 1.06, 0.19, 0.23),
        None,
        (0.33, 11.88, 0.47, 0.98),
        (0.30, 1.04, 0.31, 0.10),
    ),
    "typescript": (
        (0.58, 0.82, 0.12, 0.36),
        (0.81, 1.33, 0.08, 0.51),
        (0.63, 1.01, 0.14, 0.24),
        (0.23, 0.95, 0.49, 0.10),
        (0.56, 40.06, 0.21, 1.20),
        None,
        (0.11, 1.20, 0.79, 0.08),
    ),
    "rust": (
        (0.56, 0.81, 0.13, 0.14),
        (0.56, 1.07, 0.14, 0.20),
        (0.68, 1.07, 0.14, 0.27),
        (0.43, 1.02, 0.17, 0.14),
        (0.57, 0.86, 0.16, 0.17),
        (0.27, 2.40, 0.31, 0.66),
        None,
    ),
}
TRANSLATION: dict[tuple[str, str], TranslationLaw] = {
    (source, target): law
    for source, row in _TRANSLATION.items()
    for target, law in zip(_TO, row, strict=True)
    if law is not None
}
"""Table 2 by (from, to): translation laws of the baseline model."""

PASS_AT_1_SIZES: tuple[str, ...] = ("0.5B", "1.5B", "3B", "7B")
PASS_AT_1: Mapping[str, tuple[tuple[float, float], ...]] = {
    "python": ((14.02, 12.20), (19.51, 21.34), (21.95, 25.61), (34.15, 26.22)),
    "java": ((1.90, 8.23), (5.70, 15.84), (6.96, 22.78), (14.56, 32.28)),
    "javascript": ((7.45, 7.45), (21.74, 19.89), (24.22, 24.84), (36.02, 37.27)),
    "typescript": ((15.72, 13.21), (22.64, 21.93), (29.56, 28.30), (40.25, 40.25)),
    "csharp": ((10.13, 9.49), (15.19, 13.35), (25.32, 24.05), (37.34, 32.91)),
}
"""Table 3: MultiPL-E Pass@1 in percent by language, a pair (shuffled, paired) for each of `PASS_AT_1_SIZES`."""
