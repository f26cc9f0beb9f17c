"""`mixlaw corpus`: build one, look at one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mixlaw_sweeps.commands.shared import Json
from mixlaw_sweeps.console import console, errors, print_json

app = typer.Typer(help="Build a corpus of token shards, or look at one.", no_args_is_help=True, rich_markup_mode=None)

CorpusArgument = Annotated[Path, typer.Argument(help="Corpus folder.", show_default=False)]


@app.command("build")
def build_command(
    spec: Annotated[str, typer.Argument(help="A YAML file, or a ready-made spec such as demo (docs/corpus.md).")],
    out: Annotated[Path, typer.Option(help="Folder to make; a finished identical corpus there is kept.")],
    cache: Annotated[Path | None, typer.Option(help="Where downloads are kept.", show_default="user's cache")] = None,
) -> None:
    """Fetch, filter, deduplicate, split by project, train a tokenizer, write token shards and a manifest."""
    from mixlaw.corpus import build

    built = build(spec, out, cache=cache, console=errors)
    console.print(f"corpus {built.fingerprint[:16]} in {out}; look at it with: mixlaw corpus show {out}")


@app.command("show")
def show_command(
    corpus: CorpusArgument,
    verify: Annotated[bool, typer.Option("--verify", help="Also read every shard and compare its checksum.")] = False,
    as_json: Json = False,
) -> None:
    """Show what a corpus holds: the funnel of its filters, tokens per language and split, projects, licences."""
    from mixlaw.corpus import Corpus, show, to_json

    opened = Corpus.open(corpus)
    if verify:
        opened.verify()
    if as_json:
        print_json(to_json(opened))
    else:
        console.print(show(opened))
