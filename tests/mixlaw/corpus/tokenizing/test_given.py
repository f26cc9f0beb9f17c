from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from mixlaw.corpus.tokenizing import GivenTokenizer, load_given_tokenizer, load_tokenizer
from mixlaw.trial import MixlawError

TEXT = [f"def add{n}(left, right):\n    return left + right  # {n} </s>\n\treturn None\n" for n in range(40)]


def gpt2_like(end: str = "<|endoftext|>", *, special: bool = True) -> Tokenizer:
    """Byte-level BPE; the end mark comes last, and a file of it cuts texts at eight tokens."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=False)
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(
        TEXT, trainers.BpeTrainer(vocab_size=300, initial_alphabet=alphabet, show_progress=False)
    )
    tokenizer.add_tokens([AddedToken(end, special=special, normalized=False)])
    tokenizer.enable_truncation(8)
    tokenizer.enable_padding(length=8)
    return tokenizer


def llama_like() -> Tokenizer:
    """SentencePiece's BPE with bytes for characters that it does not know, and marks at both ends of a text."""
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = pre_tokenizers.Metaspace()
    trained.train_from_iterator(TEXT, trainers.BpeTrainer(vocab_size=120, show_progress=False))
    learned: dict[str, Any] = json.loads(trained.to_str())["model"]
    specials = ["<unk>", "<s>", "</s>"]
    pieces = [*specials, *(f"<0x{byte:02X}>" for byte in range(256)), *learned["vocab"]]
    tokenizer = Tokenizer(
        models.BPE(
            vocab={piece: number for number, piece in enumerate(pieces)},
            merges=[(left, right) for left, right in learned["merges"]],
            unk_token="<unk>",
            fuse_unk=True,
            byte_fallback=True,
        )
    )
    tokenizer.normalizer = normalizers.Sequence([normalizers.Prepend("▁"), normalizers.Replace(" ", "▁")])
    tokenizer.decoder = decoders.Sequence(
        [decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse(), decoders.Strip(content=" ", left=1)]
    )
    tokenizer.add_special_tokens(specials)
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair=None, special_tokens=[("<s>", 1), ("</s>", 2)]
    )
    return tokenizer


def saved(make: Callable[[], Tokenizer], folder: Path) -> GivenTokenizer:
    make().save(str(folder / "tokenizer.json"))
    return load_given_tokenizer("tokenizer.json", folder)


@pytest.fixture(scope="module", params=[gpt2_like, llama_like])
def loaded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> GivenTokenizer:
    return saved(request.param, tmp_path_factory.mktemp("given"))


SPELLED = ["<|endoftext|>", "</s>", "<s>", "<unk>", " ", "\n", "x = 1", "é", "😀"]


@given(st.lists(st.sampled_from(SPELLED) | st.text(max_size=5), max_size=8).map("".join))
def test_a_text_comes_back_and_never_ends_within(loaded: GivenTokenizer, text: str) -> None:
    ids = loaded.tokenizer.encode(text, add_special_tokens=False).ids
    assert loaded.eos not in ids
    assert loaded.tokenizer.decode(ids, skip_special_tokens=False) == text
    assert max(ids, default=0) < loaded.vocab_size


def test_the_end_mark_is_found_and_ids_reach_as_far_as_the_vocabulary(tmp_path: Path) -> None:
    ours = saved(gpt2_like, tmp_path)
    assert (ours.eos, ours.eos_token, ours.vocab_size) == (300, "<|endoftext|>", 301)
    llama = saved(llama_like, tmp_path)
    assert (llama.eos, llama.eos_token) == (2, "</s>")


