"""Studies (grids of trials), their launcher on Ray Tune, and the command `mixlaw`."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mixlaw_sweeps.tune_study import search_space, trainable

__all__ = ["search_space", "trainable"]


def __getattr__(name: str) -> Any:
    # Imported on first use: Ray and torch take seconds, and `mixlaw --help` should not.
    if name in __all__:
        from mixlaw_sweeps import tune_study

        return getattr(tune_study, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
