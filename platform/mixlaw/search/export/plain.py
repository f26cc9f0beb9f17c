"""A mixture for people and scripts: JSON, YAML, CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import yaml

from mixlaw.search.export.mix import Mix, written


def as_json(mix: Mix) -> str:
    """An object of params, train_tokens, shares, tokens and, where known, epochs."""
    return json.dumps(_plain(mix), indent=2) + "\n"


def as_yaml(mix: Mix) -> str:
    """The same as a YAML mapping."""
    return yaml.safe_dump(_plain(mix), sort_keys=False, allow_unicode=True)


def as_csv(mix: Mix) -> str:
    """One line per domain: domain, share, tokens, epochs (empty where the distinct tokens are not known)."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(["domain", "share", "tokens", "epochs"])
    for domain, share in mix.shares.items():
        epochs = mix.epochs(domain)
        lines.writerow([domain, written(share), mix.tokens(domain), "" if epochs is None else f"{epochs:.4g}"])
    return text.getvalue()


def _plain(mix: Mix) -> dict[str, Any]:
    epochs = {d: round(e, 6) for d in mix.shares if (e := mix.epochs(d)) is not None}
    return {
        "params": mix.N,
        "train_tokens": mix.D,
        "shares": {domain: float(share) for domain, share in mix.shares.items()},
        "tokens": {domain: mix.tokens(domain) for domain in mix.shares},
        **({"epochs": epochs} if epochs else {}),
    }
