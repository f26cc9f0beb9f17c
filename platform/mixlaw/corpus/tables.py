"""Show a corpus: to people as tables, to scripts as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table

from mixlaw.corpus.cleaning.decontaminate import dropped_counts
from mixlaw.corpus.reader import Corpus
from mixlaw.corpus.split import SPLITS, Split
from mixlaw.trial import DISPLAY, DOMAINS, ORGANISATIONS, PARALLEL

_SHORT = {"javascript": "JS", "typescript": "TS", "text": "text", PARALLEL: "parallel"}
"""Names for the funnel's columns, which must fit side by side."""


def show(corpus: Corpus) -> Group:
    """A corpus as Rich prints it: tokens by domain and split, projects, the funnel, evaluation texts, licences."""
    manifest = corpus.manifest
    title = (
        f"[bold]{manifest['name']}[/bold]  fingerprint {corpus.fingerprint}, "
        f"vocabulary {corpus.vocab_size:,} ({manifest['dtype']})"
    )
    return Group(
        title,
        _token_table(corpus),
        _project_table(corpus),
        *_funnel_tables(corpus),
        *_undecodable(corpus),
        *_parallel_tables(corpus),
        *_decontamination(corpus),
        _licence_table(corpus),
    )


def to_json(corpus: Corpus) -> dict[str, Any]:
    """The manifest without the spec's details: what `mixlaw corpus show --json` prints."""
    keys = ("name", "format_version", "fingerprint", "vocab_size", "dtype", "eos", "shards")
    more = ("bytes_per_token", "funnel", "undecodable", "licences", "projects", "parallel")
    return (
        {"path": str(corpus.path)}
        | {key: corpus.manifest[key] for key in (*keys, *more)}
        | {"decontamination": corpus.manifest.get("decontamination")}
    )


def _token_table(corpus: Corpus) -> Table:
    table = Table(title="tokens", title_justify="left", box=SIMPLE_HEAD)
    table.add_column("domain", no_wrap=True)
    for split in SPLITS:
        table.add_column(split, justify="right")
    table.add_column("bytes/token", justify="right")
    for domain in corpus.domains:
        for name, counts in _rows(corpus, domain):
            table.add_row(name, *counts, f"{_density(corpus, domain):.2f}")
    return table


def _rows(corpus: Corpus, domain: str) -> list[tuple[str, list[str]]]:
    if domain != PARALLEL:
        return [(DISPLAY[domain], [_number(corpus.n_tokens(domain, split)) for split in SPLITS])]
    return [
        (f"{DISPLAY[domain]}, {name}", [_number(corpus.n_tokens(domain, split, name)) for split in SPLITS])
        for name in ORGANISATIONS
    ]


def _density(corpus: Corpus, domain: str) -> float:
    split: Split = "validation" if corpus.n_tokens(domain, "validation") else "train"
    return corpus.bytes_per_token(domain, split)


def _project_table(corpus: Corpus) -> Table:
    table = Table(title="projects", title_justify="left", box=SIMPLE_HEAD)
    for name in ("domain", "trained on", "held out"):
        table.add_column(name, no_wrap=name == "domain")
    for domain in corpus.domains:
        held_out = [projects_of(corpus, split, domain) for split in SPLITS[1:]]
        table.add_row(DISPLAY[domain], projects_of(corpus, "train", domain), "; test: ".join(filter(None, held_out)))
    return table


def projects_of(corpus: Corpus, split: Split, domain: str) -> str:
    """The projects of a split and domain: all of a few by name, the largest and the number of many."""
    found: dict[str, Any] = corpus.manifest["projects"].get(split, {}).get(domain, {"count": 0, "largest": []})
    more = found["count"] - len(found["largest"])
    return ", ".join(found["largest"]) + (f" and {more:,} more" if more else "")


def _number(count: int) -> str:
    return f"{count:,}" if count else "-"


def _funnel_tables(corpus: Corpus) -> list[RenderableType]:
    """Bytes and documents that each step let out of each domain."""
    domains, lines = funnel_lines(corpus)
    tables: list[RenderableType] = []
    for unit, counted, written in (("MB", "bytes", _megabytes), ("documents", "documents", _number)):
        title = f"funnel: {unit} after each step"
        table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
        table.add_column("step", no_wrap=True)
        for domain in domains:
            table.add_column(_SHORT.get(domain, DISPLAY[domain]), justify="right", no_wrap=True)
        for step, rows in lines:
            found = [rows.get(domain) for domain in domains]
            table.add_row(step, *[written(row[counted]) if row else "-" for row in found])
        tables.append(table)
    return tables


