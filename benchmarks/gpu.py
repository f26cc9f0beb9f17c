"""What needs a GPU: the same losses as on the CPU, and tokens per second beside transformers' Llama in the same run.

    python benchmarks/gpu.py SOURCE_FOLDER [--rungs 10M,60M,0.2B] [--vocab 32000] [--seq-len 2048]

SOURCE_FOLDER is any tree with Python files: a small corpus is made of it for the first part. MFU counts model FLOPs
(attention included) over the rate of a large bfloat16 matrix product measured here.
"""

from __future__ import annotations

import argparse
import math
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import torch
from transformers import LlamaConfig, LlamaForCausalLM

from mixlaw.corpus import Corpus, build
from mixlaw.model import count_parameters, flops_per_token, initialise, ladder
from mixlaw.pretrain import Placement, train_trial
from mixlaw.pretrain.group import Group
from mixlaw.pretrain.loop import accumulate_gradients, build_decoder
from mixlaw.pretrain.optimiser import adamw, update
from mixlaw.trial import ModelShape, Recipe, Trial

CUDA = torch.device("cuda")


def small_corpus(source: Path, folder: Path) -> Corpus:
    sources = "".join(
        f"- {{project: {name}, kind: folder, path: '{source / name}', licence: Apache-2.0, languages: [python]}}\n"
        for name in ("platform", "evaluation")
    )
    spec = folder / "spec.yaml"
    spec.write_text(
        "name: gpu\nvocab_size: 1024\nmax_train_tokens: 400000\nmax_validation_tokens: 20000\n"
        f"validation: [evaluation]\nsources:\n{sources}"
    )
    return build(spec, folder / "corpus")


def same_losses(corpus: Corpus, folder: Path) -> None:
    recipe = Recipe(learning_rate=4e-3, batch_tokens=4_096, seq_len=256)
    trial = Trial(model=ladder("100k"), train_tokens=200 * 4_096, shares={"python": 1.0}, recipe=recipe)
    runs = [("cpu", "fp32", "off"), ("cuda", "fp32", "off"), ("cuda", "bf16", "off"), ("cuda", "bf16", "on")]
    print("| device | precision | compiled | held-out loss | difference | tokens/s |\n|---|---|---|---|---|---|")
    first = math.nan
    for device, precision, compiled in runs:
        placement = Placement.of(
            out=folder / f"{device}-{precision}-{compiled}",
            device=device,
            precision=precision,
            compile=compiled,
            validation_tokens=8_192,
        )
        result = train_trial(trial, corpus, placement)
        loss = result.measurements[0].loss_nats
        first = loss if math.isnan(first) else first
        speed = f"{result.tokens_per_second:,.0f}"
        print(f"| {device} | {precision} | {compiled} | {loss:.5f} | {loss - first:+.5f} | {speed} |", flush=True)


def ours(shape: ModelShape, vocab: int, rows: torch.Tensor, compiled: str) -> Callable[[], None]:
    recipe = Recipe(learning_rate=1e-4, batch_tokens=rows[:, 1:].numel(), seq_len=rows.shape[1] - 1)
    trial = Trial(model=shape, train_tokens=recipe.batch_tokens, shares={"python": 1.0}, recipe=recipe)
    placement = Placement.of(out=Path(), device="cuda", compile=compiled)
    decoder = build_decoder(trial, vocab, placement, Group(), CUDA)
    initialise(decoder, seed=0)
    optimiser = adamw(decoder, recipe)

    def step() -> None:
        accumulate_gradients(decoder, rows, len(rows), "bf16")
        update(decoder, optimiser, 1e-4, 1.0)

    return step


def theirs(shape: ModelShape, vocab: int, rows: torch.Tensor) -> Callable[[], None]:
    config = LlamaConfig(
        vocab_size=vocab,
        hidden_size=shape.d_model,
        intermediate_size=shape.d_ff,
        num_hidden_layers=shape.n_layers,
        num_attention_heads=shape.n_heads,
        max_position_embeddings=rows.shape[1],
    )
    model = LlamaForCausalLM(config).to(CUDA)
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-4, fused=True)
    inputs = rows[:, :-1].contiguous()

    def step() -> None:
        with torch.autocast("cuda", torch.bfloat16):
            loss = model(input_ids=inputs, labels=inputs, use_cache=False).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()

    return step


def rate(step: Callable[[], None], tokens: int, seconds: float = 5.0) -> float:
    for _ in range(3):
        step()
    torch.cuda.synchronize()
    started, n = time.perf_counter(), 0
    while time.perf_counter() - started < seconds:
        step()
        torch.cuda.synchronize()
        n += 1
    return n * tokens / (time.perf_counter() - started)


def matrix_rate(size: int = 8192) -> float:
    a, b = (torch.randn(size, size, device=CUDA, dtype=torch.bfloat16) for _ in range(2))

    def multiply() -> None:
        torch.mm(a, b)

    return rate(multiply, 2 * size**3, 2.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("--rungs", default="100k,10M,60M,0.2B")
    parser.add_argument("--vocab", type=int, default=32_000)
    parser.add_argument("--seq-len", type=int, default=2_048)
    parser.add_argument("--batch-tokens", type=int, default=65_536)
    options = parser.parse_args()
    print(torch.cuda.get_device_name(), "torch", torch.__version__, flush=True)
    with tempfile.TemporaryDirectory() as name:
        same_losses(small_corpus(options.source.resolve(), Path(name)), Path(name))
    peak = matrix_rate()
    print(f"\nbf16 matrix product: {peak / 1e12:.0f} TFLOP/s")
    titles = ("rung", "N", "eager tok/s", "compiled tok/s", "transformers tok/s", "ratio", "MFU compiled")
    print(f"| {' | '.join(titles)} |\n|{'---|' * len(titles)}")
    for rung in options.rungs.split(","):
        shape, vocab = ladder(rung), options.vocab
        rows = torch.randint(vocab, (options.batch_tokens // options.seq_len, options.seq_len + 1), device=CUDA)
        eager = rate(ours(shape, vocab, rows, "off"), options.batch_tokens)
        compiled = rate(ours(shape, vocab, rows, "on"), options.batch_tokens)
        peer = rate(theirs(shape, vocab, rows), options.batch_tokens)
        mfu = 3 * flops_per_token(shape, vocab, options.seq_len) * compiled / peak
        n = count_parameters(shape, vocab).non_embedding
        cells = f"{n:,} | {eager:,.0f} | {compiled:,.0f} | {peer:,.0f} | {compiled / peer:.2f} | {mfu:.0%}"
        print(f"| {rung} | {cells} |", flush=True)
        torch.cuda.empty_cache()


if __name__ == "__main__":
    main()
