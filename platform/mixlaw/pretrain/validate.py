"""Held-out loss per domain: fixed rows from the start of the validation split, the same for every trial."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from mixlaw.corpus import Corpus
from mixlaw.model import Decoder, document_starts
from mixlaw.pretrain.group import Group
from mixlaw.pretrain.machine.hardware import autocast
from mixlaw.trial import MEASURED, Measurement, MixlawError, bits_per_byte


def validate(
    decoder: Decoder,
    corpus: Corpus,
    *,
    seq_len: int,
    tokens_per_domain: int,
    micro_rows: int,
    precision: str,
    group: Group,
    domains: Sequence[str] | None = None,
    eos: int | None = None,
) -> list[Measurement]:
    """One measurement per domain (all measured domains of the corpus by default). Collective.

    `eos` is the end mark where boundaries between documents are kept, as they were in training.

    Raises MixlawError when a domain has too few validation tokens.
    """
    wanted = [d for d in MEASURED if d in corpus.domains] if domains is None else list(domains)
    measurements: list[Measurement] = []
    for domain in wanted:
        rows = held_out_rows(corpus, domain, seq_len, tokens_per_domain)
        losses = row_losses(decoder, rows, micro_rows, precision, group, eos)
        measurements.append(measurement(domain, losses, seq_len, corpus.bytes_per_token(domain)))
    return measurements


def held_out_rows(corpus: Corpus, domain: str, seq_len: int, tokens: int) -> NDArray[np.int64]:
    """The first rows (R, seq_len + 1) of a domain's validation split, `tokens` predictions in all."""
    n_rows = max(2, tokens // seq_len)
    needed, available = n_rows * seq_len + 1, corpus.n_tokens(domain, "validation")
    if available < needed:
        raise MixlawError(
            f"{domain} has {available:,} validation tokens, {needed:,} are needed; build a larger corpus or lower "
            "the validation tokens"
        )
    stream = np.asarray(corpus.tokens(domain, "validation")[:needed], np.int64)
    return np.lib.stride_tricks.sliding_window_view(stream, seq_len + 1)[::seq_len]


def row_losses(
    decoder: Decoder,
    rows: NDArray[np.int64],
    micro_rows: int,
    precision: str,
    group: Group,
    eos: int | None = None,
) -> NDArray[np.float64]:
    """Mean loss of each row (R,), computed by all processes together."""
    device = next(decoder.parameters()).device
    losses = torch.zeros(len(rows), dtype=torch.float64, device=device)
    n_chunks = math.ceil(len(rows) / micro_rows)
    for turn in range(math.ceil(n_chunks / group.world)):
        # Every process takes part in every turn, or sharded weights could not be gathered; a spare one counts nothing.
        chunk = turn * group.world + group.rank
        place = slice(chunk * micro_rows, (chunk + 1) * micro_rows) if chunk < n_chunks else slice(0, micro_rows)
        means = _forward(decoder, torch.from_numpy(rows[place].copy()).to(device), precision, eos)
        if chunk < n_chunks:
            losses[place] = means
    return group.sum(losses).cpu().numpy()


@torch.no_grad()
def _forward(decoder: Decoder, rows: Tensor, precision: str, eos: int | None) -> Tensor:
    documents = None if eos is None else document_starts(rows[:, :-1], eos)
    with autocast(rows.device, precision):
        return decoder(rows[:, :-1], rows[:, 1:], documents).double().mean(dim=1)


def measurement(domain: str, losses: NDArray[np.float64], seq_len: int, bytes_per_token: float) -> Measurement:
    """Mean and standard error over rows of equal length."""
    mean = float(losses.mean())
    return Measurement(
        domain=domain,
        loss_nats=mean,
        loss_se=float(losses.std(ddof=1) / math.sqrt(losses.size)),
        bits_per_byte=bits_per_byte(mean, bytes_per_token),
        n_tokens=losses.size * seq_len,
    )
