"""Evaluate checkpoints: translation loss and generation, on transformers or vLLM."""
