"""The page as a whole: self-contained, complete, escaped, and honest about what is missing."""

from __future__ import annotations

import dataclasses
import html
import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from matplotlib.image import imread

from mixlaw.corpus import Corpus
from mixlaw.report import draw_hero, write_report
from mixlaw.search import Recommendation
from mixlaw.trial import MixlawError

from .conftest import Writer, write_allocation, write_failed, write_single

FIGURES = {
    "allocation",
    "corpus_funnel",
    "corpus_tokens",
    "hero",
    "law_choice",
    "loss_by_D",
    "loss_by_N",
    "loss_differences",
    "pareto_front",
    "pass_at_1_humaneval",
    "predicted_measured",
    "residuals",
    "synergy",
    "transfer_weights",
    "translated_bleu",
    "translated_pass_at_1",
    "translation",
}


class Page(HTMLParser):
    """What a page refers to and says."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.references: list[str] = []
        self.anchors: set[str] = set()
        self.tags: list[str] = []
        self.texts: list[str] = []
        self.images: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        values = dict(attrs)
        self.references += [str(values[name]) for name in ("src", "href", "srcset", "data") if name in values]
        self.anchors |= {str(values["id"])} if "id" in values else set()
        self.images += [values] if tag == "img" else []

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self.texts))


@pytest.fixture(scope="module")
def full(full_out: Path, corpus: Corpus) -> Path:
    return write_report(full_out, corpus=corpus)


@pytest.fixture(scope="module")
def page(full: Path) -> Page:
    return Page(full.read_text())


def test_the_page_needs_nothing_but_itself(full: Path, page: Page) -> None:
    assert page.references
    for reference in page.references:
        assert reference.startswith(("data:image/svg+xml;base64,", "#")), reference
    assert not {"script", "link", "iframe", "object"} & set(page.tags)
    assert not re.search(r"@import|url\(", full.read_text())
    assert {r[1:] for r in page.references if r.startswith("#")} <= page.anchors


def test_every_figure_is_drawn_and_described(full: Path, page: Page) -> None:
    folder = full.parent / "figures"
    assert {path.stem for path in folder.glob("*.png")} == FIGURES == {path.stem for path in folder.glob("*.svg")}
    for path in folder.glob("*.png"):
        pixels = np.asarray(imread(path))[..., :3]
        inked = float((pixels.min(axis=2) < 0.95).mean())
        assert 0.01 < inked < 0.9, f"{path.name} has {inked:.1%} of its pixels inked"
    assert len(page.images) == len(FIGURES) - 1  # all but the README's
    assert all(len(str(image["alt"])) > 20 for image in page.images)


def test_a_full_folder_asks_for_nothing(page: Page) -> None:
    assert "Run mixlaw" not in page.text


def test_the_answer_comes_first_with_measurement_and_prediction(full: Path, page: Page) -> None:
    found = Recommendation.load(full.parent / "laws" / "recommendation.json")
    first = page.text[page.text.rindex("The answer") :]
    assert f"Python {found.shares['python']:.1%}" in first
    assert "English text 12.5% (fixed)" in first
    assert "over 3 seeds" in first
    assert "The law had not seen this scale" in first
    assert first.index("recommends") < first.index("Trained side by side") < first.index("Loss against model size")


def test_the_recommendation_says_how_sure_it_is_and_what_more_data_is_worth(full: Path, page: Page) -> None:
    found = Recommendation.load(full.parent / "laws" / "recommendation.json")
    assert f"probability that it is a gain {100 * found.gain.probability:.0f}%" in page.text
    assert f"{1e3 * found.marginal['python'].nats:.2f} {1e3 * found.marginal['python'].lower:.2f} to" in page.text


def test_losses_are_predicted_by_the_chosen_law_and_parameters_shown_of_chinchilla(page: Page) -> None:
    assert "the chosen transfer law with the 90% interval" in page.text
    assert "Residuals of" not in page.text  # a figure's title is outlines
    assert "(chinchilla law, " in page.text


def test_labels_are_escaped(full: Path, page: Page) -> None:
    text = full.read_text()
    assert "<b>random" not in text
    assert html.escape("<b>random & bad</b>") in text
    assert "b" not in page.tags
    assert "loss is NaN at step 17, rate 2e-3" in page.text


def test_an_empty_folder_names_every_command(tmp_path: Path) -> None:
    page = Page(write_report(tmp_path).read_text())
    for command in ("run single-language", "run synergy", "search", "fit", "evaluate", "report"):
        assert f"Run mixlaw {command}" in page.text
    assert not page.images
    assert not (tmp_path / "figures").exists()


def test_sections_appear_with_their_data(tmp_path: Path) -> None:
    writer = Writer(tmp_path)
    write_single(writer)
    write_failed(writer)
    page = Page(write_report(tmp_path).read_text())
    assert {path.stem for path in (tmp_path / "figures").glob("*.png")} == {"loss_by_N", "loss_by_D"}
    assert "No law has been fitted: points only." in page.text
    assert "mixlaw fit" in page.text
    assert "mixlaw run synergy" in page.text
    assert "45 finished trials, 1 failed" in page.text


def test_an_untrained_recommendation_says_how_to_train_it(full_out: Path, tmp_path: Path) -> None:
    shutil.copytree(full_out / "laws", tmp_path / "laws")
    write_single(Writer(tmp_path))
    page = Page(write_report(tmp_path).read_text())
    assert "mixlaw run allocation" in page.text
    assert (tmp_path / "figures" / "allocation.png").exists()
    assert not (tmp_path / "figures" / "loss_differences.png").exists()


def test_one_seed_is_said_to_be_one_seed(full_out: Path, tmp_path: Path) -> None:
    shutil.copytree(full_out / "laws", tmp_path / "laws")
    write_allocation(Writer(tmp_path), seeds=(0,))
    text = Page(write_report(tmp_path).read_text()).text
    assert "they do not cover the noise between seeds" in text


def test_a_recommendation_made_anew_is_not_passed_off_as_trained(full_out: Path, tmp_path: Path) -> None:
    shutil.copytree(full_out / "laws", tmp_path / "laws")
    path = tmp_path / "laws" / "recommendation.json"
    write_allocation(Writer(tmp_path))
    path.write_text(_with_shares(path, {"python": 0.5, "java": 0.375, "text": 0.125}))
    text = Page(write_report(tmp_path).read_text()).text
    assert "The trained mixture is not the one recommended above" in text


def test_hero(full_out: Path) -> None:
    assert draw_hero(full_out).read_bytes().startswith(b"\x89PNG")


def test_hero_without_a_recommendation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MixlawError, match="mixlaw search"):
        draw_hero(tmp_path)


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(MixlawError, match="no such folder"):
        write_report(tmp_path / "nowhere")


def test_a_damaged_study_file(tmp_path: Path) -> None:
    (tmp_path / "studies").mkdir()
    (tmp_path / "studies" / "synergy.json").write_text("[{")
    with pytest.raises(MixlawError, match=r"synergy\.json is not JSON"):
        write_report(tmp_path)


def _with_shares(path: Path, shares: dict[str, float]) -> str:
    found = Recommendation.load(path)
    return json.dumps(dataclasses.replace(found, shares=shares).to_json())
