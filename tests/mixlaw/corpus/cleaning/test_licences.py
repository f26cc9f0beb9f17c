from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mixlaw.corpus.cleaning.licences import LicenceRule

PERMISSIVE = LicenceRule(allowed=("permissive",))


@pytest.mark.parametrize(
    ("licence", "is_allowed"),
    [
        ("MIT", True),
        ("mit", True),
        ("GPL-3.0-only", False),
        ("GPL-3.0-only OR MIT", True),
        ("GPL-3.0-only AND MIT", False),
        ("MIT AND (GPL-2.0-or-later OR BSD-3-Clause)", True),
        ("(MIT OR Apache-2.0) AND Unicode-DFS-2016", True),
        ("MIT OR GPL-2.0-only AND GPL-3.0-only", True),
        ("GPL-2.0-only AND GPL-3.0-only OR MIT", True),
        ("GPL-2.0-only AND (GPL-3.0-only OR MIT)", False),
        ("Apache-2.0 WITH LLVM-exception", True),
        ("GPL-2.0-only WITH Classpath-exception-2.0", False),
        ("MIT/Apache-2.0", True),
        ("MIT License, see LICENSE", False),
        ("MIT OR", False),
        ("(MIT", False),
        ("MIT WITH", False),
        ("", False),
        ("(" * 5000, False),
    ],
)
def test_an_expression_is_permissive_or_not(licence: str, is_allowed: bool) -> None:
    assert PERMISSIVE.allows(licence) is is_allowed


def test_globs_and_exclusions() -> None:
    rule = LicenceRule(allowed=("permissive", "GPL-2.0-only WITH Classpath*"), excluded=("BSD-4-*", "*proprietary*"))
    assert rule.allows("GPL-2.0-only WITH Classpath-exception-2.0")
    assert not rule.allows("GPL-2.0-only")
    assert not rule.allows("BSD-4-Clause")
    assert rule.allows("BSD-4-Clause OR MIT")
    no_copyleft = LicenceRule(excluded=("*GPL*",))
    assert no_copyleft.allows("")
    assert no_copyleft.allows("see LICENSE")
    assert not no_copyleft.allows("LGPL-2.1+")
    assert not no_copyleft.allows("GNU GPL, see COPYING")
    assert LicenceRule(allowed=("Apache-2.0",)).allows("Apache-2.0+")
    assert LicenceRule(allowed=("*",)).allows("")


@given(st.text(max_size=40))
def test_without_a_rule_all_are_allowed(licence: str) -> None:
    assert LicenceRule().allows(licence)


_atoms = st.sampled_from(["MIT", "ISC", "GPL-3.0-only", "MPL-2.0"])


@given(st.lists(st.lists(_atoms, min_size=1, max_size=3), min_size=1, max_size=3), st.booleans())
def test_alternatives_need_one_and_joint_licences_all(groups: list[list[str]], joint_inside: bool) -> None:
    inner, outer, every, some = (" AND ", " OR ", all, any) if joint_inside else (" OR ", " AND ", any, all)
    expression = outer.join(f"({inner.join(group)})" for group in groups)
    assert PERMISSIVE.allows(expression) is some(every(name in ("MIT", "ISC") for name in group) for group in groups)
