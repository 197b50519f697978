"""等次限制和情形: whose grade a rule holds or lifts, by which 情形 and which clause; under judgement who has which problem."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.briefing.brief import Brief, halves, in_short, paged
from data.briefing.model import Grid, Page
from scoring import exact
from scoring.explain import fact_name
from scoring.judged import happened, in_order
from scoring.marks import Fact
from scoring.results import AppliedFloor, AppliedLimit, UnitResult
from scoring.scheme import Scheme
from scoring.sentences import limit_reason

ROWS = 6
"""Lines of a table on one page."""
Row = tuple[str, str, str, str]


def limits(brief: Brief) -> Iterator[Page]:
    """Limits, floors, bonuses and deductions that took effect, and 情形 that wait for a second person."""
    if brief.scheme.judged:
        yield from _judged(brief)
        return
    rows = [row for result in brief.listed(brief.results.units) for row in _rows(brief, result)]
    if not rows:
        return
    held = [r for r in brief.results.units if any(limit.binds for limit in r.limits)]
    parts = halves(rows, ROWS)
    for number, part in enumerate(parts, 1):
        yield Page(
            paged("limits", number), _topic("等次限制和情形", number, len(parts)), _message(brief, held, rows),
            tuple(dict.fromkeys(row[3] for row in part)),
            grid=Grid(("考核对象", "情形", "影响", "依据"), _printed(part), left=3), notes=_notes(brief, part),
        )  # fmt: skip


def _topic(text: str, number: int, pages: int) -> str:
    return f"{text}（{number}/{pages}）" if pages > 1 else text


def _message(brief: Brief, held: list[UnitResult], rows: list[Row]) -> str:
    if len(held) == 1 and held[0].score_grade and held[0].grade:
        one = held[0]
        return f"{brief.count(1)}受等次限制：按分数为“{one.score_grade}”，测算等次为“{one.grade}”"
    if held:
        return f"{brief.count(len(held))}受等次限制，得分不变，等次从严"
    units = len({row[0] for row in rows})
    return f"{brief.count(units)}有影响结果的情形{len(rows)}项，没有等次受限制"


def _rows(brief: Brief, result: UnitResult) -> Iterator[Row]:
    """What took effect; a limit under which the grade lies anyhow is told in the notes of its unit alone."""
    scheme, name = brief.scheme, brief.called(result.unit)
    names = {rule.id: scheme.fact(rule.fact).name for rule in (*scheme.bonuses, *scheme.deductions)}
    for limit in result.limits:
        if limit.binds or not result.score_grade:
            yield name, _why(brief, result, limit), f"最高为“{limit.best}”", limit.cite
    for floor in result.floors:
        if floor.binds:
            state = "" if floor.confirmed else "，不采用" if floor.declined else "，待认定"
            yield name, _why(brief, result, floor), f"不低于“{floor.worst}”{state}", floor.cite
    for bonus in result.bonuses:
        yield name, f"{names.get(bonus.id, bonus.text)}（{bonus.told}）", f"加{exact.shown(bonus.points)}分", bonus.cite
    for taken in result.deductions:
        yield name, f"{names.get(taken.id, taken.text)}（{taken.told}）", f"扣{exact.shown(taken.points)}分", taken.cite
    for fact in result.facts:
        if not fact.confirmed:
            yield name, kind_and_value(scheme, fact), "待第二人核对，未计入", scheme.fact(fact.fact).basis


def _why(brief: Brief, result: UnitResult, rule: AppliedLimit | AppliedFloor) -> str:
    """A rule's 情形 in a word, or the categories that it goes by: "大项“资金支持”为“一般”"."""
    return (
        kind_and_value(brief.scheme, rule.fact)
        if rule.fact
        else limit_reason(brief.scheme, result, rule).removeprefix("因")
    )


def kind_and_value(scheme: Scheme, fact: Fact) -> str:
    """A 情形 by its kind, and its value where that says more than that it happened: "班子成员受政务处分：记过"."""
    kind, name = scheme.fact(fact.fact).name, fact_name(scheme, fact)
    return name if name.startswith(kind) else f"{kind}：{name}"


def _printed(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows with their basis in short: the page's foot has it whole."""
    return tuple((unit, why, effect, in_short(basis)) for unit, why, effect, basis in rows)


def _notes(brief: Brief, rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(f"{unit}：{why}，{effect}（{cite}）。" for unit, why, effect, cite in rows)


def _judged(brief: Brief) -> Iterator[Page]:
    scheme = brief.scheme
    found = [one for one in in_order(scheme, brief.listed(brief.results.units)) if one.problems or one.waiting]
    rows: list[Row] = []
    for one in found:
        name = brief.called(one.result.unit)
        told = [fact for fact in (*one.problems, *one.aggravating) if happened(scheme, fact)]
        follows = "、".join(f"拟{each.outcome.action}" for each in one.follows[:1]) or "—"
        if told:
            text = "、".join(fact_name(scheme, fact) for fact in told)
            rows.append((name, text, follows, "、".join(dict.fromkeys(scheme.fact(f.fact).basis for f in told))))
        if one.waiting:
            text = "、".join(fact_name(scheme, fact) for fact in one.waiting)
            basis = "、".join(dict.fromkeys(scheme.fact(f.fact).basis for f in one.waiting))
            rows.append((name, text, "待第二人核对", basis))
    if not rows:
        return
    problems = sum(bool(one.problems) for one in found)
    waiting = sum(bool(one.waiting) for one in found)
    message = f"{brief.count(problems)}有问题情形" + (f"，{waiting}{scheme.words.measure}待核对" if waiting else "")
    parts = halves(rows, ROWS)
    for number, part in enumerate(parts, 1):
        yield Page(
            paged("limits", number), _topic("问题情形", number, len(parts)), message,
            tuple(dict.fromkeys(row[3] for row in part)),
            grid=Grid(("考核对象", "问题情形", "最重的拟处理", "依据"), _printed(part), left=3), notes=_notes(brief, part),
        )  # fmt: skip
