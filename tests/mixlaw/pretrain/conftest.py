from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mixlaw.model import ladder
from mixlaw.pretrain import Placement
from mixlaw.trial import Recipe, Trial


@pytest.fixture
def make_trial() -> Callable[..., Trial]:
    """A trial of 25k parameters, 8 rows of 32 tokens a step, on the tiny corpus."""

    def make(*, steps: int = 12, learning_rate: float = 3e-3, **options: object) -> Trial:
        recipe = Recipe(learning_rate=learning_rate, batch_tokens=256, seq_len=32)
        return Trial(
            model=ladder("25k"),
            train_tokens=steps * 256,
            shares={"python": 0.5, "go": 0.3, "text": 0.2},
            recipe=recipe,
            **options,  # type: ignore[arg-type]
        )

    return make


@pytest.fixture
def placement(tmp_path: Path) -> Placement:
    return Placement.of(out=tmp_path / "out", device="cpu", precision="fp32", validation_tokens=512)
