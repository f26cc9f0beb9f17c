"""What benchmarks/train.py compares with: three other ways of training the same shape on the same rows.

Run by itself it measures them, so that accelerate (which Trainer needs) can live in an environment of its own:

    PEERS/bin/python benchmarks/train_peers.py '{"n_layers": 2, "d_model": 64, ...}'    # prints a JSON object

All take shapes as plain numbers, so that this file needs torch and transformers only.
"""

from __future__ import annotations

import contextlib
import dataclasses
import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import LlamaConfig, LlamaForCausalLM

TURNS = 3
Step = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """One shape, one batch, one device: the same for all."""

    n_layers: int
    d_model: int
    n_heads: int
    d_ff: int
    vocab: int
    seq_len: int
    rows: int
    device: str
    seconds: float

    @property
    def tokens(self) -> int:
        """Per step."""
        return self.rows * self.seq_len

    def batch(self) -> Tensor:
        """Random rows (rows, seq_len + 1)."""
        generator = torch.Generator().manual_seed(0)
        return torch.randint(0, self.vocab, (self.rows, self.seq_len + 1), generator=generator).to(self.device)


def now(device: str) -> float:
    """CPU seconds of this process, so that a busy machine does not decide; on a GPU wall seconds, its queue empty."""
    if device == "cpu":
        return time.process_time()
    torch.cuda.synchronize()
    return time.perf_counter()


def autocast(setting: Setting, precision: str) -> contextlib.AbstractContextManager[object]:
    """bfloat16 matrix products over float32 weights, or nothing."""
    return torch.autocast(setting.device, torch.bfloat16, enabled=precision == "bf16")


def llama(setting: Setting) -> Any:
    """transformers' model of this shape, float32."""
    config = LlamaConfig(
        vocab_size=setting.vocab,
        hidden_size=setting.d_model,
        intermediate_size=setting.d_ff,
        num_hidden_layers=setting.n_layers,
        num_attention_heads=setting.n_heads,
        max_position_embeddings=setting.seq_len,
        use_cache=False,
    )
    model: Any = LlamaForCausalLM(config)
    return model.to(setting.device)


def plain_step(setting: Setting, precision: str) -> Step:
    """One step of transformers' model in a plain loop."""
    model = llama(setting)
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.1, fused=True)
    inputs = setting.batch()[:, :-1].contiguous()

    def step() -> float:
        with autocast(setting, precision):
            loss = model(input_ids=inputs, labels=inputs).loss
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad()
        return loss.item()

    return step


class Minimal(nn.Module):
    """A decoder in the manner of nanoGPT: fused projections, SDPA, one loss, as little else as there can be."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.embedding = nn.Embedding(setting.vocab, setting.d_model)
        self.layers = nn.ModuleList(MinimalLayer(setting) for _ in range(setting.n_layers))
        self.norm = nn.RMSNorm(setting.d_model)
        self.output = nn.Linear(setting.d_model, setting.vocab, bias=False)
        frequency = 1e4 ** (
            -torch.arange(0, setting.d_model // setting.n_heads, 2) / (setting.d_model // setting.n_heads)
        )
        angle = torch.outer(torch.arange(setting.seq_len), frequency)
        self.register_buffer("cos", angle.cos())
        self.register_buffer("sin", angle.sin())
        for parameter in self.parameters():
            if parameter.ndim == 2:
                nn.init.normal_(parameter, std=0.02)

    def forward(self, tokens: Tensor, targets: Tensor) -> Tensor:
        """The mean loss of tokens (B, T) with targets (B, T)."""
        x = self.embedding(tokens)
        for layer in self.layers:
            x = layer(x, self.cos, self.sin)
        return functional.cross_entropy(self.output(self.norm(x)).flatten(0, 1).float(), targets.flatten())


class MinimalLayer(nn.Module):
    """Attention and SwiGLU."""

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        width, self.n_heads = setting.d_model, setting.n_heads
        self.before, self.between = nn.RMSNorm(width), nn.RMSNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width, bias=False), nn.Linear(width, width, bias=False)
        self.gate_up = nn.Linear(width, 2 * setting.d_ff, bias=False)
        self.down = nn.Linear(setting.d_ff, width, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """(B, T, W) to (B, T, W)."""
        rows, length, width = x.shape
        heads = self.qkv(self.before(x)).view(rows, length, 3, self.n_heads, -1).permute(2, 0, 3, 1, 4)
        q, k, v = heads
        q, k = turned(q, cos, sin).to(v.dtype), turned(k, cos, sin).to(v.dtype)
        y = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        x = x + self.out(y.transpose(1, 2).reshape(rows, length, width))
        gate, up = self.gate_up(self.between(x)).chunk(2, dim=-1)
        return x + self.down(functional.silu(gate) * up)


def turned(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Rotary positions."""
    a, b = x.chunk(2, dim=-1)
    return torch.cat((a * cos - b * sin, a * sin + b * cos), dim=-1)


