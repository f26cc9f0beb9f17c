"""Text to token ids: a byte-level BPE that is trained, or a tokenizer that is given."""
