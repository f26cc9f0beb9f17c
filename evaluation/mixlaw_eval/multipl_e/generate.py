"""Completions of MultiPL-E's prompts by a checkpoint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from mixlaw_eval.engines import Advance, Engine, Sampling
from mixlaw_eval.multipl_e.record import Attempt, Record

PUBLISHED = Sampling(n=1, temperature=0.2, top_p=0.95, max_tokens=1024)
"""How MultiPL-E samples for pass@1 (its paper draws n = 20)."""


def generate(
    engine: Engine, records: Sequence[Record], sampling: Sampling, *, advance: Advance | None = None
) -> tuple[Attempt, ...]:
    """`sampling.n` completions of every record, cut at its stop strings, in the order of the records.

    As in MultiPL-E the model sees the prompt without the white space around it (after the token that begins a
    document), and may write as many tokens as its context leaves, at most `max_tokens`. A prompt that leaves no room is
    never cut: its samples count as failures, with the reason. `sampling.stop` is replaced by each record's own. An
    engine that is `engines.stored` does not generate again what a killed run had.
    """
    prompts = [_tokens(engine, record) for record in records]
    context = engine.checkpoint.context
    found = {
        index: _too_long(records[index], len(prompt), context, sampling.n)
        for index, prompt in enumerate(prompts)
        if len(prompt) >= context
    }
    if advance:
        advance(len(found))
    fitting = sorted((i for i in range(len(records)) if i not in found), key=lambda i: records[i].stop_tokens)
    for stop, group in groupby(fitting, key=lambda i: records[i].stop_tokens):
        indices = list(group)
        written = engine.generate([prompts[i] for i in indices], replace(sampling, stop=stop), advance=advance)
        for index, generations in zip(indices, written, strict=True):
            completions = tuple(generation.text for generation in generations)
            found[index] = Attempt(record=records[index], completions=completions, settings=_settings(sampling))
    return tuple(found[index] for index in range(len(records)))


def _tokens(engine: Engine, record: Record) -> list[int]:
    tokenizer = engine.checkpoint.tokenizer
    return [*tokenizer.start, *tokenizer.encode(record.prompt.strip())]


def _too_long(record: Record, tokens: int, context: int, n: int) -> Attempt:
    reason = f"the prompt has {tokens} tokens and leaves no room in the model's context of {context}"
    return Attempt(record=record, completions=(), failed=n, reason=reason)


def _settings(sampling: Sampling) -> dict[str, float]:
    return {"temperature": sampling.temperature, "top_p": sampling.top_p, "max_tokens": sampling.max_tokens}
