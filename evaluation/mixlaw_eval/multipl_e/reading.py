"""MultiPL-E's records and completions from files, folders or the Hugging Face hub."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_eval.languages.registry import LANGUAGE_OF
from mixlaw_eval.multipl_e.files import Item, read_items
from mixlaw_eval.multipl_e.hub import download, is_dataset_name
from mixlaw_eval.multipl_e.record import Attempt, Record
from mixlaw_eval.stopping import first_stop

_SETTINGS = ("temperature", "top_p", "max_tokens")


def load_records(source: str | Path, *, languages: Sequence[str] | None = None) -> tuple[Record, ...]:
    """Problems of `languages` (default all that there are), in the order of LANGUAGES and then as they stand.

    `source` is a file (JSON, JSONL, either gzipped, Parquet), a folder of them, or a Hugging Face dataset:
    "nuprl/MultiPL-E" (its HumanEval), or "nuprl/MultiPL-E:mbpp" for another benchmark of it. Languages go by any of
    their names ("rs", "go_test.go"). Raises MixlawError, with file and line, for what is not such a record, for a
    problem that is there twice, or when a language has none.
    """
    wanted = LANGUAGES if languages is None else languages
    found = [
        record for record in _records(_items(source, wanted, every=languages is not None)) if record.language in wanted
    ]
    _check_distinct(found, str(source))
    asked = () if found and languages is None else wanted
    missing = [language for language in asked if language not in {record.language for record in found}]
    if missing:
        raise MixlawError(
            f"{source} has no record for {', '.join(missing)}; name the languages that it has "
            "(--languages), or add files"
        )
    return tuple(sorted(found, key=lambda record: LANGUAGES.index(record.language)))


def load_attempts(source: str | Path, *, languages: Sequence[str] = LANGUAGES, cut: bool = True) -> tuple[Attempt, ...]:
    """Completions that somebody made: records with `completion` or `completions`, or MultiPL-E's own files.

    Of MultiPL-E's result files the programs are taken as they are. With `cut` completions end before the first of
    their record's stop strings, as MultiPL-E's generation does it. Lines of one problem are joined. Raises MixlawError,
    with file and line.
    """
    found: dict[tuple[str, str], Attempt] = {}
    for item in read_items(Path(source)):
        attempt = _attempt(item, cut=cut)
        if attempt.record.language in languages:
            key = (attempt.record.language, attempt.record.name)
            found[key] = _joined(found[key], attempt, item.where) if key in found else attempt
    if not found:
        raise MixlawError(f"{source} has no completions in {', '.join(languages)}")
    return tuple(found.values())


def language_named(name: str, where: str) -> str:
    """The language of `mixlaw.trial.LANGUAGES` that a data set calls so. Raises MixlawError for an unknown one."""
    found = LANGUAGE_OF.get(name.lower())
    if found is None:
        raise MixlawError(f"{where}: unknown language {name!r}; known are {', '.join(LANGUAGE_OF)}")
    return found.name


def _items(source: str | Path, languages: Sequence[str], *, every: bool) -> Iterable[Item]:
    if Path(source).exists() or not is_dataset_name(str(source)):
        return read_items(Path(source))
    aliases = {language: (language, *LANGUAGE_OF[language].aliases) for language in languages}
    return (item for path in download(str(source), aliases, every=every) for item in read_items(path))


def _records(items: Iterable[Item]) -> Iterator[Record]:
    return (_record(item) for item in items)


def _record(item: Item) -> Record:
    published = item.text("language")
    return Record(
        name=item.text("name"),
        language=language_named(published, item.where),
        published_language=published,
        prompt=item.text("prompt"),
        tests=item.text("tests"),
        stop_tokens=item.texts("stop_tokens"),
    )


def _attempt(item: Item, *, cut: bool) -> Attempt:
    data = item.data
    settings = {key: data[key] for key in _SETTINGS if data.get(key) is not None}
    if "completion" in data or "completions" in data:
        completions = item.texts("completions") if "completions" in data else (item.text("completion"),)
        record = _record(item)
        texts = tuple(_cut(text, record.stop_tokens) for text in completions) if cut else completions
        attempt = Attempt(record=record, completions=texts, settings=settings)
    elif "results" in data:
        attempt = Attempt(record=_bare_record(item), completions=_programs(item), whole=True, settings=settings)
    else:
        raise MixlawError(
            f"{item.where} has no completion: it needs the field 'completion' (text), 'completions' (a list of texts), "
            f"or MultiPL-E's 'results'; it has {', '.join(data)}"
        )
    if not attempt.completions:
        raise MixlawError(f"{item.where}: an empty list of completions; leave the record out or give it one")
    return attempt


def _cut(text: str, stop: Sequence[str]) -> str:
    return text[: first_stop(text, stop)] if stop else text


def _bare_record(item: Item) -> Record:
    published = item.text("language")
    language = language_named(published, item.where)
    return Record(name=item.text("name"), language=language, published_language=published, prompt="", tests="")


def _programs(item: Item) -> tuple[str, ...]:
    results = item.data["results"]
    entries = cast(list[Any], results) if isinstance(results, list) else [None]
    programs = [cast(dict[str, Any], e).get("program") if isinstance(e, dict) else None for e in entries]
    if not all(isinstance(program, str) for program in programs):
        raise MixlawError(f"{item.where}: 'results' must be a list of objects with the text 'program'")
    return tuple(cast(list[str], programs))


def _joined(first: Attempt, second: Attempt, where: str) -> Attempt:
    if first.record != second.record or first.whole != second.whole:
        raise MixlawError(
            f"{where}: {second.record.name} ({second.record.language}) stands there twice with different "
            "prompts, tests or stop_tokens; give them different names"
        )
    completions = (*first.completions, *second.completions)
    return Attempt(record=first.record, completions=completions, whole=first.whole, settings=first.settings)


def _check_distinct(records: Sequence[Record], source: str) -> None:
    seen: set[tuple[str, str]] = set()
    for record in records:
        key = (record.language, record.name)
        if key in seen:
            raise MixlawError(f"{source} has {record.name} ({record.language}) twice; keep one of them")
        seen.add(key)
