"""Greedy continuations of a few prompts per language: what a checkpoint writes, for people to look at."""

from __future__ import annotations

from dataclasses import dataclass

from mixlaw.trial import LANGUAGES
from mixlaw_eval.engines import Advance, Engine, Sampling

PROMPTS: dict[str, tuple[str, ...]] = {
    "python": ("def is_even(n: int) -> bool:\n", "import os\n\n\nclass "),
    "java": ("public static boolean isEven(int n) {\n", "import java.util.List;\n\npublic class "),
    "javascript": ("function isEven(n) {\n", 'const fs = require("fs");\n\nmodule.exports = '),
    "typescript": ("function isEven(n: number): boolean {\n", "export interface "),
    "csharp": ("public static bool IsEven(int n)\n{\n", "using System;\n\npublic class "),
    "go": ("func isEven(n int) bool {\n", 'package main\n\nimport "fmt"\n\nfunc '),
    "rust": ("fn is_even(n: u32) -> bool {\n", "use std::collections::HashMap;\n\npub struct "),
}
"""The beginning of one function, the same in every language, and of one file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A prompt and what the model wrote after it."""

    language: str
    prompt: str
    continuation: str


def greedy_samples(engine: Engine, *, max_tokens: int = 96, advance: Advance | None = None) -> tuple[Sample, ...]:
    """Continue every prompt of `PROMPTS` greedily, in the order of the languages."""
    tokenizer = engine.checkpoint.tokenizer
    prompts = [(language, text) for language in LANGUAGES for text in PROMPTS[language]]
    found = engine.generate(
        [[*tokenizer.start, *tokenizer.encode(text)] for _, text in prompts],
        Sampling(max_tokens=max_tokens),
        advance=advance,
    )
    return tuple(
        Sample(language=language, prompt=text, continuation=generation.text)
        for (language, text), (generation,) in zip(prompts, found, strict=True)
    )
