"""The embedded engine: a transformers model in this process, batched by length, on a CPU or one GPU.

Shapes: B sequences of a batch, T tokens, V vocabulary.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from transformers import AutoModelForCausalLM
from transformers.utils.logging import disable_progress_bar

from mixlaw.trial import MixlawError
from mixlaw_eval.engines.checkpoint import Checkpoint
from mixlaw_eval.engines.decoding import check_pairs, finish, first_stop, room, sample_seed
from mixlaw_eval.engines.engine import Advance, Generation, Pair, Sampling

BATCH_TOKENS = 8192
"""Tokens of one forward pass, padding included."""
BATCH_LOGITS = 2**28
"""Bound on B * T * V of one forward pass: 1 GiB in float32."""
GENERATE_ROWS = 64
"""Sequences that are generated together."""
STOP_EVERY = 8
"""Steps between two looks for stop strings, which decode the text; what came too much is cut afterwards."""


class TransformersEngine:
    """`Engine` over AutoModelForCausalLM."""

    def __init__(self, checkpoint: Checkpoint, *, dtype: str) -> None:
        self.checkpoint = checkpoint
        self._device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model = _load_model(checkpoint, dtype).to(self._device).eval()

    @torch.inference_mode()
    def score(self, pairs: Sequence[Pair], *, advance: Advance | None = None) -> list[NDArray[np.float64]]:
        """See Engine.score."""
        check_pairs(pairs, self.checkpoint)
        scores: dict[int, NDArray[np.float64]] = {}
        for batch in _batches([len(pair) for pair in pairs], self._tokens_per_pass()):
            scores.update(zip(batch, self._score_batch([pairs[i] for i in batch]), strict=True))
            if advance:
                advance(len(batch))
        return [scores[i] for i in range(len(pairs))]

    @torch.inference_mode()
    def generate(
        self, prompts: Sequence[Sequence[int]], sampling: Sampling, *, advance: Advance | None = None
    ) -> list[list[Generation]]:
        """See Engine.generate."""
        rooms = [room(prompt, sampling, self.checkpoint) for prompt in prompts]
        rows = [(i, j) for i in range(len(prompts)) for j in range(sampling.n)]
        rows.sort(key=lambda row: len(prompts[row[0]]))
        found: dict[tuple[int, int], Generation] = {}
        for start in range(0, len(rows), GENERATE_ROWS):
            batch = rows[start : start + GENERATE_ROWS]
            sequences = [_Sequence(prompts[i], rooms[i], sample_seed(sampling, prompts[i], j)) for i, j in batch]
            self._continue(sequences, sampling)
            for row, sequence in zip(batch, sequences, strict=True):
                found[row] = finish(sequence.tokens, sampling, self.checkpoint)
            if advance:
                advance(sum(j == sampling.n - 1 for _, j in batch))
        return [[found[i, j] for j in range(sampling.n)] for i in range(len(prompts))]

    def _tokens_per_pass(self) -> int:
        vocabulary: int = self._model.config.get_text_config().vocab_size
        return max(1, min(BATCH_TOKENS, BATCH_LOGITS // vocabulary))

    def _score_batch(self, pairs: Sequence[Pair]) -> Iterator[NDArray[np.float64]]:
        """Right padding needs no mask: a causal model's real positions never see what follows them."""
        longest = max(map(len, pairs))
        rows = [[*pair.source, *pair.target, *[0] * (longest - len(pair))] for pair in pairs]
        tokens = torch.tensor(rows, device=self._device)  # (B, T)
        logits: Tensor = self._model(input_ids=tokens[:, :-1], use_cache=False).logits  # (B, T - 1, V)
        for row, pair, scored in zip(tokens, pairs, logits, strict=True):
            target = slice(len(pair.source), len(pair))
            predicted = scored[target.start - 1 : target.stop - 1].float().log_softmax(-1)
            chosen = predicted.gather(1, row[target, None]).squeeze(1)
            yield chosen.double().cpu().numpy()

    def _continue(self, sequences: Sequence[_Sequence], sampling: Sampling) -> None:
        """Extend every sequence until it ends, all together, left-padded, with a key-value cache."""
        longest = max(len(s.prompt) for s in sequences)
        padding = torch.tensor([longest - len(s.prompt) for s in sequences])
        rows = [[0] * (longest - len(s.prompt)) + list(s.prompt) for s in sequences]
        tokens = torch.tensor(rows)
        mask = (torch.arange(longest) >= padding[:, None]).long()  # (B, T)
        cache: Any = None
        for step in range(max(s.room for s in sequences)):
            positions = (mask.cumsum(-1) - 1).clamp(min=0)[:, -tokens.shape[1] :]
            output = self._model(
                input_ids=tokens.to(self._device),
                attention_mask=mask.to(self._device),
                position_ids=positions.to(self._device),
                past_key_values=cache,
                use_cache=True,
                logits_to_keep=1,
            )
            cache = output.past_key_values
            chosen = _choose(output.logits[:, -1].float().cpu(), sequences, sampling)
            for sequence, token in zip(sequences, chosen, strict=True):
                sequence.append(token, self.checkpoint, sampling, look=step % STOP_EVERY == STOP_EVERY - 1)
            if all(s.ended for s in sequences):
                return
            tokens = torch.tensor(chosen)[:, None]
            mask = torch.cat([mask, torch.ones(len(sequences), 1, dtype=torch.long)], dim=1)


