from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from mixlaw.trial import LANGUAGES, TEXT, MixlawError
from mixlaw_sweeps.studies import PAPER, SCALES, STUDIES, TINY, random_mixtures, synergy, trials_of, uniform_shares

BILLION = 10**9


def test_the_published_grid_is_exact() -> None:
    trials = trials_of("single-language", "paper")
    assert len(trials) == 420
    assert Counter(next(iter(t.shares)) for t in trials) == dict.fromkeys(LANGUAGES, 60)
    assert {t.model.name for t in trials} == {
        "0.1B", "0.2B", "0.4B", "0.6B", "1.1B", "1.3B", "1.6B", "2.0B", "2.4B", "3.1B",
    }  # fmt: skip
    assert {t.train_tokens for t in trials} == {b * BILLION for b in (2, 4, 8, 16, 32, 64)}


def test_the_published_synergy_is_exact() -> None:
    trials = trials_of("synergy", "paper")
    assert len(trials) == 28
    alone = [t for t in trials if len(t.shares) == 1]
    assert len(alone) == 7
    assert all(t.train_tokens == 128 * BILLION for t in trials)
    assert all(list(t.unique_tokens.values()) == [64 * BILLION] for t in alone), "64B repeated twice"
    assert len({frozenset(t.shares) for t in trials if len(t.shares) == 2}) == 21


def test_the_published_organisation_is_exact() -> None:
    trials = trials_of("organisation", "paper")
    assert Counter(t.organisation for t in trials) == {"shuffled": 5, "paired-direct": 5, "paired-prompt": 5}
    assert all(t.shares == {"parallel": 0.9, "text": 0.1} and t.train_tokens == 1000 * BILLION for t in trials)


def test_the_published_allocation_is_exact() -> None:
    recommended = uniform_shares() | {"python": 0.225, "rust": 0.025}
    uniform, optimised = trials_of("allocation", "paper", recommended=recommended)
    assert uniform.train_tokens == optimised.train_tokens == 400 * BILLION
    assert set(uniform.shares.values()) == {0.125}, "50B each of seven languages and text"
    assert optimised.shares["python"] == pytest.approx(0.225)


def test_the_synergy_baseline_repeats_the_tokens_that_the_pair_saw() -> None:
    trials = synergy(TINY)
    half = TINY.synergy_tokens // 2
    assert all(set(t.unique_tokens.values()) == {half} for t in trials)
    assert all(t.trained_tokens == 2 * half for t in trials), "exactly two epochs"


@pytest.mark.parametrize("scale", list(SCALES))
@pytest.mark.parametrize("study", list(STUDIES))
def test_every_study_at_every_scale_plans_distinct_trials(study: str, scale: str) -> None:
    trials = trials_of(study, scale)
    assert len({t.trial_id for t in trials}) == len(trials)
    assert len({(t.label, t.train_tokens, t.seed, t.model.name) for t in trials}) == len(trials)


def test_random_mixtures_cover_the_simplex_and_begin_with_uniform() -> None:
    drawn = random_mixtures(40, (*LANGUAGES, TEXT))
    assert set(drawn[0].values()) == {0.125}
    assert all(sum(m.values()) == pytest.approx(1) for m in drawn)
    largest = [max(m.values()) for m in drawn[1:]]
    assert min(largest) < 0.3
    assert max(largest) > 0.8
    assert drawn == random_mixtures(40, (*LANGUAGES, TEXT))


def test_seeds_and_languages_are_taken_by_every_study_of_languages() -> None:
    trials = trials_of("single-language", "tiny", languages=["go", "rust"], seeds=(0, 1))
    assert len(trials) == 2 * 2 * len(TINY.grid_sizes) * len(TINY.grid_tokens)
    assert {next(iter(t.shares)) for t in trials} == {"go", "rust"}


def test_a_users_study_in_ten_lines(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(
        "from mixlaw_sweeps.studies import Scale\n"
        "def partners(scale: Scale):\n"
        "    return [scale.trial('mine', str(s), '25k', 524_288, {'rust': 1 - s, 'go': s}) for s in (0.1, 0.5)]\n"
    )
    assert [t.shares["go"] for t in trials_of(f"{file}:partners", "tiny")] == [0.1, 0.5]


@pytest.mark.parametrize(
    ("study", "message"),
    [
        ("nonsense", "unknown study 'nonsense'; known are single-language"),
        ("missing.py:f", "no such study file"),
        ("{tmp}/broken.py:f", "cannot be imported: ZeroDivisionError"),
        ("{tmp}/fine.py:absent", "has no function 'absent'"),
        ("{tmp}/fine.py:wrong", "must return a non-empty list of Trial"),
        ("{tmp}/fine.py:twice", "asks for the same trial more than once"),
    ],
)
def test_a_wrong_study_is_one_clear_message(tmp_path: Path, study: str, message: str) -> None:
    (tmp_path / "broken.py").write_text("1 / 0\n")
    (tmp_path / "fine.py").write_text(
        "def wrong(): return ['x']\ndef twice(scale): return 2 * [scale.trial('s', 'l', '25k', 99_999, {'go': 1.0})]\n"
    )
    with pytest.raises(MixlawError, match=message):
        trials_of(study.replace("{tmp}", str(tmp_path)), "tiny")


def test_an_unknown_scale_lists_the_known_ones() -> None:
    with pytest.raises(MixlawError, match="unknown scale 'huge'; known are tiny, small, paper"):
        trials_of("synergy", "huge")


def test_options_that_a_study_does_not_take_are_refused() -> None:
    with pytest.raises(MixlawError, match="takes no recommended"):
        trials_of("synergy", "tiny", recommended={"go": 1.0})


def test_the_paper_scale_uses_the_papers_sizes_only_where_it_said_them() -> None:
    assert PAPER.allocation_size == "1.5B"
    assert PAPER.organisation_sizes == ("0.2B", "0.5B", "1.5B", "3B", "7B")
