"""Options that several commands have, said once."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mixlaw.trial import MixlawError, Trial, normalize
from mixlaw_sweeps.options import known_boundaries, known_schedule
from mixlaw_sweeps.options import languages as parsed_languages
from mixlaw_sweeps.studies import SCALES, STUDIES, bound, trials_of
from mixlaw_sweeps.studies.scale import with_rule

if TYPE_CHECKING:
    from mixlaw.corpus import Corpus
    from mixlaw.pretrain.learning_rate import LearningRateRule

Json = Annotated[bool, typer.Option("--json", help="Print JSON for a script instead of a table.")]
StudyArgument = Annotated[
    str,
    typer.Argument(help=f"One of {', '.join(STUDIES)}; or your own, as file.py:function.", show_default=False),
]
ScaleOption = Annotated[str, typer.Option(help=f"One of {', '.join(SCALES)}.")]
LanguagesOption = Annotated[
    str | None, typer.Option(help="Only these languages, such as python,rust.", show_default="all seven")
]
SeedsOption = Annotated[
    int | None, typer.Option(min=1, help="How many seeds of each trial.", show_default="the study's")
]
BoundariesOption = Annotated[
    str | None,
    typer.Option(
        help="Between documents of a row: ignored, or kept, so that no token sees another document.",
        show_default="the study's, else ignored",
    ),
]
ScheduleOption = Annotated[
    str | None,
    typer.Option(
        help="cosine, or wsd: a constant rate, then a short decay; budgets then share their beginning.",
        show_default="the study's, else cosine",
    ),
]
ValidationTokens = Annotated[int, typer.Option(min=1, help="Held-out tokens measured per language.")]
WhenUsedUp = Annotated[
    str,
    typer.Option("--when-used-up", help="repeat a language's tokens in a new order, or stop before any would repeat."),
]
MaxEpochs = Annotated[
    float, typer.Option(help="Refuse a trial that would repeat a language's tokens more often than this.")
]
LearningRateOption = Annotated[
    str | None,
    typer.Option(
        "--learning-rate-rule",
        help="OUT/learning_rate.json of mixlaw tune-lr, or one rate for all trials.",
        show_default="the study's rates",
    ),
]
RecommendationOption = Annotated[
    Path | None,
    typer.Option(help="For allocation: the recommendation to train.", show_default="OUT/laws/recommendation.json"),
]
TrialsPerGpu = Annotated[
    str,
    typer.Option(
        "--trials-per-gpu",
        help="How many trials share a GPU; auto: what trains most tokens a second, measured per shape.",
    ),
]
Address = Annotated[
    str, typer.Option(help="'local' starts Ray here; 'auto' joins this machine's cluster; or ray://HOST:PORT.")
]
Verbose = Annotated[bool, typer.Option("--verbose", help="Show Ray's own logs.")]
CorpusOption = Annotated[Path, typer.Option(help="Corpus folder made by mixlaw corpus build.", show_default=False)]
OutArgument = Annotated[Path, typer.Argument(help="The folder of a mixlaw run.", show_default=False)]


def refuse_options(options: Mapping[str, object], because: str) -> None:
    """Raise MixlawError for options that were given, because they mean nothing here."""
    given = [name for name, value in options.items() if value is not None]
    if given:
        raise MixlawError(f"{', '.join(given)} {'says' if len(given) == 1 else 'say'} nothing here: {because}")


def study_trials(
    study: str,
    scale: str,
    corpus: Corpus | None,
    languages: str | None,
    seeds: int | None,
    recommendation: Path | None,
    boundaries: str | None = None,
    rule: str | None = None,
    schedule: str | None = None,
) -> list[Trial]:
    """The trials of a study, bound to the corpus (its fingerprint becomes part of their identity).

    `boundaries`, the learning-rate `rule` and the `schedule` replace what the study's recipes say, when they are given.
    """
    options: dict[str, Any] = {
        "languages": parsed_languages(languages),
        "seeds": None if seeds is None else tuple(range(seeds)),
        "recommended": None if recommendation is None else recommended_shares(recommendation),
    }
    kept = {} if boundaries is None else {"boundaries": known_boundaries(boundaries)}
    trials = [
        dataclasses.replace(trial, recipe=dataclasses.replace(trial.recipe, **kept))
        for trial in trials_of(study, scale, **options)
    ]
    if schedule is not None:
        trials = [on_schedule(trial, schedule) for trial in trials]
    if rule is not None:
        known = learning_rate_rule(rule)
        trials = [with_rule(trial, known) for trial in trials]
    return bound(trials, corpus.fingerprint if corpus else "")


def on_schedule(trial: Trial, schedule: str) -> Trial:
    """The trial with another learning-rate schedule. Raises MixlawError for a word that is not known."""
    changed = dataclasses.replace(trial.recipe, schedule="cosine", warmup_tokens=None)
    return dataclasses.replace(trial, recipe=changed.as_wsd() if known_schedule(schedule) == "wsd" else changed)


def learning_rate_rule(text: str) -> LearningRateRule:
    """A rule's file, or one rate for every model and budget. Raises MixlawError when it is neither."""
    from mixlaw.pretrain.learning_rate import LearningRateRule

    try:
        rate = float(text)
    except ValueError:
        return LearningRateRule.load(Path(text))
    return LearningRateRule.constant(rate)


def recommended_shares(path: Path) -> dict[str, float]:
    """The shares of a recommendation file. Raises MixlawError when it is missing or not one."""
    try:
        data = json.loads(path.read_text())
        return normalize({str(domain): float(share) for domain, share in data["shares"].items()})
    except FileNotFoundError as error:
        raise MixlawError(f"no recommendation at {path}; make one with mixlaw search") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise MixlawError(f"{path} is not a recommendation of mixlaw search ({error!r})") from error
