"""Tokens per CPU second of one training process: this project's loop beside transformers' Llama in a plain loop.

    OMP_NUM_THREADS=1 python benchmarks/train.py [--rungs 25k,100k] [--batches 2048,4096] [--vocab 1024] [--seconds 3]

Both train the same shape on the same rows with AdamW, clipping and a learning-rate schedule; the second column of each
pair is bfloat16 autocast. CPU seconds of the process, so that a busy machine does not decide; compile time left out.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import torch
from transformers import LlamaConfig, LlamaForCausalLM

from mixlaw.model import initialise, ladder
from mixlaw.pretrain import Placement
from mixlaw.pretrain.group import Group
from mixlaw.pretrain.hardware import autocast
from mixlaw.pretrain.loop import accumulate_gradients, build_decoder
from mixlaw.pretrain.optimiser import adamw, update
from mixlaw.trial import ModelShape, Recipe, Trial

CPU = torch.device("cpu")
SEQ_LEN = 256


def rate(step: Callable[[], object], tokens: int, seconds: float) -> float:
    """Tokens per CPU second; the first two steps (compile, caches) are not counted."""
    step(), step()
    started, n = time.process_time(), 0
    while time.process_time() - started < seconds:
        step()
        n += 1
    return n * tokens / (time.process_time() - started)


def ours(shape: ModelShape, vocab: int, rows: torch.Tensor, precision: str, compiled: str) -> Callable[[], object]:
    recipe = Recipe(learning_rate=1e-3, batch_tokens=rows[:, 1:].numel(), seq_len=SEQ_LEN)
    trial = Trial(model=shape, train_tokens=recipe.batch_tokens, shares={"python": 1.0}, recipe=recipe)
    placement = Placement.of(out=Path(), device="cpu", compile=compiled)
    decoder = build_decoder(trial, vocab, placement, Group(), CPU)
    initialise(decoder, seed=0)
    optimiser = adamw(decoder, recipe)
    micro_rows = min(len(rows), 2_048 // SEQ_LEN)

    def step() -> float:
        loss = accumulate_gradients(decoder, rows, micro_rows, precision)
        update(decoder, optimiser, 1e-3, 1.0)
        return loss.item()

    return step


def theirs(shape: ModelShape, vocab: int, rows: torch.Tensor, precision: str) -> Callable[[], object]:
    model = LlamaForCausalLM(
        LlamaConfig(
            vocab_size=vocab,
            hidden_size=shape.d_model,
            intermediate_size=shape.d_ff,
            num_hidden_layers=shape.n_layers,
            num_attention_heads=shape.n_heads,
            max_position_embeddings=SEQ_LEN,
        )
    )
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3)
    inputs = rows[:, :-1].contiguous()

    def step() -> float:
        with autocast(CPU, precision):
            loss = model(input_ids=inputs, labels=inputs, use_cache=False).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        return loss.item()

    return step


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rungs", default="25k,50k,100k,200k,400k")
    parser.add_argument("--batches", default="2048,4096")
    parser.add_argument("--vocab", type=int, default=1_024)
    parser.add_argument("--seconds", type=float, default=3.0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    titles = ("fp32", "bf16", "fp32 compiled", "bf16 compiled", "transformers fp32", "transformers bf16")
    print(f"| rung | batch | {' | '.join(titles)} |\n|{'---|' * (len(titles) + 2)}")
    for name in options.rungs.split(","):
        for batch in map(int, options.batches.split(",")):
            shape, rows = ladder(name), torch.randint(0, options.vocab, (batch // SEQ_LEN, SEQ_LEN + 1))
            steps = [ours(shape, options.vocab, rows, p, c) for c in ("off", "on") for p in ("fp32", "bf16")]
            steps += [theirs(shape, options.vocab, rows, precision) for precision in ("fp32", "bf16")]
            rates = [rate(step, batch, options.seconds) for step in steps]
            print(f"| {name} | {batch:,} | {' | '.join(f'{r:,.0f}' for r in rates)} |", flush=True)


if __name__ == "__main__":
    main()
