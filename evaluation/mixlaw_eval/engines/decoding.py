"""What must not differ between engines: limits, seeds, end-of-text, token ids to text, stop strings."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from mixlaw.trial import MixlawError
from mixlaw_eval.engines.checkpoint import Checkpoint
from mixlaw_eval.engines.engine import Generation, Pair, Sampling
from mixlaw_eval.stopping import first_stop


def check_pairs(pairs: Sequence[Pair], checkpoint: Checkpoint) -> None:
    """Refuse pairs that are longer than the context. Raises MixlawError with the first of them."""
    long = [i for i, pair in enumerate(pairs) if len(pair) > checkpoint.context]
    if long:
        pair = pairs[long[0]]
        raise MixlawError(
            f"{len(long)} of {len(pairs)} pairs do not fit the context of {checkpoint.context} tokens of "
            f"{checkpoint.path}: pair {long[0]} has {len(pair.source)} + {len(pair.target)} tokens; "
            "leave such pairs out or score with a model of a longer context"
        )


def room(prompt: Sequence[int], sampling: Sampling, checkpoint: Checkpoint) -> int:
    """How many tokens may follow the prompt. Raises MixlawError when it is empty or fills the context."""
    left = checkpoint.context - len(prompt)
    if not prompt or left < 1:
        raise MixlawError(
            f"a prompt must have 1 to {checkpoint.context - 1} tokens for {checkpoint.path}, got {len(prompt)}"
        )
    return min(left, sampling.max_tokens)


def sample_seed(sampling: Sampling, prompt: Sequence[int], index: int) -> int:
    """63-bit seed of one sample, from the run's seed, the prompt and its index: order does not matter."""
    identity = f"{sampling.seed}:{index}:{','.join(map(str, prompt))}"
    return int.from_bytes(hashlib.sha256(identity.encode()).digest()[:8], "big") >> 1


def finish(tokens: Sequence[int], sampling: Sampling, checkpoint: Checkpoint) -> Generation:
    """Cut what an engine generated at end-of-text or at a stop string, whichever comes first.

    `tokens` of the result end with the token that completed the stop string; its text ends before the string.
    """
    end = next((i for i, token in enumerate(tokens) if token in checkpoint.end_tokens), None)
    kept = tuple(tokens if end is None else tokens[:end])
    text = checkpoint.tokenizer.decode(kept)
    if first_stop(text, sampling.stop) is None:
        return Generation(text=text, tokens=kept, finish="length" if end is None else "end-of-text")
    kept = _until_stop(kept, sampling.stop, checkpoint)
    text = checkpoint.tokenizer.decode(kept)
    return Generation(text=text[: first_stop(text, sampling.stop)], tokens=kept, finish="stop")


def _until_stop(tokens: tuple[int, ...], stop: Sequence[str], checkpoint: Checkpoint) -> tuple[int, ...]:
    """The shortest prefix whose text holds a stop string; the whole holds one."""
    for end in range(1, len(tokens)):
        if first_stop(checkpoint.tokenizer.decode(tokens[:end]), stop) is not None:
            return tokens[:end]
    return tokens
