"""A tokenizer of somebody else's, taken as it is: a name on the Hugging Face hub, a folder, or a tokenizer.json.

What the corpus keeps of it is one tokenizer.json that gives the same ids wherever it is read. It therefore loses what
would give others: a limit of length, padding, and the marks that a post-processor puts around a text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from tokenizers import Tokenizer

from mixlaw.corpus.tokenizing.encoding import as_text_encoder
from mixlaw.trial import MixlawError

USUAL_ENDS = ("<|endoftext|>", "</s>", "<|end_of_text|>", "<eos>")
"""What the token that ends a text is called, where a tokenizer.json does not say which it is."""
_PROBE = 'def f(x):\n    if x:\n        return  "a b"\n\treturn None\n'


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenTokenizer:
    """A tokenizer to encode documents with, and the token that ends each."""

    tokenizer: Tokenizer
    eos: int
    eos_token: str

    @property
    def vocab_size(self) -> int:
        """Number of ids, added tokens and gaps between ids included: rows of a model's embedding."""
        return max(self.tokenizer.get_vocab(with_added_tokens=True).values()) + 1


def load_given_tokenizer(name: str, folder: Path) -> GivenTokenizer:
    """The tokenizer that a spec's key `tokenizer` names; `folder` is where a relative path starts.

    A name on the hub may be followed by `@` and a revision. Raises MixlawError when there is no such tokenizer, it is
    none of the `tokenizers` library, it is not known which token ends a text or a text that spells it out would end
    there, or it does not give back a program's white space.
    """
    path = folder / Path(name).expanduser()
    if path.is_file():
        tokenizer, end = _from_json(path)
    else:
        tokenizer, end = _from_transformers(path if path.is_dir() else None, name)
    given = _made_plain(tokenizer, end, name)
    _check_ends_nothing(given, name)
    _check_gives_back(given, name)
    return given


def _from_json(path: Path) -> tuple[Tokenizer, str]:
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing narrower
        raise MixlawError(f"tokenizer: {path} is not a tokenizer.json of the tokenizers library: {error}") from error
    added = {token.content for token in tokenizer.get_added_tokens_decoder().values()}
    ends = [end for end in USUAL_ENDS if end in added]
    if len(ends) != 1:
        why = f"it has {' and '.join(ends)}" if ends else f"it has none of {', '.join(USUAL_ENDS)}"
        raise MixlawError(
            f"tokenizer: {path} does not say which token ends a text ({why}); give a folder that holds it together "
            "with a tokenizer_config.json that says its eos_token"
        )
    return tokenizer, ends[0]


def _from_transformers(path: Path | None, name: str) -> tuple[Tokenizer, str]:
    from transformers import AutoTokenizer  # takes seconds to import

    hub, _, revision = name.partition("@")
    place: dict[str, Any] = {"revision": revision} if revision and path is None else {}
    try:
        found = cast(Any, AutoTokenizer).from_pretrained(str(path or hub), use_fast=True, **place)
    except Exception as error:  # of many kinds: no such name, no network, a broken file, a package that is missing
        where = (
            f"the folder {path}" if path else f"{name} on the Hugging Face hub (nor is there a folder or file of it)"
        )
        first = str(error).strip().split("\n")[0]
        raise MixlawError(f"tokenizer: cannot load {where}: {first}; correct the key tokenizer") from error
    if not getattr(found, "is_fast", False):
        raise MixlawError(
            f"tokenizer: {name} has no tokenizer.json and runs in Python only ({type(found).__name__}), which is too "
            "slow and cannot be kept in a corpus; convert it with transformers, or choose another"
        )
    if found.eos_token is None:
        raise MixlawError(
            f"tokenizer: {name} does not say which token ends a text; set eos_token in its tokenizer_config.json"
        )
    return cast(Tokenizer, found.backend_tokenizer), str(found.eos_token)


def _made_plain(tokenizer: Tokenizer, end: str, name: str) -> GivenTokenizer:
    """The tokenizer with only what makes ids of a text, its end mark one that is never read in a text."""
    plain: dict[str, Any] = json.loads(tokenizer.to_str())
    plain |= {"truncation": None, "padding": None}
    if not _only_trims(plain["post_processor"]):
        plain["post_processor"] = None
    for token in plain["added_tokens"]:
        # Only the spelling of special tokens can be read as text.
        token["special"] = True if token["content"] == end else token["special"]
    made = as_text_encoder(Tokenizer.from_str(json.dumps(plain)))
    eos = made.token_to_id(end)
    if eos is None:
        raise MixlawError(f"tokenizer: {name} says that {end} ends a text, and has no such token")
    return GivenTokenizer(tokenizer=made, eos=eos, eos_token=end)


def _only_trims(post_processor: dict[str, Any] | None) -> bool:
    """Whether a post-processor is the byte-level one, which moves offsets and adds nothing."""
    return post_processor is None or post_processor["type"] == "ByteLevel"


def _check_ends_nothing(given: GivenTokenizer, name: str) -> None:
    end = given.eos_token
    for text in (end, f"a{end}b", f"a {end} b", f"\n{end}\n", end * 2):
        if given.eos in given.tokenizer.encode(text, add_special_tokens=False).ids:
            raise MixlawError(
                f"tokenizer: {name} reads a text that spells out {end} as its end ({_kind(given)}), so documents "
                "could not be told apart; choose another tokenizer"
            )


def _check_gives_back(given: GivenTokenizer, name: str) -> None:
    ids = given.tokenizer.encode(_PROBE, add_special_tokens=False).ids
    back = given.tokenizer.decode(ids, skip_special_tokens=False)
    if back.strip() != _PROBE.strip():
        raise MixlawError(
            f"tokenizer: {name} does not give a program back as it was: {_PROBE!r} comes back as {back!r}. Losses per "
            "byte could not be compared; choose a tokenizer that keeps case, indentation and line ends"
        )


def _kind(given: GivenTokenizer) -> str:
    return f"a {type(given.tokenizer.model).__name__} model"