@pytest.mark.parametrize("make", [gpt2_like, llama_like])
def test_what_a_corpus_keeps_gives_the_same_ids_everywhere(make: Callable[[], Tokenizer], tmp_path: Path) -> None:
    from transformers import PreTrainedTokenizerFast

    given = saved(make, tmp_path)
    given.tokenizer.save(str(tmp_path / "kept.json"))
    fast = PreTrainedTokenizerFast(tokenizer_file=str(tmp_path / "kept.json"), eos_token=given.eos_token)
    again = load_tokenizer(tmp_path / "kept.json")
    original = make()
    original.no_truncation()
    original.no_padding()
    for text in ("x = 1  # é", *TEXT[:3]):
        ids = given.tokenizer.encode(text).ids
        assert ids == again.encode(text).ids == fast.encode(text, split_special_tokens=True)
        original.encode_special_tokens = True
        assert ids == original.encode(text, add_special_tokens=False).ids
    assert fast.eos_token_id == given.eos


def test_a_folder_says_its_own_end_mark(tmp_path: Path) -> None:
    tokenizer = gpt2_like("<|fin|>")
    tokenizer.no_padding()  # of which transformers makes a token
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    config: dict[str, Any] = {"tokenizer_class": "PreTrainedTokenizerFast", "eos_token": "<|fin|>"}
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(config))
    found = load_given_tokenizer(tmp_path.name, tmp_path.parent)
    assert (found.eos, found.eos_token, found.vocab_size) == (300, "<|fin|>", 301)
    with pytest.raises(MixlawError, match=r"it has none of .*; give a folder .* tokenizer_config.json"):
        load_given_tokenizer("tokenizer.json", tmp_path)
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(config | {"eos_token": None}))
    with pytest.raises(MixlawError, match="does not say which token ends a text; set eos_token"):
        load_given_tokenizer(str(tmp_path), Path())


def test_an_end_mark_that_is_not_special_becomes_so(tmp_path: Path) -> None:
    ours = saved(lambda: gpt2_like(special=False), tmp_path)
    assert ours.eos not in ours.tokenizer.encode("a<|endoftext|>b").ids


def test_two_usual_end_marks_are_not_guessed_between(tmp_path: Path) -> None:
    def both() -> Tokenizer:
        tokenizer = gpt2_like()
        tokenizer.add_special_tokens(["</s>"])
        return tokenizer

    with pytest.raises(MixlawError, match=r"it has <\|endoftext\|> and </s>"):
        saved(both, tmp_path)


def unigram() -> Tokenizer:
    """SentencePiece's other model, which has its end mark among its pieces."""
    pieces = [("</s>", 0.0), *((chr(code), -5.0) for code in range(32, 127)), ("\n", -5.0), ("\t", -5.0)]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=1))
    tokenizer.decoder = decoders.Fuse()
    tokenizer.add_special_tokens(["</s>"])
    return tokenizer


def whitespace_losing() -> Tokenizer:
    vocabulary = {"<eos>": 0, "?": 1}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="?"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.add_special_tokens(["<eos>"])
    return tokenizer


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (unigram, "reads a text that spells out </s> as its end (a Unigram model)"),
        (whitespace_losing, "does not give a program back as it was"),
    ],
)
def test_tokenizers_that_will_not_do_are_refused(make: Callable[[], Tokenizer], said: str, tmp_path: Path) -> None:
    with pytest.raises(MixlawError) as caught:
        saved(make, tmp_path)
    assert said in str(caught.value)


def test_a_tokenizer_in_python_only_is_refused(tmp_path: Path) -> None:
    config = {"tokenizer_class": "ByT5Tokenizer", "eos_token": "</s>"}
    (tmp_path / "tokenizer_config.json").write_text(json.dumps(config))
    with pytest.raises(MixlawError, match=r"has no tokenizer.json and runs in Python only \(ByT5Tokenizer\)"):
        load_given_tokenizer(str(tmp_path), Path())


def test_what_is_no_tokenizer_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", True)
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "empty").mkdir()
    for name, said in [
        ("broken.json", "broken.json is not a tokenizer.json of the tokenizers library"),
        ("empty", "cannot load the folder"),
        ("nobody/nothing@main", "cannot load nobody/nothing@main on the Hugging Face hub"),
    ]:
        with pytest.raises(MixlawError, match=said):
            load_given_tokenizer(name, tmp_path)
