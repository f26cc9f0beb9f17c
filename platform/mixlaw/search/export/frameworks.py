"""A mixture for four training frameworks, in the form that each reads today. Domains without a share are left out."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import yaml

from mixlaw.search.export.mix import Mix, written
from mixlaw.trial import MixlawError

_ROWS = """\
# The shares are of tokens: draw rows of equal length (tokenized and packed), not documents, or domains with long
# documents get more than their share.
"""


def huggingface(mix: Mix) -> str:
    """Python for `datasets.interleave_datasets`: probabilities aligned with the names of the sources.

    With `all_exhausted` a source that runs out starts again, so that repeated domains keep their share.
    """
    return _filled(
        mix,
        """\
{rows}import datasets

PATHS = {paths}
PROBABILITIES = {shares}


def mixture(seed: int = 0) -> datasets.IterableDataset:
    sources = [datasets.load_dataset(path, split="train", streaming=True) for path in PATHS.values()]
    return datasets.interleave_datasets(
        sources, probabilities=list(PROBABILITIES.values()), seed=seed, stopping_strategy="all_exhausted"
    )
""",
        lambda path: path,
    )


def torchtitan(mix: Mix) -> str:
    """Python for torchtitan's `DatasetMixConfig` (its components/data, from August 2026 on).

    Each domain is packed into rows of tokens before it is mixed: the weights then count tokens.
    """
    return _filled(
        mix,
        """\
from torchtitan.components.data import (
    ConcatThenSplitPackingConfig,
    DatasetMixConfig,
    GrainDataLoader,
    IndexedJsonlSource,
    SingleDatasetConfig,
    WeightedDataset,
)
from torchtitan.hf_datasets.text_datasets import TextProcessor

PATTERNS = {paths}
WEIGHTS = {shares}


def packed(pattern: str) -> ConcatThenSplitPackingConfig:
    documents = SingleDatasetConfig(
        source=IndexedJsonlSource.Config(patterns=(pattern,)),
        processor=TextProcessor.Config(text_fn=lambda row: row["text"]),
        post_filters=(lambda sample: sample is not None,),
    )
    return ConcatThenSplitPackingConfig(dataset=documents)


# Packed before mixing: the weights count rows of equal length, so tokens.
mixture = DatasetMixConfig(
    datasets=tuple(
        WeightedDataset(dataset=packed(PATTERNS[name]), weight=weight) for name, weight in WEIGHTS.items()
    ),
)
dataloader = GrainDataLoader.Config(dataset=mixture, seed=0, shuffle=True, repeat=True)
""",
        lambda path: path if path.endswith(".jsonl") else f"{path}/*.jsonl",
    )


def megatron(mix: Mix) -> str:
    """The text of Megatron-LM's `--data-args-path` file: weight and path prefix in turn, as after `--data-path`."""
    used = {domain: mix.paths[domain] for domain in mix.used}
    blank = [path for path in used.values() if any(c.isspace() for c in path)]
    if blank:
        raise MixlawError(f"Megatron-LM divides its list at blanks, so no path may have one: {', '.join(blank)}")
    return "\n".join(f"{written(mix.shares[domain])} {path}" for domain, path in used.items()) + "\n"


def olmo_core(mix: Mix) -> str:
    """YAML of an OLMo-core `SourceMixtureList`: target_ratio, paths and max_repetition_ratio of each source.

    The repetition ratio is the epochs that the search allowed where the distinct tokens are known, and else 1:
    OLMo-core then refuses to build a mixture for which the data do not suffice.
    """
    sources: list[dict[str, Any]] = []
    for domain, share in mix.used.items():
        path = mix.paths[domain]
        sources.append(
            {
                "source_name": domain,
                "target_ratio": float(share),
                "paths": [path if path.endswith(".npy") else f"{path}/*.npy"],
                "max_repetition_ratio": max(float(mix.max_epochs), 1.0) if domain in mix.available else 1.0,
            }
        )
    return yaml.safe_dump({"sources": sources}, sort_keys=False, allow_unicode=True)


def _filled(mix: Mix, template: str, path: Callable[[str], str]) -> str:
    """The template with Python dicts of paths and shares, one name a line; strings are quoted as JSON."""

    def block(lines: list[str]) -> str:
        return "{\n" + "".join(f"    {line},\n" for line in lines) + "}"

    names = {domain: json.dumps(domain, ensure_ascii=False) for domain in mix.used}
    paths = block([f"{name}: {json.dumps(path(mix.paths[d]), ensure_ascii=False)}" for d, name in names.items()])
    shares = block([f"{name}: {written(mix.shares[d])}" for d, name in names.items()])
    return template.replace("{rows}", _ROWS).replace("{paths}", paths).replace("{shares}", shares)
