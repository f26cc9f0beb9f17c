"""An engine that remembers: what was generated or scored before a kill -9 is not computed again.

Answers are lines of one file per checkpoint, engine and precision, each with the hash of what was asked: the token ids
and, for a continuation, the sampling. A line that a kill cut short is ignored and asked again.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from mixlaw_eval.appending import Appending
from mixlaw_eval.engines.checkpoint import Checkpoint
from mixlaw_eval.engines.decoding import check_pairs, room
from mixlaw_eval.engines.engine import Advance, Engine, Generation, Pair, Sampling

FIRST_CHUNK, LEAST_SECONDS = 32, 20.0
"""Items asked of the engine before the first write; twice as many each time that this took less than the seconds."""


class StoredEngine:
    """`Engine` over another engine and a file of its earlier answers."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self._engine = engine
        self._path = path
        self._known = dict(_read(path))

    @property
    def checkpoint(self) -> Checkpoint:
        """See Engine.checkpoint."""
        return self._engine.checkpoint

    def generate(
        self, prompts: Sequence[Sequence[int]], sampling: Sampling, *, advance: Advance | None = None
    ) -> list[list[Generation]]:
        """See Engine.generate."""
        for prompt in prompts:
            room(prompt, sampling, self.checkpoint)
        keys = [_key("generate", asdict(sampling), list(prompt)) for prompt in prompts]

        def ask(chosen: list[int]) -> Iterator[Any]:
            for found in self._engine.generate([prompts[i] for i in chosen], sampling):
                yield [asdict(generation) for generation in found]

        self._ask_missing(keys, [len(prompt) for prompt in prompts], ask, advance)
        return [[_generation(found) for found in self._known[key]] for key in keys]

    def score(self, pairs: Sequence[Pair], *, advance: Advance | None = None) -> list[NDArray[np.float64]]:
        """See Engine.score."""
        check_pairs(pairs, self.checkpoint)
        keys = [_key("score", pair.source, pair.target) for pair in pairs]

        def ask(chosen: list[int]) -> Iterator[Any]:
            for scores in self._engine.score([pairs[i] for i in chosen]):
                yield cast(list[float], scores.tolist())

        self._ask_missing(keys, [len(pair) for pair in pairs], ask, advance)
        return [np.array(self._known[key], np.float64) for key in keys]

    def _ask_missing(
        self,
        keys: Sequence[str],
        lengths: Sequence[int],
        ask: Callable[[list[int]], Iterator[Any]],
        advance: Advance | None,
    ) -> None:
        """Ask for what is not known, neighbours in length together, and write each chunk before the next."""
        first = {key: i for i, key in reversed(list(enumerate(keys))) if key not in self._known}
        missing = sorted(first.values(), key=lambda i: lengths[i], reverse=True)
        if advance:
            advance(len(keys) - len(missing))
        size = FIRST_CHUNK
        while missing:
            chosen, missing = missing[:size], missing[size:]
            started = time.monotonic()
            answers = dict(zip((keys[i] for i in chosen), ask(chosen), strict=True))
            with Appending(self._path) as file:
                file.add(_line(key, answer) for key, answer in answers.items())
            self._known.update(answers)
            if time.monotonic() - started < LEAST_SECONDS:
                size *= 2
            if advance:
                advance(len(chosen))


def stored(engine: Engine, folder: Path, *, engine_name: str, dtype: str) -> StoredEngine:
    """The engine with its answers kept under `folder`, apart for each checkpoint, engine and precision."""
    identity = f"{fingerprint(engine.checkpoint.path)}:{engine_name}:{dtype}"
    name = hashlib.sha256(identity.encode()).hexdigest()[:16]
    return StoredEngine(engine, folder / f"{name}.jsonl")


def fingerprint(checkpoint: Path) -> str:
    """What tells two checkpoints apart without reading their weights: names, sizes and times of their files."""
    files = sorted(path for path in checkpoint.iterdir() if path.is_file())
    seen = [(path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()[:16]


def _key(*asked: Any) -> str:
    return hashlib.sha256(json.dumps(asked, separators=(",", ":")).encode()).hexdigest()[:32]


def _generation(found: Any) -> Generation:
    return Generation(text=found["text"], tokens=tuple(found["tokens"]), finish=found["finish"])


def _read(path: Path) -> Iterator[tuple[str, Any]]:
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            try:
                key, answer = json.loads(line)
            except ValueError:
                continue  # cut short by a kill
            yield key, answer


def _line(key: str, answer: Any) -> bytes:
    return json.dumps([key, answer], separators=(",", ":")).encode() + b"\n"
