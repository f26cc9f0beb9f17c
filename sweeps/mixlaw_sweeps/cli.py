"""The command `mixlaw`."""

from __future__ import annotations

import sys

import typer

from mixlaw.trial import MixlawError
from mixlaw_sweeps.commands import (
    compare,
    corpus,
    demo,
    evaluate,
    execute,
    fit,
    laws,
    optimal,
    predict,
    report,
    run,
    score,
    search,
    studies,
    toolchains,
    tune_lr,
)
from mixlaw_sweeps.console import errors

HELP = """Which languages, in which proportions, for how large a model and how many tokens?

The main job, step by step (or all of it, small, on this machine: `mixlaw demo`):

\b
  mixlaw corpus build demo --out CORPUS               source code to token shards
  mixlaw plan mixtures --corpus CORPUS                what would run, and what it costs
  mixlaw run single-language --corpus CORPUS --out OUT
  mixlaw run mixtures --corpus CORPUS --out OUT       the same command again resumes
  mixlaw fit OUT                                      scaling laws with intervals
  mixlaw search OUT --params 1.5B --tokens 350B       the recommended proportions
  mixlaw run allocation --corpus CORPUS --out OUT     recommended against uniform, trained
  mixlaw report OUT --corpus CORPUS                   one page with every figure

\b
  mixlaw fit RUNS.csv --targets LOSS,...              laws of anybody's runs; then predict, score
"""

app = typer.Typer(
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
app.add_typer(corpus.app, name="corpus")
app.add_typer(laws.app, name="laws")
for command in (
    studies.studies,
    studies.plan,
    tune_lr.tune_lr,
    run.run,
    fit.fit,
    predict.predict,
    score.score,
    search.search,
    optimal.optimal,
    evaluate.evaluate,
    execute.execute,
    compare.compare,
    report.report,
    toolchains.toolchains,
    demo.demo,
):
    app.command()(command)


_INTERRUPTED = 130
"""What Typer makes of a KeyboardInterrupt, without a word."""


def main() -> None:
    """Run the command line: a user's mistake is one message and exit code 2, never a traceback."""
    try:
        app()
    except MixlawError as error:
        errors.print(f"[bold red]error:[/] {_escaped(str(error))}", soft_wrap=True)
        sys.exit(2)
    except SystemExit as end:
        if end.code == _INTERRUPTED:
            errors.print("stopped; the same command goes on from here")
        raise


def _escaped(text: str) -> str:
    return text.replace("[", r"\[")
