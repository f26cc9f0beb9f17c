"""A mixture written as training frameworks read it: one function for each, from a `Mix` to a file's text."""

from collections.abc import Callable

from mixlaw.search.export.frameworks import huggingface, megatron, olmo_core, torchtitan
from mixlaw.search.export.mix import Mix, mix_of
from mixlaw.search.export.plain import as_csv, as_json, as_yaml

EXPORTS: dict[str, Callable[[Mix], str]] = {
    "json": as_json,
    "yaml": as_yaml,
    "csv": as_csv,
    "huggingface": huggingface,
    "megatron": megatron,
    "torchtitan": torchtitan,
    "olmo-core": olmo_core,
}

__all__ = ["EXPORTS", "Mix", "mix_of"]
