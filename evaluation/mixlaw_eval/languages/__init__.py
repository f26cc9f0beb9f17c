"""How a program of one language is compiled and run: one file per language.

`LANGUAGE_OF["rust"]` is a `Language`; `language.open(sandbox)` is its `Compiler`, which may keep a compiler warm.
"""

from mixlaw_eval.languages.language import (
    CompileFailure,
    Compiler,
    Failure,
    Language,
    Runnable,
    Tool,
    Toolchain,
)
from mixlaw_eval.languages.registry import LANGUAGE_OF, language_named

__all__ = [
    "LANGUAGE_OF",
    "CompileFailure",
    "Compiler",
    "Failure",
    "Language",
    "Runnable",
    "Tool",
    "Toolchain",
    "language_named",
]