def minimal_step(setting: Setting, precision: str) -> Step:
    """One step of the minimal loop, the whole model compiled."""
    model: Any = Minimal(setting).to(setting.device)
    optimiser = torch.optim.AdamW(model.parameters(), lr=1e-3, weight_decay=0.1, fused=True)
    compiled = torch.compile(model, dynamic=False)
    rows = setting.batch()
    tokens, targets = rows[:, :-1].contiguous(), rows[:, 1:].contiguous()

    def step() -> float:
        with autocast(setting, precision):
            loss = compiled(tokens, targets)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)
        return loss.item()

    return step


def taking_turns(steps: dict[tuple[str, str], Step], setting: Setting) -> dict[tuple[str, str], float]:
    """Tokens per second of each, over TURNS turns; the first two steps (compile, caches) are not counted."""
    for step in steps.values():
        step()
        step()
    counts, spent = dict.fromkeys(steps, 0), dict.fromkeys(steps, 0.0)
    for turn in range(1, TURNS + 1):
        for name, step in steps.items():
            while spent[name] < setting.seconds * turn / TURNS:
                started = now(setting.device)
                step()
                spent[name] += now(setting.device) - started
                counts[name] += 1
    return {name: counts[name] * setting.tokens / spent[name] for name in steps}


class Rows(torch.utils.data.Dataset[dict[str, Tensor]]):
    """The rows as Trainer wants them, over and over."""

    def __init__(self, setting: Setting) -> None:
        self.inputs = dataclasses.replace(setting, device="cpu").batch()[:, :-1]

    def __len__(self) -> int:
        return 10_000_000

    def __getitem__(self, index: int) -> dict[str, Tensor]:
        row = self.inputs[index % len(self.inputs)]
        return {"input_ids": row, "labels": row}


def trainer_rate(setting: Setting, precision: str) -> float:
    """Tokens per second of Hugging Face's Trainer, its own start and first two steps left out."""
    from transformers import Trainer, TrainerCallback, TrainerControl, TrainerState, TrainingArguments

    class Clock(TrainerCallback):
        """Starts after the second step and stops the training when time is up."""

        started, steps, elapsed = 0.0, -2, 0.0

        def on_step_end(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **_: Any) -> None:
            self.steps += 1
            if self.steps == 0:
                self.started = now(setting.device)
            elif self.steps > 0:
                self.elapsed = now(setting.device) - self.started
                control.should_training_stop = self.elapsed > setting.seconds

    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        arguments = TrainingArguments(
            output_dir=folder,
            per_device_train_batch_size=setting.rows,
            max_steps=1_000_000,
            learning_rate=1e-3,
            weight_decay=0.1,
            max_grad_norm=1.0,
            bf16=precision == "bf16",
            use_cpu=setting.device == "cpu",
            report_to=[],
            logging_strategy="no",
            save_strategy="no",
            disable_tqdm=True,
            dataloader_pin_memory=setting.device != "cpu",
        )
        Trainer(model=llama(setting), args=arguments, train_dataset=Rows(setting), callbacks=[clock]).train()
    return clock.steps * setting.tokens / clock.elapsed


def main() -> None:
    """Measure as asked on the command line."""
    asked = json.loads(sys.argv[1])
    precisions = asked.pop("precisions")
    torch.set_num_threads(1)
    setting, makers = Setting(**asked), {"transformers": plain_step, "minimal": minimal_step}
    steps = {(name, precision): make(setting, precision) for name, make in makers.items() for precision in precisions}
    rates, problem = taking_turns(steps, setting), ""
    steps.clear()
    if importlib.util.find_spec("accelerate"):
        rates |= {("Trainer", precision): trainer_rate(setting, precision) for precision in precisions}
    else:
        problem = "Trainer is left out: it needs accelerate, here or in the environment of --peer-python"
    print(json.dumps({"rates": [(*key, rate) for key, rate in rates.items()], "problem": problem}))


if __name__ == "__main__":
    main()
