"""`mixlaw corpus`: build one, look at one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, cast

import typer

from mixlaw.trial import ORGANISATIONS, MixlawError
from mixlaw_sweeps.commands.shared import Address, Json, Verbose
from mixlaw_sweeps.console import console, print_json
from mixlaw_sweeps.options import known_domain, number

app = typer.Typer(help="Build a corpus of token shards, or look at one.", no_args_is_help=True, rich_markup_mode=None)

CorpusArgument = Annotated[Path, typer.Argument(help="Corpus folder.", show_default=False)]


@app.command("build")
def build_command(
    out: Annotated[Path, typer.Option(help="Folder to make; a finished identical corpus there is kept.")],
    spec: Annotated[
        str, typer.Argument(help="A YAML or Python file, or a ready-made spec: stdlib, demo, ... (docs/corpus.md).")
    ] = "stdlib",
    vocab_size: Annotated[
        int | None, typer.Option(min=257, help="Train a byte-level BPE of so many tokens.", show_default="the spec's")
    ] = None,
    tokenizer: Annotated[
        str | None, typer.Option(help="A Hugging Face tokenizer instead: hub name, folder or tokenizer.json.")
    ] = None,
    max_train_tokens: Annotated[
        str | None, typer.Option(help="Per language, such as 20M.", show_default="the spec's")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Read so many rows of each table or hub dataset.", show_default="all")
    ] = None,
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
    address: Address = "local",
    cpus: Annotated[int | None, typer.Option(min=1, help="Cores of this machine to use.", show_default="all")] = None,
    verbose: Verbose = False,
) -> None:
    """Fetch, filter, drop evaluation texts, deduplicate, split by project, tokenize, write shards and a manifest.

    A build that was stopped goes on where it was when the same command is given again. On a cluster (--address auto)
    the folder must be one that every node sees.
    """
    from mixlaw_eval.contamination import evaluation_index
    from mixlaw_sweeps.building import Changes, build_corpus

    if decontaminate and no_decontaminate:
        raise MixlawError("--decontaminate and --no-decontaminate contradict each other; give one of them")
    tokens = None if max_train_tokens is None else round(number(max_train_tokens, "--max-train-tokens"))
    built = build_corpus(
        spec,
        out,
        evaluations=None if no_decontaminate else evaluation_index(decontaminate or ()),
        cache=cache,
        changes=Changes(vocab_size=vocab_size, tokenizer=tokenizer, max_train_tokens=tokens, limit=limit),
        address=address,
        num_cpus=cpus,
        verbose=verbose,
    )
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


@app.command("sample")
def sample_command(
    corpus: CorpusArgument,
    language: Annotated[str, typer.Option("--language", "-l", help="Of which language, text or parallel.")],
    n: Annotated[int, typer.Option("-n", min=1, help="How many documents.")] = 3,
    split: Annotated[str, typer.Option(help="train, validation or test.")] = "train",
    organisation: Annotated[
        str, typer.Option(help="Of parallel programs: shuffled, paired-direct or paired-prompt.")
    ] = "shuffled",
    seed: Annotated[int, typer.Option(help="Another seed, other documents.")] = 0,
    lines: Annotated[int, typer.Option(min=0, help="Of each document at most; 0: all.")] = 40,
    as_json: Json = False,
) -> None:
    """Show a few documents, as the model reads them, with where each comes from."""
    from mixlaw.corpus import Corpus
    from mixlaw.corpus.sample import sample_documents, show_documents
    from mixlaw.corpus.split import SPLITS

    found = sample_documents(
        Corpus.open(corpus),
        known_domain(language, "--language"),
        n,
        split=cast(Any, known_domain(split, "--split", SPLITS)),
        seed=seed,
        organisation=cast(Any, known_domain(organisation, "--organisation", ORGANISATIONS)),
    )
    if as_json:
        print_json([{**row, "text": text} for row, text in found])
    else:
        console.print(show_documents(found, lines=lines))
