"""`mixlaw toolchains`: the compilers and the sandbox that this machine has, and how to get what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from mixlaw.trial import DISPLAY, LANGUAGES, MixlawError
from mixlaw_sweeps.commands.shared import Json, LanguagesOption
from mixlaw_sweeps.console import console, print_json, table
from mixlaw_sweeps.options import languages as parsed_languages

if TYPE_CHECKING:
    from mixlaw_eval.languages.language import Language

_COLUMNS = ("language", "tool", "version", "where, or how to get it", "works")
MISSING = "tools are missing"


def toolchains(
    languages: LanguagesOption = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Compile and run a program in each language; exit code 1 if anything fails."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Show what runs generated programs here: compilers, interpreters, the sandbox; and how to install the rest.

    make toolchains installs all of it on Debian and Ubuntu.
    """
    from mixlaw_eval.languages.registry import LANGUAGE_OF

    chosen = [LANGUAGE_OF[name] for name in parsed_languages(languages) or LANGUAGES]
    sandbox = _sandbox()
    found = [_language(language, check=check and "isolates" in sandbox) for language in chosen]
    if as_json:
        print_json({"languages": found, "sandbox": sandbox})
    else:
        _show(found, sandbox, checked=check)
    if check and not ("isolates" in sandbox and all(one["works"] is True for one in found)):
        raise typer.Exit(1)


def _sandbox() -> dict[str, str]:
    from mixlaw_eval.sandbox import open_sandbox

    try:
        return {"isolates": open_sandbox().name}
    except MixlawError as error:
        return {"problem": str(error)}


def _language(language: Language, *, check: bool) -> dict[str, Any]:
    """Its tools; `works` is None when that was not tried, else True or what is wrong."""
    chain = language.toolchain()
    tools = [
        {
            "tool": tool.name,
            "version": tool.version or None,
            "path": None if tool.path is None else str(tool.path),
            "install": tool.install,
            "optional": tool.optional,
        }
        for tool in chain.tools
    ]
    works: bool | str | None = MISSING if chain.missing else None
    if check and not chain.missing:
        works = _tried(language)
    return {"language": language.name, "tools": tools, "works": works}


def _tried(language: Language) -> bool | str:
    from mixlaw_eval.execution import Case, Program, open_executor

    case = Case(input="tried\n", output="tried\n")
    try:
        with open_executor(workers=1) as executor:
            ((_, execution),) = executor.run(
                [Program(language=language.name, source=language.known_good, cases=(case,))]
            )
    except MixlawError as error:
        return str(error)
    return execution.verdict == "passed" or f"{execution.verdict}: {execution.stderr}"


def _show(found: list[dict[str, Any]], sandbox: dict[str, str], *, checked: bool) -> None:
    columns = _COLUMNS if checked else _COLUMNS[:-1]
    rows = [
        [
            DISPLAY[one["language"]] if place == 0 else "",
            tool["tool"],
            tool["version"] or ("optional" if tool["optional"] else "missing"),
            tool["path"] or tool["install"],
            _word(one["works"]) if place == 0 else "",
        ][: len(columns)]
        for one in found
        for place, tool in enumerate(one["tools"])
    ]
    table("Toolchains", columns, rows)
    if "isolates" in sandbox:
        console.print(f"[bold]Sandbox[/]: {sandbox['isolates']}", soft_wrap=True)
    else:
        console.print("[bold]Sandbox[/]: none; ", end="")
        console.print(sandbox["problem"], markup=False, soft_wrap=True)
    if any(one["works"] == MISSING for one in found):
        console.print("As root on Debian or Ubuntu, make toolchains installs what is missing.", soft_wrap=True)


def _word(works: bool | str | None) -> str:
    return "yes" if works is True else str(works or "not tried")
