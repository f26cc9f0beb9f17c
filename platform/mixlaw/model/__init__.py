"""The model: a LLaMA-2-like decoder, the ladder of its sizes, exact counting, and the Hugging Face format.

Names are loaded on first use, so that counting and the ladder do not import torch.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from mixlaw.model.count import (
    ParameterCount,
    checkpoint_bytes,
    count_parameters,
    export_bytes,
    flops_per_token,
    training_flops,
)
from mixlaw.model.ladder import LADDER, ladder

if TYPE_CHECKING:
    from mixlaw.model.decoder import Decoder, initialise
    from mixlaw.model.documents import document_starts
    from mixlaw.model.hugging_face import export_to_hugging_face, load_decoder

_LAZY = {
    "Decoder": "decoder",
    "initialise": "decoder",
    "document_starts": "documents",
    "export_to_hugging_face": "hugging_face",
    "load_decoder": "hugging_face",
}

__all__ = [
    "LADDER",
    "Decoder",
    "ParameterCount",
    "checkpoint_bytes",
    "count_parameters",
    "document_starts",
    "export_bytes",
    "export_to_hugging_face",
    "flops_per_token",
    "initialise",
    "ladder",
    "load_decoder",
    "training_flops",
]


def __getattr__(name: str) -> Any:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_LAZY[name]}"), name)
