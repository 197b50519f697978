"""Sheets for every scheme as its kinds of items ask for them: what may stand in a row of any form."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from data import schemes
from data.sheets.ways import answers_of, ways_of
from scoring.elements import Component, Indicator
from scoring.marks import Mark, Sheet
from scoring.scheme import Scheme

ALL: dict[str, Scheme] = {each: schemes.scheme(each) for each in schemes.scheme_ids()}

remarks = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), max_size=30).map(
    str.strip
)
remarks = remarks.filter(lambda text: "不适用" not in text and not set(text) & set("√✓✔☑✅●") and "\ufffe" not in text)
remarks = remarks.filter(lambda text: not any("\ufe00" <= char <= "\ufe0f" for char in text) and "_x" not in text)
opinions = remarks.filter(lambda text: any(char.isalpha() for char in text))


def bare(sheet: Sheet) -> Sheet:
    """A sheet without the cells it came from."""
    return replace(sheet, marks=tuple(replace(mark, sheet="", cell="") for mark in sheet.marks))


def parts(scheme: Scheme) -> list[tuple[str, str]]:
    """A unit of every group that hands in sheets, with every component."""
    units = [group.units[0].name for group in scheme.marked_groups if group.units]
    return [(unit, component.id) for unit in units for component in scheme.components]


def rows(scheme: Scheme, unit: str, component: str) -> tuple[Indicator, ...]:
    """The items of one unit's sheet."""
    group = scheme.group_of(unit)
    assert group is not None
    return scheme.items_for(group.id, component, unit)


def hundredths(most: Fraction | int) -> st.SearchStrategy[Fraction]:
    """Numbers from 0 to ``most`` with two decimals."""
    return st.integers(0, int(Fraction(most) * 100)).map(lambda number: Fraction(number, 100))


@st.composite
def marks(draw: st.DrawFn, scheme: Scheme, component: Component, item: Indicator, ways: tuple[str, ...]) -> Mark:
    """One mark of an item, by one of the ways."""
    if scheme.combine == "judgement":
        return Mark(item.no, remark=draw(opinions))
    remark = draw(remarks)
    if any(char.isalnum() for char in remark) and draw(st.integers(0, 9)) == 0:
        return Mark(item.no, applicable=False, remark=remark)
    open_ways = ways_of(scheme, component, item)
    way = draw(st.sampled_from([way for way in open_ways if way in ways] or open_ways))
    given = {
        "grade": st.sampled_from(scheme.grades),
        "score": hundredths(item.full.get(component.id, 100)),
        "value": hundredths(100 if item.kind == "ratio" else 10**7),
        "answer": st.sampled_from(answers_of(scheme, item))
        if "answer" in ways_of(scheme, component, item)
        else st.none(),
    }[way]
    return Mark(item.no, remark=remark, **{way: draw(given)})


@st.composite
def item_sheets(draw: st.DrawFn, scheme: Scheme, unit: str, component: str) -> Sheet:
    """A sheet with every item marked by one of its ways: ticks, values and answers, or points, values and answers."""
    part = scheme.component(component)
    ways = ("grade" if "ticks" in part.marks else "score", "value", "answer")
    found = tuple(draw(marks(scheme, part, item, ways)) for item in rows(scheme, unit, component))
    return Sheet(unit, component, found, draw(opinions) if scheme.combine == "judgement" else "")
