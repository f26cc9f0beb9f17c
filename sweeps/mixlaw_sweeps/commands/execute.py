"""`mixlaw execute`: completions that somebody made, run in the sandbox, without a model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mixlaw.trial import LANGUAGES, MixlawError
from mixlaw_sweeps.commands.shared import Json, LanguagesOption
from mixlaw_sweeps.console import console, errors, print_json, progress
from mixlaw_sweeps.options import languages as parsed_languages

if TYPE_CHECKING:
    from mixlaw_eval.multipl_e import Attempt, Flavour, PassResults, Result
    from mixlaw_eval.sandbox import Limits

BOTH = "both"


def execute(
    completions: Annotated[
        Path,
        typer.Argument(
            help="A file (JSON, JSONL, either gzipped, Parquet) or a folder of them: name, language, prompt, tests, "
            "and completion or completions; or MultiPL-E's own completion or result files.",
            show_default=False,
        ),
    ],
    out: Annotated[
        Path, typer.Option(help="JSONL file for the verdicts, one line per completion; goes on where it was stopped.")
    ],
    flavour: Annotated[
        str, typer.Option(help="as-published, repaired (what can never pass is mended or left out), or both.")
    ] = BOTH,
    k: Annotated[str, typer.Option("--k", help="pass@k for these k, such as 1,10.")] = "1",
    languages: LanguagesOption = None,
    cut: Annotated[bool, typer.Option(help="Cut completions at their record's stop_tokens, or run them whole.")] = True,
    workers: Annotated[int | None, typer.Option(min=1, help="Programs at a time.", show_default="cores")] = None,
    cpu_limit: Annotated[float, typer.Option(min=0.1, help="Seconds of CPU time per program.")] = 15.0,
    memory: Annotated[int, typer.Option(min=16, help="MiB of memory per program.")] = 1024,
    multipl_e_results: Annotated[
        Path | None,
        typer.Option(
            help="Also write MultiPL-E's result files there, for its pass_k: as published, unless only repaired is run."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Of the resampling behind the intervals.")] = 0,
    unsafe: Annotated[
        bool, typer.Option("--i-know-this-is-unsafe", help="Run programs without isolation where there is none.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Run completions of MultiPL-E's problems in the sandbox: a verdict for each, and pass@k with intervals."""
    from mixlaw_eval.multipl_e import PassResults, load_attempts, pass_table, write_multipl_e_results
    from mixlaw_eval.sandbox import Limits

    ks = sample_counts(k)
    flavours = chosen_flavours(flavour)
    attempts = load_attempts(completions, languages=parsed_languages(languages) or LANGUAGES, cut=cut)
    refuse_to_overwrite(out, completions)
    limits = Limits(cpu_s=cpu_limit, idle_s=cpu_limit, memory_bytes=memory * 2**20)
    results = _judged(attempts, out, flavours, limits, workers=workers, unsafe=unsafe)
    if multipl_e_results:
        write_multipl_e_results(multipl_e_results, attempts, results, flavour=flavours[0], limits=named(limits))
    found = PassResults(results=results)
    if as_json:
        print_json(summary(found, ks, seed))
    else:
        console.print(pass_table(found, ks=ks, seed=seed))
        errors.print(f"verdicts are in {out}", markup=False, soft_wrap=True)


def _judged(
    attempts: Sequence[Attempt],
    out: Path,
    flavours: tuple[Flavour, ...],
    limits: Limits,
    *,
    workers: int | None,
    unsafe: bool,
) -> tuple[Result, ...]:
    from mixlaw_eval.execution import open_executor
    from mixlaw_eval.multipl_e import judge, samples_of

    total = len(samples_of(attempts, flavours))
    with open_executor(workers, limits, unsafe=unsafe) as executor, progress("running programs") as tell:
        return judge(
            attempts, executor, flavours=flavours, out=out, limits=named(limits), advance=counting(tell, total)
        )


def counting(tell: Callable[[float, str], None], total: int) -> Callable[[int], None]:
    """What turns "so many more are done" into a part of the whole."""
    done = 0

    def advance(more: int) -> None:
        nonlocal done
        done += more
        tell(done / total if total else 1.0, f"{done} of {total}")

    return advance


def named(limits: Limits) -> str:
    """What of the limits can change a verdict: verdicts under others are not taken over."""
    return f"cpu {limits.cpu_s:g} s, memory {limits.memory_bytes} B"


def refuse_to_overwrite(out: Path, source: Path) -> None:
    """Raises MixlawError when the results would replace the completions."""
    if out.exists() and source.exists() and (out.samefile(source) or out.is_dir()):
        raise MixlawError(f"--out {out} must be a file of its own, such as results.jsonl")


def sample_counts(text: str) -> tuple[int, ...]:
    """1,10 as (1, 10). Raises MixlawError for anything that is not a list of whole numbers >= 1."""
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and int(part) >= 1 for part in parts):
        raise MixlawError(f"--k must be whole numbers of at least 1 such as 1,10, got {text!r}")
    return tuple(sorted({int(part) for part in parts}))


def chosen_flavours(text: str) -> tuple[Flavour, ...]:
    """One flavour or both. Raises MixlawError for another word."""
    from mixlaw_eval.multipl_e import FLAVOURS

    if text == BOTH:
        return FLAVOURS
    if text not in FLAVOURS:
        raise MixlawError(f"unknown flavour {text!r}; known are {', '.join((*FLAVOURS, BOTH))}")
    return (text,)


def summary(found: PassResults, ks: Sequence[int], seed: int) -> list[dict[str, Any]]:
    """One entry per flavour, language (and their mean, "macro") and k; unknown numbers are null."""
    from dataclasses import asdict

    entries: list[dict[str, Any]] = []
    for flavour in found.flavours:
        for language in (*found.languages, None):
            for k in ks:
                score = (
                    found.language(flavour, language, k=k, seed=seed)
                    if language
                    else found.macro(flavour, k=k, seed=seed)
                )
                entry = {"flavour": flavour, "language": language or "macro", "k": k, **known(asdict(score))}
                if language:
                    entry["verdicts"] = dict(found.verdicts(flavour, language))
                    entry["left_out"] = found.left_out(flavour, language)
                entries.append(entry)
    return entries


def known(values: dict[str, Any]) -> dict[str, Any]:
    """NaN as null, which JSON has."""
    return {name: None if value != value else value for name, value in values.items()}
