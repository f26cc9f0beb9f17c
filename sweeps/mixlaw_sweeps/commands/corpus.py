"""`mixlaw corpus`: build one, look at one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mixlaw.trial import MixlawError
from mixlaw_sweeps.commands.shared import Json
from mixlaw_sweeps.console import console, errors, print_json

app = typer.Typer(help="Build a corpus of token shards, or look at one.", no_args_is_help=True, rich_markup_mode=None)

CorpusArgument = Annotated[Path, typer.Argument(help="Corpus folder.", show_default=False)]


@app.command("build")
def build_command(
    spec: Annotated[str, typer.Argument(help="A YAML file, or a ready-made spec such as demo (docs/corpus.md).")],
    out: Annotated[Path, typer.Option(help="Folder to make; a finished identical corpus there is kept.")],
    cache: Annotated[Path | None, typer.Option(help="Where downloads are kept.", show_default="user's cache")] = None,
    decontaminate: Annotated[
        list[Path] | None,
        typer.Option(
            help="A benchmark to keep out, beside mixlaw's translation set: JSON, JSONL(.gz), Parquet, source files, "
            "or a folder of them. Can be repeated.",
            show_default=False,
        ),
    ] = None,
    no_decontaminate: Annotated[
        bool, typer.Option("--no-decontaminate", help="Do not look for evaluation texts; the manifest says so.")
    ] = False,
) -> None:
    """Fetch, filter, drop evaluation texts, deduplicate, split by project, tokenize, write shards and a manifest."""
    from mixlaw.corpus import build
    from mixlaw_eval.contamination import evaluation_index

    if decontaminate and no_decontaminate:
        raise MixlawError("--decontaminate and --no-decontaminate contradict each other; give one of them")
    evaluations = None if no_decontaminate else evaluation_index(decontaminate or ())
    built = build(spec, out, evaluations=evaluations, cache=cache, console=errors)
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
