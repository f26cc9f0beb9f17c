"""The paper's numbers, checked against what its text says about them."""

from __future__ import annotations

import numpy as np
import pytest

from mixlaw.laws.published import constants as published
from mixlaw.laws.published.tables import PUBLISHED_TABLES
from mixlaw.trial import LANGUAGES


def test_tables_are_whole() -> None:
    pairs = {(a, b) for a in LANGUAGES for b in LANGUAGES if a != b}
    assert set(published.SYNERGY) == pairs
    assert set(published.TRANSLATION) == pairs
    assert set(published.SELF_REPETITION_LOSS) == set(LANGUAGES) == set(published.L_INF_ORDER)
    assert all(len(row) == len(published.PASS_AT_1_SIZES) for row in published.PASS_AT_1.values())


@pytest.mark.parametrize(("auxiliary", "difference"), [("csharp", 0.186), ("javascript", 0.114), ("rust", 0.112)])
def test_javas_row_agrees_with_the_absolute_gains_in_the_text(auxiliary: str, difference: float) -> None:
    base = published.SELF_REPETITION_LOSS["java"]
    assert base * published.SYNERGY["java", auxiliary] / 100 == pytest.approx(difference, abs=0.006)


def test_only_javas_companionship_helps_python() -> None:
    assert [a for a in LANGUAGES if published.SYNERGY.get(("python", a), -1) > 0] == ["java"]


@pytest.mark.parametrize(("column", "size"), list(enumerate(published.PASS_AT_1_SIZES)))
def test_means_of_table_3(column: int, size: str) -> None:
    means = {"0.5B": (9.84, 10.12), "1.5B": (16.96, 18.47), "3B": (21.60, 25.12), "7B": (32.46, 33.79)}
    found = np.mean([row[column] for row in published.PASS_AT_1.values()], axis=0)
    np.testing.assert_allclose(found, means[size], atol=0.011)


def test_laws_speak_of_plain_counts() -> None:
    law = published.PUBLISHED["zero-shot-shuffled"]
    N, D = np.array([1.5e9]), np.array([400e9])
    expected = 0.1574 * 1.5**-0.3470 + 9.553 * 400**-0.8829 + 0.1236
    np.testing.assert_allclose(law.chinchilla().loss(N, D, np.ones((1, 1))), expected)
    with pytest.raises(ValueError, match="without A and B"):
        published.PUBLISHED["optimal-allocation"].chinchilla()


def test_the_caveat_of_equation_4_is_true() -> None:
    law = published.PUBLISHED["seen-paired"]
    assert law.chinchilla().loss(np.array([0.1e9]), np.array([400e9]), np.ones((1, 1)))[0] > 1e5
    assert "6.404" in law.caveat


def test_chinchillas_constants_count_one_by_one() -> None:
    law = published.PUBLISHED["chinchilla-2022"].chinchilla()
    # Chinchilla itself: 70B parameters, 1.4T tokens.
    expected = 1.69 + 406.4 / 70e9**0.34 + 410.7 / 1.4e12**0.28
    np.testing.assert_allclose(law.loss(np.array([70e9]), np.array([1.4e12]), np.ones((1, 1))), expected)


def test_tables_for_people_hold_every_number() -> None:
    tables = PUBLISHED_TABLES
    assert all(len(row) == len(t.columns) for t in tables.values() for row in t.rows)
    cells = {name: sum(bool(cell) for row in t.rows for cell in row[1:]) for name, t in tables.items()}
    assert cells == {"synergy": 42 + 7, "translation": 42, "pass-at-1": 20, "irreducible-order": 7}
