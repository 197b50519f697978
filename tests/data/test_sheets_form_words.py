"""Blank forms to take along: offered to those who hand in sheets, with the words of their scheme."""

from __future__ import annotations

import pytest

from data.documents.forms import form_units, how_to_fill
from tests.data.scheme_sheets import ALL
from tests.data.test_sheets_kinds import with_office


def test_only_units_that_are_marked_on_sheets_are_offered_forms():
    assert "县教育局" not in form_units(with_office())
    assert len(form_units(with_office())) == 9


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("jiangmen-2020-county", "在等次栏选√，一项只打一个"),
        ("guangdong-2019", "在等次栏选√，一项只打一个"),
        ("ruyuan-2017", "填得分，不超过该项分值"),
        ("neimenggu-2018", "填得分，或按指标填实际数值、完成情况，一项只填一处，灰色的格不填"),
        ("dongxi-2019-city", "在等次栏选√，或按指标填实际数值、完成情况，一项只填一处，灰色的格不填"),
        ("qujiang-2018", "逐项写评价意见，最后写综合评价意见"),
    ],
)
def test_it_says_how_a_schemes_forms_are_filled_in(name, words):
    assert how_to_fill(ALL[name]) == words
