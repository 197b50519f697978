"""The watermark: the viewer's name and nothing that a name could smuggle in."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.access import watermark
from data.access import LOCAL, NOBODY, Person


def test_it_says_who_and_when() -> None:
    root = ElementTree.fromstring(watermark.picture(Person("李四", "li"), "2026-12-01"))
    assert [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")] == ["李四 li", "2026-12-01"]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60))
def test_whatever_a_name_holds_it_stays_text(name: str) -> None:
    root = ElementTree.fromstring(watermark.picture(Person(name, "a\"'<b>"), "2026-12-01"))
    assert len(list(root.iter())) == 4


def test_only_whoever_has_signed_in_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(watermark.st, "html", drawn.append)
    for person in (LOCAL, NOBODY, Person("李四</style><script>", "li")):
        watermark.draw(person)
    assert len(drawn) == 1
    assert "<script" not in drawn[0]
    assert drawn[0].count("</style>") == 1
