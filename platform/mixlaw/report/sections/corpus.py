"""What was trained on: tokens by language and split, the funnel, evaluation texts kept out, projects and licences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mixlaw.corpus import Corpus
from mixlaw.corpus.cleaning.decontaminate import dropped_counts
from mixlaw.corpus.tables import funnel_lines, projects_of
from mixlaw.report.blocks import Block, Cell, Missing, Paragraph, Picture, Section, Table, text_cells
from mixlaw.report.evidence import Evidence
from mixlaw.report.figures.corpus import SPLITS, FunnelStage, funnel, tokens_by_split
from mixlaw.report.figures.style import count, display, render
from mixlaw.trial import PARALLEL

ANCHOR, TITLE = "corpus", "The corpus"
_TAKEN = "taken for "
"""How the funnel's last steps are named, one per split."""


def corpus_section(evidence: Evidence) -> Section:
    """Tables and figures of the manifest, or the command that shows them."""
    corpus = evidence.corpus
    if corpus is None:
        command = f"mixlaw report {evidence.out} --corpus CORPUS"
        missing = Missing(what="The corpus folder was not given to this report.", command=command)
        return Section(anchor=ANCHOR, title=TITLE, blocks=(missing,))
    tokens = {d: {s: float(corpus.n_tokens(d, s)) for s in SPLITS} for d in corpus.domains}
    blocks: list[Block] = [
        _summary(evidence, corpus, tokens),
        Picture(
            drawing=render("corpus_tokens", tokens_by_split(tokens), "Tokens by language and split"),
            caption="Tokens by language and split. Splits are divided by project: no project is in two of them.",
            alt="Bars of training, validation and test tokens for each language.",
        ),
        _projects(corpus),
    ]
    stages = funnel_stages(corpus.manifest["funnel"])
    if len(stages) > 1:
        blocks += [_funnel_picture(stages), _funnel_table(corpus)]
    blocks += decontamination_blocks(corpus.manifest.get("decontamination"))
    blocks.append(_licences(corpus.manifest["licences"]))
    return Section(anchor=ANCHOR, title=TITLE, blocks=tuple(blocks))


def _summary(evidence: Evidence, corpus: Corpus, tokens: Mapping[str, Mapping[str, float]]) -> Paragraph:
    total = {split: sum(of[split] for of in tokens.values()) for split in SPLITS}
    text = (
        f"{corpus.manifest['name']}, fingerprint {corpus.fingerprint}: {count(total['train'])} training and "
        f"{count(total['validation'])} validation tokens of a vocabulary of {corpus.vocab_size:,}."
    )
    used = set(evidence.finished["corpus"].drop_nulls()) - {""}
    if used and used != {corpus.fingerprint}:
        text += f" Not all trials were trained on it: the results name {', '.join(sorted(used))}."
    return Paragraph(text=text)


def _projects(corpus: Corpus) -> Table:
    rows = [
        (
            Cell(text=display(d)),
            Cell(text=f"{corpus.bytes_per_token(d, 'train'):.2f}"),
            Cell(text=projects_of(corpus, "train", d) or "–"),
            Cell(text=projects_of(corpus, "validation", d) or "–"),
        )
        for d in corpus.domains
        if d != PARALLEL
    ]
    return Table(
        caption="Bytes per token of the training text, and the projects of each language.",
        headers=("language", "bytes per token", "training projects", "validation projects"),
        rows=tuple(rows),
        text_columns=frozenset({0, 2, 3}),
    )


def funnel_stages(rows: list[Mapping[str, Any]]) -> list[FunnelStage]:
    """What was found, then what was left after each step that dropped a document somewhere.

    The manifest's rows count documents in and out by step and domain; the steps that take a split's documents up
    to the token limit are one stage here.
    """
    left: dict[str, float] = {}
    for row in rows:
        left.setdefault(row["domain"], row["documents_in"])
    stages = [FunnelStage(name="found", documents=dict(left))]
    for name in dict.fromkeys(_stage_name(row["step"]) for row in rows):
        mine = [row for row in rows if _stage_name(row["step"]) == name]
        before = dict(left)
        for domain in {row["domain"] for row in mine}:
            left[domain] = sum(row["documents_out"] for row in mine if row["domain"] == domain)
        if left != before:
            stages.append(FunnelStage(name=name, documents=dict(left)))
    return stages


def _stage_name(step: str) -> str:
    return "over the token limit" if step.startswith(_TAKEN) else step


def _funnel_picture(stages: list[FunnelStage]) -> Picture:
    found, kept = (sum(stages[end].documents.values()) for end in (0, -1))
    return Picture(
        drawing=render("corpus_funnel", funnel(stages), "What became of the documents found"),
        caption=f"What became of the documents found: {count(kept)} of {count(found)} are in the corpus. Steps that "
        "removed nothing are left out.",
        alt="For each language, the share of documents kept and the shares removed by each filter.",
    )


def _funnel_table(corpus: Corpus) -> Table:
    domains, lines = funnel_lines(corpus)
    rows = [(Cell(text=step), *(_out_of(found.get(domain)) for domain in domains)) for step, found in lines]
    return Table(
        caption="Documents after each step, and megabytes of text. Steps that changed nothing are left out.",
        headers=("step", *(display(domain) for domain in domains)),
        rows=tuple(rows),
    )


def _out_of(found: Mapping[str, int] | None) -> Cell:
    if found is None:
        return Cell(text="–", muted=True)
    return Cell(text=f"{found['documents']:,}", detail=f"{found['bytes'] / 1e6:.2f} MB")


def decontamination_blocks(record: Mapping[str, Any] | None) -> list[Block]:
    """What was looked for and what was dropped; older corpora and those built without say so."""
    if not record:
        text = "Evaluation texts were not looked for: the corpus may hold them, and scores on them may be too good."
        return [Paragraph(text=text, tone="note")]
    sources = ", ".join(f"{name} ({of['texts']:,} texts)" for name, of in record["sources"].items())
    text = (
        f"Documents that hold evaluation texts were dropped: {len(record['dropped']):,} of them. Looked for: "
        f"{sources}; fingerprint {record['fingerprint'][:16]}."
    )
    return [Paragraph(text=text), *([_dropped(record)] if record["dropped"] else [])]


def _dropped(record: Mapping[str, Any]) -> Table:
    rules = record["rules"]
    rows = [
        text_cells(c.source, display(c.domain), c.kind, f"{c.documents:,}", f"{c.bytes / 1e6:.2f}", f"{len(c.tasks):,}")
        for c in dropped_counts(record)
    ]
    return Table(
        caption="Documents dropped because they hold evaluation texts: the text itself (exact), the text as a part "
        f"(contains), or at least {rules['min_share']:.0%} of its words in runs of {rules['ngram_words']} (n-gram).",
        headers=("evaluation texts", "domain", "match", "documents", "MB", "tasks"),
        rows=tuple(rows),
        text_columns=frozenset({0, 1, 2}),
    )


def _licences(licences: Mapping[str, Mapping[str, int]]) -> Table:
    ordered = sorted(licences.items(), key=lambda item: (-item[1]["bytes"], item[0]))
    rows = [
        text_cells(licence or "not stated", f"{of['documents']:,}", f"{of['bytes'] / 1e6:.2f}")
        for licence, of in ordered
    ]
    return Table(
        caption="Licences of the documents in the corpus.", headers=("licence", "documents", "MB"), rows=tuple(rows)
    )
