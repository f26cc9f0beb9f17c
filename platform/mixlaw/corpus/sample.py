"""Documents of a corpus as people read them: a few, chosen by a seed, decoded from the token files."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.syntax import Syntax
from rich.text import Text

from mixlaw.corpus.reader import Corpus
from mixlaw.corpus.split import Split
from mixlaw.corpus.tokenizing import load_tokenizer
from mixlaw.trial import DISPLAY, PARALLEL, TEXT, MixlawError, Organisation

Sample = tuple[dict[str, Any], str]
"""A row of the documents table, and the text that its tokens spell."""
SHOWN_LINES = 40
_CONTROL = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"} | dict.fromkeys(
    range(127, 160), 0xFFFD
)
"""What would steer a terminal is shown as its picture."""


def sample_documents(
    corpus: Corpus,
    domain: str,
    n: int,
    *,
    split: Split = "train",
    seed: int = 0,
    organisation: Organisation = "shuffled",
) -> list[Sample]:
    """`n` documents of a domain at random, each as likely as another, in the order in which they lie; all of them when
    there are no more. Reads no more than their token files' tables and their own tokens.

    Raises MixlawError when the corpus has none of the domain and split, or `n` is below 1.
    """
    if n < 1:
        raise MixlawError(f"cannot show {n} documents; ask for 1 or more")
    tokens = corpus.tokens(domain, split, organisation)
    tokenizer = load_tokenizer(corpus.tokenizer_path)
    found: list[Sample] = []
    for row in _rows(corpus, domain, n, split, seed, organisation):
        start, length = int(row["start"]), int(row["tokens"])
        ids = tokens[start : start + length - 1].tolist()  # without the end mark
        found.append((row, tokenizer.decode(ids, skip_special_tokens=False)))
    return found


def _rows(
    corpus: Corpus, domain: str, n: int, split: Split, seed: int, organisation: Organisation
) -> list[dict[str, Any]]:
    shards = corpus.shards_of(domain, split, organisation)
    total = sum(shard.documents for shard in shards)
    wanted = sorted(random.Random(seed).sample(range(total), min(n, total)))
    rows: list[dict[str, Any]] = []
    first = 0
    for shard in shards:
        mine = [number - first for number in wanted if first <= number < first + shard.documents]
        if mine:
            rows += pl.read_parquet(corpus.path / shard.documents_file)[mine].to_dicts()
        first += shard.documents
    return rows


def show_documents(samples: Sequence[Sample], *, lines: int = SHOWN_LINES) -> RenderableType:
    """Documents as Rich prints them: where each comes from, then its first `lines` lines, 0 for all, in colours."""
    return Group(*(_panel(row, text, lines) for row, text in samples))


def _panel(row: Mapping[str, Any], text: str, lines: int) -> Panel:
    shown = text.translate(_CONTROL).rstrip("\n").split("\n")
    rest = len(shown) - lines if lines and len(shown) > lines else 0
    code = Syntax(
        "\n".join(shown[: len(shown) - rest]),
        _lexer(row),
        theme="ansi_dark",
        background_color="default",
        word_wrap=True,
    )
    notes = [Text(f"... {rest:,} more lines", style="dim")] if rest else []
    if hashlib.sha256(text.encode()).hexdigest() != row["sha256"]:
        notes.append(Text("this tokenizer does not give the text back exactly as it was", style="yellow"))
    return Panel(
        Group(code, *notes),
        title=Text(_title(row)),
        subtitle=Text(_origin(row)),
        title_align="left",
        subtitle_align="left",
    )


def _title(row: Mapping[str, Any]) -> str:
    what = DISPLAY[row["domain"]] + (f", {row['organisation']}" if row["domain"] == PARALLEL else "")
    return f"{what} · {row['split']} · {row['project']} · {row['path']}"


def _origin(row: Mapping[str, Any]) -> str:
    per_token = f"{row['bytes'] / row['tokens']:.2f}"
    origin = [row["origin"]] if row.get("origin") else []
    parts = [
        row["licence"],
        *origin,
        f"sha256 {row['sha256'][:12]}",
        f"{row['tokens']:,} tokens of {row['bytes']:,} bytes ({per_token} each)",
    ]
    return " · ".join(parts)


def _lexer(row: Mapping[str, Any]) -> str:
    if row["domain"] == PARALLEL:
        return _program_language(row)
    if row["domain"] == TEXT:
        return {"md": "markdown", "rst": "rst"}.get(str(row["path"]).rpartition(".")[2], "text")
    return str(row["domain"])


def _program_language(row: Mapping[str, Any]) -> str:
    """Of a program that stands alone; two in one document are shown without colours."""
    *_, direction, part = str(row["path"]).split("/")
    return direction.split("-")[int(part)] if row["organisation"] == "shuffled" else "text"
