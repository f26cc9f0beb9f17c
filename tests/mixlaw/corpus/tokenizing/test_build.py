from __future__ import annotations

from pathlib import Path

import pytest
from rich.console import Console
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

from mixlaw.corpus import build
from mixlaw.corpus.sample import sample_documents


@pytest.fixture
def tokenizer_file(spec_file: Path) -> Path:
    """Bytes, with gaps between the ids and the end mark after them, said in the spec by a relative path."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer = Tokenizer(models.BPE(vocab={byte: 3 * number for number, byte in enumerate(alphabet)}, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([AddedToken("</s>", special=True)])
    path = spec_file.parent / "given.json"
    tokenizer.save(str(path))
    spec = spec_file.read_text().replace("vocab_size: 300", "tokenizer: given.json")
    spec_file.write_text(spec.replace("_tokens: 2000", "_tokens: 200000"))
    return path


def test_a_corpus_of_a_given_tokenizer(tokenizer_file: Path, spec_file: Path, tmp_path: Path, quiet: Console) -> None:
    (spec_file.parent / "one" / "src" / "file0.go").write_text("an end </s> that is spelled out\n" * 30)
    corpus = build(spec_file, tmp_path / "corpus", cache=tmp_path / "cache", console=quiet)
    eos = Tokenizer.from_file(str(tokenizer_file)).token_to_id("</s>")
    assert (corpus.eos, corpus.manifest["eos_token"]) == (eos, "</s>")
    assert corpus.vocab_size == 3 * 255 + 1
    for shard in corpus.shards:
        organisation = shard.organisation
        tokens = corpus.tokens(shard.domain, shard.split, organisation)[:]  # pyright: ignore[reportArgumentType]
        assert int((tokens == eos).sum()) == shard.documents
        assert tokens[-1] == eos
        assert int(tokens.max()) < corpus.vocab_size
    texts = [text for _, text in sample_documents(corpus, "go", 100)]
    assert any("</s>" in text for text in texts)