class _Sequence:
    """One continuation in the making."""

    def __init__(self, prompt: Sequence[int], room: int, seed: int) -> None:
        self.prompt = prompt
        self.room = room
        self.random = torch.Generator().manual_seed(seed)
        self.tokens: list[int] = []
        self.ended = False

    def append(self, token: int, checkpoint: Checkpoint, sampling: Sampling, *, look: bool) -> None:
        """Take the next token unless the sequence has ended, and see whether it ends now."""
        if self.ended:
            return
        self.tokens.append(token)
        self.ended = len(self.tokens) >= self.room or token in checkpoint.end_tokens
        if look and sampling.stop and not self.ended:
            text = checkpoint.tokenizer.decode(self.tokens)
            self.ended = first_stop(text, sampling.stop) is not None


def _choose(logits: Tensor, sequences: Sequence[_Sequence], sampling: Sampling) -> list[int]:
    """The next token of each sequence from logits (B, V): the likeliest, or one drawn from the nucleus."""
    if sampling.temperature == 0:
        return _ids(logits.argmax(-1))
    ordered, order = (logits / sampling.temperature).softmax(-1).sort(-1, descending=True)
    # A token is kept while the mass before it is below top_p, so the likeliest always is.
    nucleus = torch.where(ordered.cumsum(-1) - ordered < sampling.top_p, ordered, 0.0)
    drawn = [torch.multinomial(row, 1, generator=s.random) for row, s in zip(nucleus, sequences, strict=True)]
    return _ids(order.gather(1, torch.stack(drawn)).squeeze(1))


def _ids(tokens: Tensor) -> list[int]:
    return cast(list[int], tokens.tolist())  # pyright: ignore[reportUnknownMemberType]


def _batches(lengths: Sequence[int], tokens_per_pass: int) -> Iterator[list[int]]:
    """Indices of items of similar length, as many at once as fit with padding; the longest first."""
    batch: list[int] = []
    for i in sorted(range(len(lengths)), key=lambda i: lengths[i], reverse=True):
        if batch and lengths[batch[0]] * (len(batch) + 1) > tokens_per_pass:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def _load_model(checkpoint: Checkpoint, dtype: str) -> Any:
    disable_progress_bar()  # of loading weights; ours tells the progress that takes time
    try:
        auto: Any = AutoModelForCausalLM
        return auto.from_pretrained(checkpoint.path, dtype=dtype, local_files_only=True)
    except Exception as error:  # whatever transformers raises, the folder is at fault
        raise MixlawError(f"{checkpoint.path} holds no weights that can be loaded: {error}") from error
