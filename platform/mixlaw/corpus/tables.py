"""Show a corpus: to people as tables, to scripts as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table

from mixlaw.corpus.cleaning.decontaminate import dropped_counts
from mixlaw.corpus.manifest import FUNNEL_STEPS
from mixlaw.corpus.reader import Corpus
from mixlaw.corpus.split import SPLITS, Split
from mixlaw.trial import DISPLAY, DOMAINS, ORGANISATIONS, PARALLEL


def show(corpus: Corpus) -> Group:
    """A corpus as Rich prints it: tokens by domain and split, projects, the funnel, evaluation texts, licences."""
    manifest = corpus.manifest
    title = (
        f"[bold]{manifest['name']}[/bold]  fingerprint {corpus.fingerprint}, "
        f"vocabulary {corpus.vocab_size:,} ({manifest['dtype']})"
    )
    return Group(title, _token_table(corpus), _funnel_table(corpus), *_decontamination(corpus), _licence_table(corpus))


def to_json(corpus: Corpus) -> dict[str, Any]:
    """The manifest without the spec's details: what `mixlaw corpus show --json` prints."""
    keys = ("name", "format_version", "fingerprint", "vocab_size", "dtype", "eos", "shards")
    more = ("bytes_per_token", "funnel", "licences", "projects")
    return (
        {"path": str(corpus.path)}
        | {key: corpus.manifest[key] for key in (*keys, *more)}
        | {"decontamination": corpus.manifest.get("decontamination")}
    )


def _token_table(corpus: Corpus) -> Table:
    table = Table(title="tokens", title_justify="left")
    table.add_column("domain")
    for split in SPLITS:
        table.add_column(split, justify="right")
    table.add_column("bytes/token", justify="right")
    for split in SPLITS[:2]:
        table.add_column(f"{split} projects")
    for domain in corpus.domains:
        for name, counts in _rows(corpus, domain):
            table.add_row(name, *counts, f"{_density(corpus, domain):.2f}", *_project_cells(corpus, domain))
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


def _project_cells(corpus: Corpus, domain: str) -> list[str]:
    return [projects_of(corpus, split, domain) for split in SPLITS[:2]]


def projects_of(corpus: Corpus, split: Split, domain: str) -> str:
    """The projects of a split and domain: all of a few by name, the largest and the number of many."""
    found: dict[str, Any] = corpus.manifest["projects"].get(split, {}).get(domain, {"count": 0, "largest": []})
    more = found["count"] - len(found["largest"])
    return ", ".join(found["largest"]) + (f" and {more:,} more" if more else "")


def _number(count: int) -> str:
    return f"{count:,}" if count else "-"


def _funnel_table(corpus: Corpus) -> Table:
    """Megabytes after each step, and how many documents the step dropped."""
    rows = {(row["step"], row["domain"]): row for row in corpus.manifest["funnel"]}
    domains = [domain for domain in DOMAINS if any(key[1] == domain for key in rows)]
    table = Table(title="funnel: MB after the step (documents dropped)", title_justify="left")
    table.add_column("step")
    for domain in domains:
        table.add_column(DISPLAY[domain], justify="right")
    first = {domain: next(row for row in corpus.manifest["funnel"] if row["domain"] == domain) for domain in domains}
    table.add_row("read", *[_megabytes(first[domain]["bytes_in"]) for domain in domains])
    for step in FUNNEL_STEPS:
        if any((step, domain) in rows for domain in domains):
            table.add_row(step, *[_funnel_cell(rows.get((step, domain))) for domain in domains])
    return table


def _funnel_cell(row: dict[str, Any] | None) -> str:
    if row is None:
        return "-"
    dropped = row["documents_in"] - row["documents_out"]
    return _megabytes(row["bytes_out"]) + (f" ({dropped:,})" if dropped else "")


def _megabytes(n_bytes: int) -> str:
    return f"{n_bytes / 1e6:.2f}"


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
    table = Table(title="licences", title_justify="left")
    for name in ("licence", "documents", "MB"):
        table.add_column(name, justify="left" if name == "licence" else "right")
    counts: dict[str, dict[str, int]] = corpus.manifest["licences"]
    for licence in sorted(counts, key=lambda name: (-counts[name]["bytes"], name)):
        table.add_row(licence, f"{counts[licence]['documents']:,}", _megabytes(counts[licence]["bytes"]))
    return table
