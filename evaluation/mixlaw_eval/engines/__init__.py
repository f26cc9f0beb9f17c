"""Engines generate from a checkpoint and score with it: one interface, transformers or vLLM behind it."""

from mixlaw_eval.engines.checkpoint import Checkpoint, Tokenizer
from mixlaw_eval.engines.engine import Advance, Engine, EngineName, Generation, Pair, Sampling
from mixlaw_eval.engines.open_engine import open_engine
from mixlaw_eval.engines.stored import StoredEngine, stored

__all__ = [
    "Advance",
    "Checkpoint",
    "Engine",
    "EngineName",
    "Generation",
    "Pair",
    "Sampling",
    "StoredEngine",
    "Tokenizer",
    "open_engine",
    "stored",
]
