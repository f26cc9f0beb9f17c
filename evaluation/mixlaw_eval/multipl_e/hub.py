"""MultiPL-E's records from the Hugging Face hub, where it can be reached."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from mixlaw.trial import MixlawError

BENCHMARK = "humaneval"
"""The benchmark of a dataset when its name does not say which."""
_DATASET = re.compile(r"[\w.-]+/[\w.-]+(:[\w.-]+)?")


def is_dataset_name(source: str) -> bool:
    """Whether it reads like owner/name or owner/name:benchmark."""
    return _DATASET.fullmatch(source) is not None


def download(source: str, aliases: Mapping[str, Sequence[str]], *, every: bool = True) -> list[Path]:
    """The Parquet files of a dataset's configurations, such as humaneval-rs, from the hub or its cache.

    `source` is owner/name, owner/name:humaneval (a benchmark), or owner/name:humaneval-rs (one configuration);
    `aliases` gives the names that each wanted language has. Raises MixlawError when the hub cannot be reached or a
    configuration is not there; with `every` false, when none is.
    """
    repository, _, chosen = source.partition(":")
    files = _listed(repository)
    wanted = _configurations(repository, files, chosen or BENCHMARK, aliases, every)
    return [_fetched(repository, file) for file in files if file.split("/")[0] in wanted]


def _listed(repository: str) -> list[str]:
    from huggingface_hub import HfApi

    try:
        files = HfApi().list_repo_files(repository, repo_type="dataset")
    except Exception as error:  # offline, refused, unknown: many kinds, one answer
        raise _unreachable(repository, error) from error
    return sorted(file for file in files if file.endswith(".parquet"))


def _configurations(
    repository: str, files: Sequence[str], chosen: str, aliases: Mapping[str, Sequence[str]], every: bool
) -> set[str]:
    known = {file.split("/")[0] for file in files}
    if chosen in known:
        return {chosen}
    found = {language: {f"{chosen}-{alias}" for alias in names} & known for language, names in aliases.items()}
    missing = [language for language, configurations in found.items() if not configurations]
    if missing and (every or len(missing) == len(found)):
        raise MixlawError(
            f"the dataset {repository} has no {chosen} for {', '.join(missing)}; it has {', '.join(sorted(known))}. "
            "Name the languages that it has (--languages), or give the records as files"
        )
    return {configuration for configurations in found.values() for configuration in configurations}


def _fetched(repository: str, file: str) -> Path:
    import huggingface_hub

    try:
        return Path(huggingface_hub.hf_hub_download(repository, file, repo_type="dataset"))
    except Exception as error:
        raise _unreachable(repository, error) from error


def _unreachable(repository: str, error: Exception) -> MixlawError:
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return MixlawError(
        f"{repository} is no file here, and the dataset of that name cannot be had from the Hugging Face hub "
        f"({reason}); download its Parquet or JSONL files elsewhere and give their folder"
    )
