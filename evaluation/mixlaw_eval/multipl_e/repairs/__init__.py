"""What can never pass as published, mended by small rules: text of a whole program in, text out.

A rule changes only what it says, and leaves every other program as it is, letter for letter. What no rule mends stands
in `impossible`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mixlaw_eval.multipl_e.repairs import csharp, go, java, javascript
from mixlaw_eval.multipl_e.repairs.impossible import IMPOSSIBLE, impossible

Rule = Callable[[str], str]

RULES: Mapping[str, tuple[Rule, ...]] = {
    "csharp": (csharp.compare_by_value,),
    "go": (go.import_what_is_used, go.element_types_of_nested_slices),
    "java": (java.optionals_within_pairs,),
    "javascript": (javascript.line_breaks_within_texts,),
}
"""The rules of each language, in the order in which they are applied."""


def repaired(language: str, source: str) -> str:
    """The program after every rule of its language."""
    for rule in RULES.get(language, ()):
        source = rule(source)
    return source


__all__ = ["IMPOSSIBLE", "RULES", "Rule", "impossible", "repaired"]
