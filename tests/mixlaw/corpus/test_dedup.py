from __future__ import annotations

from mixlaw.corpus.dedup import EXACT, NEAR, shingles, without_duplicates
from mixlaw.corpus.document import Document
from mixlaw.corpus.funnel import Funnel


def document(text: str, *, project: str = "p", domain: str = "go") -> Document:
    return Document.of(domain=domain, project=project, path=project, licence="MIT", text=text)


def numbered(start: int, stop: int) -> str:
    """Distinct words, so that the similarity of two ranges is that of their runs of five."""
    return " ".join(f"word{i}" for i in range(start, stop))


def similarity(a: str, b: str) -> float:
    x, y = set(shingles(a)), set(shingles(b))
    return len(x & y) / len(x | y)


def test_exact_and_near_duplicates_go_and_are_counted() -> None:
    first, near, other = numbered(0, 1000), numbered(50, 1050), numbered(700, 1700)
    assert similarity(first, near) > 0.9
    assert similarity(first, other) < 0.2
    funnel = Funnel()
    kept = without_duplicates([document(text) for text in (first, first, near, other)], funnel)
    assert [d.text for d in kept] == [first, other]
    exact, nearly = funnel.rows([EXACT, NEAR], ["go"])
    assert (exact.documents_in, exact.documents_out) == (4, 3)
    assert (nearly.documents_in, nearly.documents_out) == (3, 2)


def test_the_threshold_is_close_to_0_7() -> None:
    base = numbered(0, 2000)
    below, above = numbered(500, 2500), numbered(200, 2200)
    assert similarity(base, below) < 0.62
    assert similarity(base, above) > 0.78
    assert len(without_duplicates([document(base), document(below)], Funnel())) == 2
    assert len(without_duplicates([document(base), document(above)], Funnel())) == 1


def test_the_first_in_order_stays() -> None:
    held_out, training = document(numbered(0, 500), project="v"), document(numbered(5, 505), project="t")
    assert without_duplicates([held_out, training], Funnel()) == [held_out]


def test_domains_do_not_see_each_other() -> None:
    text = numbered(0, 100)
    assert len(without_duplicates([document(text), document(text, domain="rust")], Funnel())) == 2
