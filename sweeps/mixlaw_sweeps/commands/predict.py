"""`mixlaw predict`: what a mixture would reach at a scale, or every row of a table."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mixlaw.trial import DISPLAY, DOMAINS, MixlawError
from mixlaw_sweeps.commands.shared import Json
from mixlaw_sweeps.console import console, count, errors, print_json, shares_text, table
from mixlaw_sweeps.options import mixture, number

if TYPE_CHECKING:
    from mixlaw.laws import FittedLaw, Prediction

LawArgument = Annotated[
    Path, typer.Argument(help="A law file, or the folder of a run (its law of mixtures).", show_default=False)
]


def predict(
    law: LawArgument,
    rows: Annotated[
        Path | None,
        typer.Argument(help="CSV or Parquet file with the columns of the law's runs.", show_default="one prediction"),
    ] = None,
    params: Annotated[
        str | None, typer.Option(help="N, non-embedding parameters, such as 1.5B.", show_default=False)
    ] = None,
    tokens: Annotated[str | None, typer.Option(help="D, training tokens, such as 350B.", show_default=False)] = None,
    shares: Annotated[
        str | None,
        typer.Option(help="Proportions that sum to 1, such as python=0.5,rust=0.5.", show_default=False),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="ROWS: the CSV or Parquet file to write.", show_default="CSV to standard output")
    ] = None,
    as_json: Json = False,
) -> None:
    """Predict held-out losses with their 90% intervals: of a model, a budget and a mixture, or of every row of ROWS.

    Of ROWS every column is kept, and predicted_, lower_ and upper_TARGET are added.
    """
    from mixlaw_sweeps import fitting

    found = fitting.open_law(law)
    given = {"--params": params, "--tokens": tokens, "--shares": shares}
    if rows is None:
        if out is not None:
            raise MixlawError("--out is for a table: name the file of rows to predict after the law")
        _predict_one(found, given, as_json)
        return
    both = [name for name, value in given.items() if value is not None]
    if both:
        raise MixlawError(f"{', '.join(both)} cannot be combined with {rows}, whose columns say what to predict")
    _predict_rows(found, rows, out, as_json)


def _predict_rows(law: FittedLaw, rows: Path, out: Path | None, as_json: bool) -> None:
    from mixlaw.laws import with_predictions
    from mixlaw_sweeps import fitting
    from mixlaw_sweeps.tables import as_csv, check_ending, read_table, write_table

    if out is not None:
        check_ending(out)
    given = read_table(rows)
    predicted = with_predictions(law, given)
    if out is not None:
        write_table(out, predicted)
    if as_json:
        added = predicted.select(predicted.columns[given.width :])
        print_json({"rows": added.to_dicts()} if out is None else {"out": str(out), "rows": len(predicted)})
    elif out is None:
        sys.stdout.write(as_csv(predicted))
    else:
        console.print(f"{len(predicted)} rows with predictions: {out}", soft_wrap=True)
    if far := fitting.rows_beyond(law, given):
        errors.print(far, markup=False, soft_wrap=True)


def _predict_one(law: FittedLaw, given: dict[str, str | None], as_json: bool) -> None:
    from mixlaw_sweeps import fitting

    _check_needed(law, given)
    N, D = (1.0 if (text := given[name]) is None else number(text, name) for name in ("--params", "--tokens"))
    known = DOMAINS if law.columns is None else law.domains
    p = mixture(given["--shares"], "--shares", known) if law.domains else {}
    predicted = {t: law.predict(N, D, p, t) for t in law.targets}
    if as_json:
        where = {"params": N if given["--params"] else None, "tokens": D if given["--tokens"] else None, "shares": p}
        print_json({**where, "losses": {t: _json(q) for t, q in predicted.items()}})
        return
    values = (("N", N, "--params"), ("D", D, "--tokens"))
    scale = [f"{name} = {count(value)}" for name, value, option in values if given[option] is not None]
    table(
        f"{law.form}: {', '.join([*scale, *([shares_text(p)] if p else [])])}",
        ["target", "loss, nats per token", "90% interval of the law"],
        [[DISPLAY.get(t, t), f"{q.loss:.4f}", f"[{q.lower:.4f}, {q.upper:.4f}]"] for t, q in predicted.items()],
    )
    mean = law.predict_mean(N, D, p, fitting.programming_targets(law))
    over = "languages" if law.columns is None else "targets"
    console.print(f"mean over {over}: {mean.loss:.4f} [{mean.lower:.4f}, {mean.upper:.4f}]")
    fitting.warn_if_far(law, N, D)


def _check_needed(law: FittedLaw, given: dict[str, str | None]) -> None:
    """Raise MixlawError for a value that the law needs and was not given, or was given and it knows nothing of."""
    columns = law.columns
    needed = {
        "--params": columns is None or columns.has_N,
        "--tokens": columns is None or columns.has_D,
        "--shares": bool(law.domains),
    }
    missing = [name for name, needs in needed.items() if needs and given[name] is None]
    if missing:
        raise MixlawError(f"give {', '.join(missing)} for one prediction, or a file of rows to predict")
    strange = [name for name, needs in needed.items() if not needs and given[name] is not None]
    if strange:
        raise MixlawError(f"{', '.join(strange)}: the law was fitted to runs without it and knows nothing of it")


def _json(prediction: Prediction) -> dict[str, Any]:
    """Without bootstrap laws there are no ends, and JSON has no NaN."""
    values = {"loss": prediction.loss, "lower": prediction.lower, "upper": prediction.upper}
    return {name: value if math.isfinite(value) else None for name, value in values.items()}
