from __future__ import annotations

import pytest

from mixlaw.model import flops_per_token, ladder
from mixlaw.pretrain import measured_tokens_per_second
from mixlaw.trial import Recipe

RECIPE = Recipe(learning_rate=1e-3, batch_tokens=4096, seq_len=256)


def test_speeds_fall_with_size_and_large_models_are_not_built() -> None:
    tiny, large, huge = (measured_tokens_per_second(ladder(n), 1_024, RECIPE) for n in ("25k", "1.3B", "14B"))
    assert tiny > 100 * large
    flops = [flops_per_token(ladder(n), 1_024, 256) for n in ("1.3B", "14B")]
    assert large / huge == pytest.approx(flops[1] / flops[0])
