"""docs/scheme-format.md is what the models say, and its example loads."""

from __future__ import annotations

import re

from scoring import elements, rules
from scoring.kinds import Element
from scoring.load import load_scheme
from scoring.scheme import Scheme
from tools import scheme_docs


def test_the_page_is_current():
    written = scheme_docs.PAGE.read_text(encoding="utf-8")
    assert written == scheme_docs.page(), (
        "The models have changed: run python -m tools.scheme_docs and commit the page."
    )


REST = """\
id: today-2026
title: 某县镇街考核
short: 某县2026
document: {title: 某县考核办法}
grades: [好, 较好, 一般, 较差]
groups: [{id: town, name: 镇, units: [{name: 甲镇}], cite: 二}]
facts:
  - {id: honour, name: 受表扬, values: [无, 县级, 市级], many: true, cite: 五}
  - {id: notice, name: 被通报, values: [否, 是], many: true, cite: 五}
  - {id: misuse, name: 资金违规, values: [否, 是], many: true, amount: 万元, cite: 五}
rank: {by: [grade, score], assumed: 原文未写}
targets:
  - {id: jobs, name: 务工目标, measure: 人, cite: 附件}
  - {id: idle, name: 闲置上限, measure: 宗, cite: 附件}
"""
"""What the excerpt on the page leaves out."""


def on_the_page() -> list[str]:
    """The whole example, then the excerpt with what today's tables need."""
    return re.findall(r"```yaml\n(.*?)```", scheme_docs.page(), flags=re.DOTALL)


def test_the_example_on_the_page_loads():
    scheme = load_scheme(on_the_page()[0], "example")
    assert scheme.weights == {"cross": 60, "daily": 40}
    assert [unit.name for unit in scheme.groups[0].units] == ["东岭镇", "西河镇", "城关街道"]


def test_what_todays_tables_need_loads_with_the_rest_of_a_scheme():
    _, excerpt = on_the_page()
    scheme = load_scheme(REST + excerpt, "today")
    assert scheme.base == 100
    assert [row.no for row in scheme.indicators if row.role != "base"] == [5, 6]
    assert (scheme.bonuses[0].max, scheme.deductions[1].indicator, scheme.extras.total_max) == (3, 1, 106)


def test_every_element_of_the_format_is_on_the_page():
    things = [thing for module in (elements, rules) for thing in vars(module).values()]
    known = {thing for thing in things if isinstance(thing, type) and issubclass(thing, Element)}
    bases = {Element, elements.Ruled, rules.Counted}
    missing = sorted(element.__name__ for element in known - bases - set(scheme_docs.elements()))
    assert missing == [], "An element that no field of Scheme leads to: use it, or remove it."


def test_every_field_says_what_it_means():
    silent = [
        f"{element.__name__}.{name}"
        for element in scheme_docs.elements()
        for name, field in element.model_fields.items()
        if not field.description
    ]
    assert silent == [], "Give the field a description: it becomes its line in docs/scheme-format.md."


def test_every_field_of_the_scheme_has_its_line():
    page = scheme_docs.page()
    assert [name for name in Scheme.model_fields if f"| `{name}` |" not in page] == []


def test_a_type_is_said_in_words():
    page = scheme_docs.page()
    assert "| `weight` | number, 0 or more | no | share in the total" in page
    assert "| `total` | whole number, 0 to 6 | no |" in page
    assert "| `combine` | `weighted` or `add` or `judgement` | yes |" in page
    assert "| `units` | list of [Unit](#unit) | no |" in page
    assert "| `counted` | `true` or `false` | no, else `true` |" in page
