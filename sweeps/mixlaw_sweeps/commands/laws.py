"""`mixlaw laws`: the forms that can be fitted, and the published constants."""

from __future__ import annotations

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
    """List every form and every published law."""
    from mixlaw.laws import FORMS
    from mixlaw.laws.published import PUBLISHED

    forms = [{"form": name, "formula": form.formula} for name, form in FORMS.items()]
    published = [{"law": law.name, "source": law.source, "what": law.what} for law in PUBLISHED.values()]
    if as_json:
        print_json({"forms": forms, "published": published})
        return
    table("Forms", ["form", "formula"], [list(row.values()) for row in forms])
    table("Published", ["law", "source", "what"], [list(row.values()) for row in published])


@app.command("show")
def show_command(
    name: Annotated[str, typer.Argument(help="A form or a published law.")], as_json: Json = False
) -> None:
    """Show a form's formula and source, or a published law's constants and caveats."""
    from mixlaw.laws import FORMS
    from mixlaw.laws.published import PUBLISHED

    if name in FORMS:
        shown: dict[str, Any] = {"form": name, "formula": FORMS[name].formula, "about": FORMS[name].__doc__}
    elif name in PUBLISHED:
        shown = PUBLISHED[name].to_json()
    else:
        raise MixlawError(f"unknown law {name!r}; known are {', '.join([*FORMS, *PUBLISHED])}")
    if as_json:
        print_json(shown)
        return
    for key, value in shown.items():
        console.print(f"[bold]{key}[/]: ", end="")
        console.print(value, markup=False)
