"""The ladder of model sizes: named by non-embedding parameters, from 25k for a laptop's minutes to 14B.

One family: d_ff is about 8/3 of d_model (SwiGLU at the cost of a fourfold ReLU layer: Shazeer 2020, arXiv:2002.05202),
heads are 32 to 48 wide at the tiny end, then 64, then 128, and depth grows with width. The paper's sizes are all here.
"""

from __future__ import annotations

from mixlaw.trial import MixlawError, ModelShape

_RUNGS: dict[str, tuple[int, int, int, int]] = {
    # name: layers, width, heads, feed-forward width
    "25k": (2, 32, 1, 88),
    "50k": (2, 48, 1, 112),
    "100k": (2, 64, 2, 176),
    "200k": (2, 96, 3, 224),
    "300k": (3, 96, 3, 224),
    "400k": (4, 96, 3, 224),
    "1M": (5, 128, 4, 352),
    "3M": (7, 192, 3, 512),
    "10M": (8, 320, 5, 864),
    "30M": (10, 512, 8, 1376),
    "60M": (12, 640, 10, 1728),
    "0.1B": (14, 768, 12, 2048),
    "0.2B": (16, 1024, 16, 2752),
    "0.4B": (20, 1280, 20, 3456),
    "0.5B": (18, 1536, 24, 4096),
    "0.6B": (21, 1536, 24, 4096),
    "1.1B": (22, 2048, 16, 5504),
    "1.3B": (26, 2048, 16, 5504),
    "1.5B": (30, 2048, 16, 5504),
    "1.6B": (32, 2048, 16, 5504),
    "2.0B": (25, 2560, 20, 6912),
    "2.4B": (30, 2560, 20, 6912),
    "3B": (26, 3072, 24, 8192),
    "3.1B": (27, 3072, 24, 8192),
    "7B": (32, 4096, 32, 11008),
    "14B": (44, 5120, 40, 13824),
}

LADDER: dict[str, ModelShape] = {
    name: ModelShape(name=name, n_layers=layers, d_model=width, n_heads=heads, d_ff=d_ff)
    for name, (layers, width, heads, d_ff) in _RUNGS.items()
}
"""Every rung by its name, smallest first."""


def ladder(name: str) -> ModelShape:
    """A rung by its name. Raises MixlawError that lists the known ones."""
    if name not in LADDER:
        raise MixlawError(f"unknown model size {name!r}; the ladder has {', '.join(LADDER)}")
    return LADDER[name]