def funnel_lines(corpus: Corpus) -> tuple[list[str], list[tuple[str, dict[str, dict[str, int]]]]]:
    """The domains, and by step what it let out of each: `documents` and `bytes`.

    The first line is what was read; steps that changed nothing anywhere are left out.
    """
    rows = {(row["step"], row["domain"]): row for row in corpus.manifest["funnel"]}
    domains = [domain for domain in DOMAINS if any(key[1] == domain for key in rows)]
    first = {domain: next(row for key, row in rows.items() if key[1] == domain) for domain in domains}
    lines = [("read", {domain: _side(row, "in") for domain, row in first.items()})]
    for step in dict.fromkeys(key[0] for key in rows):
        mine = {domain: rows[step, domain] for domain in domains if (step, domain) in rows}
        if any(_side(row, "in") != _side(row, "out") for row in mine.values()):
            lines.append((step, {domain: _side(row, "out") for domain, row in mine.items()}))
    return domains, lines


def _side(row: Mapping[str, Any], side: str) -> dict[str, int]:
    return {"documents": row[f"documents_{side}"], "bytes": row[f"bytes_{side}"]}


def _megabytes(n_bytes: int) -> str:
    return f"{n_bytes / 1e6:,.2f}"


def _undecodable(corpus: Corpus) -> list[RenderableType]:
    """Files that were left out because they are no text in a known encoding."""
    named: list[str] = corpus.manifest.get("undecodable", [])
    return [f"not UTF-8, left out: {_some(named)}"] if named else []


def _parallel_tables(corpus: Corpus) -> list[RenderableType]:
    """How many tasks each pair of languages gives, and in which directions."""
    tables: list[RenderableType] = []
    for source in corpus.manifest.get("parallel", []):
        table = Table(title=f"parallel programs: {source['source']}", title_justify="left", box=SIMPLE_HEAD)
        for name in ("pair", "directions", "tasks", "left aside"):
            table.add_column(name, justify="right" if name in ("tasks", "left aside") else "left")
        for pair in source["pairs"]:
            ways = ", ".join(f"{DISPLAY[x]} to {DISPLAY[y]}" for x, y in pair["directions"])
            names = " and ".join(DISPLAY[language] for language in pair["pair"])
            table.add_row(names, ways, _number(pair["taken"]), _number(pair["left_aside"]))
        tables.append(table)
    return tables


def _decontamination(corpus: Corpus) -> list[RenderableType]:
    """What was looked for, and documents dropped by source of evaluation texts, domain and kind of match."""
    record = corpus.manifest.get("decontamination")
    if not record:
        return ["evaluation texts were not looked for: this corpus may hold them"]
    sources = ", ".join(f"{name} ({counts['texts']:,} texts)" for name, counts in record["sources"].items())
    said = f"evaluation texts {record['fingerprint'][:16]} kept out: {sources}; {len(record['dropped']):,} dropped"
    return [said, *([_dropped_table(record)] if record["dropped"] else [])]


def _dropped_table(record: Mapping[str, Any]) -> Table:
    table = Table(title="dropped: documents that hold evaluation texts", title_justify="left")
    for name in ("evaluation texts", "domain", "match"):
        table.add_column(name)
    for name in ("documents", "MB"):
        table.add_column(name, justify="right")
    table.add_column("tasks")
    for row in dropped_counts(record):
        numbers = f"{row.documents:,}", _megabytes(row.bytes)
        table.add_row(row.source, DISPLAY[row.domain], row.kind, *numbers, _some(row.tasks))
    return table


def _some(names: Sequence[str], limit: int = 5) -> str:
    """The first few names and how many more there are."""
    more = f" and {len(names) - limit:,} more" if len(names) > limit else ""
    return ", ".join(names[:limit]) + more


def _licence_table(corpus: Corpus) -> Table:
    """Documents by licence, the most frequent first."""
    table = Table(title="licences", title_justify="left", box=SIMPLE_HEAD)
    for name in ("licence", "documents", "MB"):
        table.add_column(name, justify="left" if name == "licence" else "right")
    counts: dict[str, dict[str, int]] = corpus.manifest["licences"]
    for licence in sorted(counts, key=lambda name: (-counts[name]["bytes"], name)):
        table.add_row(licence, f"{counts[licence]['documents']:,}", _megabytes(counts[licence]["bytes"]))
    return table
