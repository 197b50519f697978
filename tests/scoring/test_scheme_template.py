"""Next year's draft from last year's scheme: what is kept, what is emptied and asked for."""

from __future__ import annotations

import pytest

from data.schemes import scheme, scheme_ids, scheme_text
from scoring.load import load_scheme
from scoring.scheme_template import from_template, open_points, title_for
from scoring.scheme_text import read_text
from scoring.scheme_write import write_tree


def draft(scheme_id: str, year: str = "2027") -> dict:
    tree = read_text(scheme_text(scheme_id)).tree
    assert isinstance(tree, dict)
    return from_template(tree, title_for(str(tree["title"]), year), year)


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_every_scheme_makes_a_draft_without_fault_that_keeps_its_rules(scheme_id):
    made, old = load_scheme(write_tree(draft(scheme_id))), scheme(scheme_id)
    assert (made.components, made.indicators, made.groups) == (old.components, old.indicators, old.groups)
    assert (made.facts, made.limits, made.outcomes, made.bands) == (old.facts, old.limits, old.outcomes, old.bands)
    assert not made.template


def test_number_dates_and_doubts_of_the_old_paper_are_emptied():
    made = load_scheme(write_tree(draft("jiangmen-2020-county")))
    assert made.title == "2027年江门市县级党委和政府扶贫开发成效考核"
    assert (made.id, made.short) == ("jiangmen-2027-county", "2027年江门市 · 县级")
    document = made.document
    assert (document.number, document.issued, document.period, document.text) == ("", None, None, "")
    assert document.based_on[0] == "《2020年江门市城乡精准扶贫工作成效考核实施方案》（江扶字〔2020〕8号）"
    assert [step.due for step in made.steps] == [None] * 7
    assert made.doubts == ()


def test_what_was_emptied_is_asked_for():
    assert [point.words for point in open_points(draft("jiangmen-2020-county"))] == [
        "印发文号、成文日期、统计时间未填",
        "步骤7项未填完成期限",
    ]


def test_days_that_cannot_be_empty_move_by_the_years_between():
    made = load_scheme(write_tree(draft("dongxi-2019-city", "2026")))
    assert (str(made.late[0].due), str(made.late[0].deduct_from)) == ("2026-03-30", "2026-04-01")


def test_a_title_without_a_year_gets_one():
    assert title_for("甲县考核", "2027") == "2027年甲县考核"


def test_what_is_made_of_a_template_is_not_called_one():
    assert (
        title_for("2026年县（市、区）常态化精准帮扶工作考核（模板）", "2027")
        == "2027年县（市、区）常态化精准帮扶工作考核"
    )


def test_our_own_template_is_no_paper_that_a_draft_rests_on():
    made = load_scheme(write_tree(draft("template-2026-county")))
    assert made.short == made.title == "2027年县（市、区）常态化精准帮扶工作考核"
    assert made.document.based_on == ()
