"""What was handed in, sorted by unit and checked against the scheme. Both engines start here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from scoring import exact
from scoring.marks import Fact, Mark, Sheet
from scoring.scheme import Scheme


class MarksError(ValueError):
    """Sheets or facts that do not belong to the scheme, in words. Readers catch this long before."""


def insist_on_scored(scheme: Scheme) -> None:
    """Raise MarksError for a scheme that is only there to be read (status: skeleton)."""
    if scheme.status == "skeleton":
        raise MarksError(f"“{scheme.title}”的计分方法尚未启用，只能查阅方案")


def weights_of(scheme: Scheme) -> dict[str, Fraction]:
    """Each counted component's weight. Raises MarksError where there is nothing to divide by."""
    weights = scheme.weights
    if weights and sum(weights.values()) <= 0:
        raise MarksError("各考核方式的权重合计为0，无法计算综合得分；至少一项权重应大于0")
    return weights


def roster(scheme: Scheme, handed_in: Iterable[str]) -> list[tuple[str, str, str]]:
    """(unit, group id, region) of every unit on the roster, then of those that an open group takes.

    Raises MarksError for a unit that no group takes.
    """
    listed = [(unit.name, group.id, unit.region) for group in scheme.groups for unit in group.units]
    known = {name for name, _, _ in listed}
    return listed + [(unit, _group(scheme, unit), "") for unit in handed_in if unit not in known]


def _group(scheme: Scheme, unit: str) -> str:
    group = scheme.group_of(unit)
    if group is None:
        raise MarksError(f"“{unit}”不在考核对象名单上")
    return group.id


def sheets_by_unit(scheme: Scheme, sheets: Iterable[Sheet]) -> dict[str, dict[str, Sheet]]:
    """Unit → component id → sheet.

    Raises MarksError for an unknown component, for anything given twice, for a unit that takes its score from others,
    and for a mark on an item that carries none there.
    """
    known = {component.id for component in scheme.components}
    found: dict[str, dict[str, Sheet]] = defaultdict(dict)
    for sheet in sheets:
        if sheet.component not in known:
            raise MarksError(f"方案没有“{sheet.component}”这一考核方式")
        name = f"“{sheet.unit}”的“{scheme.component(sheet.component).name}”"
        if sheet.component in found[sheet.unit]:
            raise MarksError(f"{name}有两份评分表，请只留一份")
        numbers = [mark.indicator for mark in sheet.marks]
        if len(set(numbers)) < len(numbers):
            raise MarksError(f"{name}中{_twice(numbers)}出现了两次，请只留一处")
        _check_place(scheme, sheet, name)
        _check_marks(scheme, sheet, name)
        found[sheet.unit][sheet.component] = sheet
    return dict(found)


def _check_place(scheme: Scheme, sheet: Sheet, name: str) -> None:
    """Nothing may be marked where the document gives no marks (内蒙古: 减贫成效 has 0 points in 平时监控)."""
    group = _group(scheme, sheet.unit)
    if scheme.inheritance(group):
        raise MarksError(f"“{sheet.unit}”随所帮扶的单位计分，不另填评分表")
    wanted = {row.no for row in scheme.items_for(group, sheet.component, sheet.unit)}
    known = {row.no for row in scheme.indicators_of(group)}
    for mark in sheet.marks:
        if mark.indicator in known - wanted and not is_blank(mark):
            raise MarksError(f"{name}中第{mark.indicator}项在这里不计分，不应填写")


def _check_marks(scheme: Scheme, sheet: Sheet, name: str) -> None:
    """A total stands alone and is a number; points lie between nothing and the full marks; no row is unknown."""
    rows = {row.no: row for row in scheme.indicators_of(_group(scheme, sheet.unit))}
    whole = [mark for mark in sheet.marks if mark.indicator is None]
    if whole and (len(sheet.marks) > 1 or whole[0].score is None):
        raise MarksError(f"{name}给总分的，只能有一个总分，不能另有分项")
    for mark in sheet.marks:
        row = rows.get(mark.indicator) if mark.indicator is not None else None
        if mark.indicator is not None and row is None:
            raise MarksError(f"{name}中的第{mark.indicator}项不在指标表上")
        most = row.full.get(sheet.component, Fraction(100)) if row else scheme.full_of(sheet.component)
        if mark.score is not None and not 0 <= mark.score <= most:
            what = _twice([mark.indicator, mark.indicator])
            raise MarksError(f"{name}中{what}的{exact.plain(mark.score)}分不在0至{exact.plain(most)}之间")


def _twice(numbers: list[int | None]) -> str:
    number = next(number for number, count in Counter(numbers).items() if count > 1)
    return "总分" if number is None else f"第{number}项"


def facts_by_unit(scheme: Scheme, facts: Iterable[Fact]) -> dict[str, tuple[Fact, ...]]:
    """Unit → its facts, in an order that does not depend on the order of entry.

    Raises MarksError for a fact or a value that the scheme does not know, for one whose day decides and is not told, and
    for a unit that no group takes: a limit on a misspelt name would limit nobody.
    """
    found: dict[str, list[Fact]] = defaultdict(list)
    dated = {rule.fact for rule in scheme.late}
    for fact in facts:
        try:
            known = fact.value in scheme.fact(fact.fact).values
        except KeyError:
            raise MarksError(f"方案没有“{fact.fact}”这一情形") from None
        if not known:
            raise MarksError(f"情形“{scheme.fact(fact.fact).name}”没有“{fact.value}”这一取值")
        if fact.fact in dated and not is_day(fact.date):
            raise MarksError(f"“{fact.unit}”的“{scheme.fact(fact.fact).name}”须写明日期，如 2019-03-30")
        found[fact.unit].append(fact)
    for unit in found:
        _group(scheme, unit)
    kinds = [kind.id for kind in scheme.facts]
    order = lambda fact: (kinds.index(fact.fact), fact.date, fact.basis, fact.value, fact.confirmed)  # noqa: E731
    return {unit: tuple(sorted(told, key=order)) for unit, told in found.items()}


def is_day(text: str) -> bool:
    """Whether text is a day of the calendar, as 2019-03-30."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_blank(mark: Mark) -> bool:
    """Whether a row says nothing at all. It is an absent row, never 不适用: leaving a weak item blank must not pay."""
    return mark.applicable and (mark.grade, mark.score, mark.value, mark.answer) == (None, None, None, None)
