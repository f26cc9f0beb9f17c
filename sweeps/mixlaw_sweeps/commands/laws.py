"""`mixlaw laws`: the forms that can be fitted, and the published constants."""

from __future__ import annotations

import inspect
from typing import Annotated, Any

import typer

from mixlaw.trial import MixlawError
from mixlaw_sweeps.commands.shared import Json
from mixlaw_sweeps.console import console, print_json, table

app = typer.Typer(
    help="List the forms of laws and the published constants.", no_args_is_help=True, rich_markup_mode=None
)


@app.command("list")
def list_command(as_json: Json = False) -> None:
    """List every form, every way of fitting one (mixlaw fit --law NAME), and every published law and table."""
    from mixlaw.laws import FAMILIES, FORMS
    from mixlaw.laws.published.constants import PUBLISHED
    from mixlaw.laws.published.tables import PUBLISHED_TABLES

    forms = [{"form": name, "formula": form.formula, "source": form.source} for name, form in FORMS.items()]
    variants = [{"law": name, "what": _first_line(f)} for name, f in FAMILIES.items() if name not in FORMS]
    published = [{"law": law.name, "source": law.source, "what": law.what} for law in PUBLISHED.values()]
    tables = [{"table": t.name, "source": t.source, "what": t.what} for t in PUBLISHED_TABLES.values()]
    if as_json:
        print_json({"forms": forms, "variants": variants, "published": published, "tables": tables})
        return
    table("Forms", ["form", "formula", "source"], [list(row.values()) for row in forms])
    if variants:
        table("The same forms, fitted another way", ["law", "what"], [list(row.values()) for row in variants])
    table("Published laws", ["law", "source", "what"], [list(row.values()) for row in published])
    table("Published tables", ["table", "source", "what"], [list(row.values()) for row in tables])


@app.command("show")
def show_command(
    name: Annotated[str, typer.Argument(help="A form, a law to fit, or a published law or table.")],
    as_json: Json = False,
) -> None:
    """Show a form's formula, source and parameters, or a published law's or table's numbers and caveats."""
    from mixlaw.laws.published.tables import PUBLISHED_TABLES

    shown = _shown(name)
    if as_json:
        print_json(shown)
        return
    for key, value in shown.items():
        if key in {"columns", "rows"}:
            continue
        console.print(f"[bold]{key}[/]: ", end="")
        console.print(value, markup=False)
    if name in PUBLISHED_TABLES:
        found = PUBLISHED_TABLES[name]
        table("", found.columns, found.rows)


def _shown(name: str) -> dict[str, Any]:
    from mixlaw.laws import FAMILIES, FORMS
    from mixlaw.laws.published.constants import PUBLISHED
    from mixlaw.laws.published.tables import PUBLISHED_TABLES

    if name in FORMS:
        return _form(name)
    if name in FAMILIES:
        return {"law": name, "about": _about(FAMILIES[name])}
    if name in PUBLISHED:
        return PUBLISHED[name].to_json()
    if name in PUBLISHED_TABLES:
        return PUBLISHED_TABLES[name].to_json()
    known = dict.fromkeys([*FORMS, *FAMILIES, *PUBLISHED, *PUBLISHED_TABLES])
    raise MixlawError(f"unknown law {name!r}; known are {', '.join(known)}")


def _form(name: str) -> dict[str, Any]:
    from mixlaw.laws import FAMILIES, FORMS

    form = FORMS[name]
    shown: dict[str, Any] = {
        "form": name,
        "formula": form.formula,
        "source": form.source,
        "parameters": _about(vars(form)["parameter_names"]),
        "about": _about(form),
    }
    return shown | {"fit": _about(FAMILIES[name])} if name in FAMILIES else shown


def _about(value: object) -> str:
    """Its docstring, each paragraph one line."""
    paragraphs = (inspect.getdoc(value) or "").split("\n\n")
    return "\n\n".join(paragraph.replace("\n", " ") for paragraph in paragraphs)


def _first_line(value: object) -> str:
    return _about(value).partition("\n")[0]
