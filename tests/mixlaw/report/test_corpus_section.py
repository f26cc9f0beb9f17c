"""What the report says about evaluation texts in the corpus."""

from __future__ import annotations

from mixlaw.corpus import EvaluationIndex, EvaluationText
from mixlaw.corpus.cleaning.decontaminate import decontamination_record, without_evaluation_texts
from mixlaw.corpus.document import Document
from mixlaw.corpus.funnel import Funnel
from mixlaw.report.blocks import Paragraph, Table
from mixlaw.report.sections.corpus import decontamination_blocks

TEXT = " ".join(f"word{n}" for n in range(40))


def test_what_was_dropped_is_counted_by_source_domain_and_match() -> None:
    index = EvaluationIndex([EvaluationText(source="bench.jsonl", task="one", text=TEXT)])
    documents = [
        Document.of(domain="go", project="p", path=f"{n}.go", licence="MIT", text=text)
        for n, text in enumerate([TEXT, f"more\n{TEXT}", f"and more\n{TEXT}", "nothing of it"])
    ]
    _, dropped = without_evaluation_texts(documents, index, Funnel())
    said, table = decontamination_blocks(decontamination_record(index, dropped))
    assert isinstance(said, Paragraph)
    assert isinstance(table, Table)
    assert "3 of them" in said.text
    assert index.fingerprint[:16] in said.text
    assert [[cell.text for cell in row][:4] for row in table.rows] == [
        ["bench.jsonl", "Go", "contains", "2"],
        ["bench.jsonl", "Go", "exact", "1"],
    ]


def test_without_finds_there_is_no_table_and_without_a_search_a_warning() -> None:
    index = EvaluationIndex([EvaluationText(source="bench.jsonl", task="one", text=TEXT)])
    (said,) = decontamination_blocks(decontamination_record(index, []))
    assert isinstance(said, Paragraph)
    assert "0 of them" in said.text
    (said,) = decontamination_blocks(None)
    assert isinstance(said, Paragraph)
    assert (said.tone, "not looked for" in said.text) == ("note", True)
