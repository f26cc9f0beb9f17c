"""Which law predicts best: every candidate with its errors, the refused ones with their reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from mixlaw.laws import FittedLaw
from mixlaw.report.blocks import Paragraph, Picture, Table
from mixlaw.report.evidence import law_name, read_evidence
from mixlaw.report.figures.choice import LawErrors, LeftOutError, left_out_errors
from mixlaw.report.sections.choice import SPLITS, choice, choice_blocks


@pytest.fixture(scope="module")
def law(full_out: Path) -> FittedLaw:
    return FittedLaw.load(full_out / "laws" / "auto.json")


def test_the_table_has_every_judged_law_and_the_choice_first(law: FittedLaw) -> None:
    (table,) = [block for block in choice_blocks(law) if isinstance(block, Table)]
    assert table.headers == ("law", "largest models left out", "mixtures left out", "weight")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["the choice", "1.20 ± 0.10", "0.70 ± 0.10", ""],
        ["transfer", "1.20 ± 0.10", "0.80 ± 0.10", "1.00"],
        ["coupled", "2.40 ± 0.10", "0.90 ± 0.30", "0"],
    ]


def test_what_could_not_be_judged_is_said_with_the_reason(law: FittedLaw) -> None:
    text = " ".join(block.text for block in choice_blocks(law) if isinstance(block, Paragraph))
    assert "The transfer law predicts best and was taken alone." in text
    assert "without the largest models and without a fifth of the mixtures at a time" in text
    assert "joint could not be judged: python has 9 runs for a law of 37 parameters." in text
    assert "Not measured with the longest training left out: all runs had one budget." in text


def test_the_figure_has_a_panel_for_each_kind_of_rows_left_out(law: FittedLaw) -> None:
    assert [block.drawing.name for block in choice_blocks(law) if isinstance(block, Picture)] == ["law_choice"]
    laws = [
        LawErrors(law="best", errors={"mixtures": LeftOutError(error=1.0, standard_error=0.1)}, chosen=True),
        LawErrors(law="other", errors={"mixtures": LeftOutError(error=2.0)}),
    ]
    (axes,) = left_out_errors(laws, SPLITS).axes
    assert axes.get_title(loc="left") == "mixtures left out"
    assert [text.get_text() for text in axes.texts] == ["1.00", "2.00"]
    (line,) = [line for line in axes.lines if len(line.get_xdata()) == 2 and len({*line.get_ydata()}) == 1]
    assert list(line.get_xdata()) == pytest.approx([1 - 0.1645, 1 + 0.1645])


def test_nothing_measured_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        left_out_errors([LawErrors(law="a", errors={})], SPLITS)


def test_a_folder_without_a_choice_names_the_command(full_out: Path, tmp_path: Path) -> None:
    (block,) = choice(read_evidence(tmp_path, None)).blocks
    assert block.kind == "missing"
    assert "--law auto" in block.command
    assert choice_blocks(FittedLaw.load(full_out / "laws" / "transfer.json")) == ()


def test_the_chosen_law_predicts_before_all_others(full_out: Path, law: FittedLaw) -> None:
    evidence = read_evidence(full_out, None)
    assert evidence.predictor is evidence.chosen
    assert law_name(law) == "chosen transfer"
    assert evidence.front is not None
    assert len(evidence.laws) == 4  # the searches' answers beside them are no laws
