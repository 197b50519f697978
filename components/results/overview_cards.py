"""The cards of 总览: how many have each grade, or between which scores a group lies, or what follows under judgement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from components import cards as figures
from components import grades
from components.text import escape
from data.state import State
from scoring.explain import score_text, told_consequences
from scoring.judged import in_order, ladder
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.standing import MISSING, draws_lines
from scoring.waits import lacks_in_short


def cards(state: State, group: str) -> None:
    """The cards of one group; two a row on a phone."""
    units = state.results.group(group)
    if state.scheme.judged:
        _judged(state)
    elif draws_lines(state.scheme):
        _graded(state, units)
    else:
        _scored(state, units)


def _graded(state: State, units: Sequence[UnitResult]) -> None:
    """How many units have each grade, and what follows for them."""
    scheme, colors = state.scheme, grades.palette()
    missing = [result for result in units if result.score is None]
    with figures.cards(len(scheme.grades) + 1):
        for grade in scheme.grades:
            having = [result for result in units if result.grade == grade]
            _card(state, grades.chip(scheme.grades, grade, colors), len(having), _what_follows(scheme, having))
        _card(state, MISSING, len(missing), _what_lacks(scheme, missing))


def _scored(state: State, units: Sequence[UnitResult]) -> None:
    """Without lines: how many have a score, the highest and the middle one, and how many have none yet."""
    scored = sorted((r for r in units if r.score is not None), key=lambda r: r.score or Fraction(0))
    missing = [result for result in units if result.score is None]
    with figures.cards(4):
        _card(state, "已出得分", len(scored), "等次由评议确定")
        figures.card("最高得分", _shown(state.scheme, scored[-1:]), "、".join(_best(scored)))
        figures.card("得分中位数", _shown(state.scheme, _middle(scored)), _span(state.scheme, scored))
        _card(state, MISSING, len(missing), _what_lacks(state.scheme, missing))


def _middle(scored: Sequence[UnitResult]) -> Sequence[UnitResult]:
    """The unit in the middle, or the two of them."""
    half = len(scored) // 2
    return scored[half : half + 1] if len(scored) % 2 else scored[max(half - 1, 0) : half + 1]


def _shown(scheme: Scheme, units: Sequence[UnitResult]) -> str:
    scores = [result.score for result in units if result.score is not None]
    return score_text(scheme, sum(scores, Fraction(0)) / len(scores)) if scores else MISSING


def _best(scored: Sequence[UnitResult]) -> list[str]:
    """Who has the highest score, two of them at most by name."""
    names = [escape(result.unit) for result in scored if result.score == scored[-1].score]
    return names if len(names) <= 2 else [f"{len(names)}个并列"]


def _span(scheme: Scheme, scored: Sequence[UnitResult]) -> str:
    if len(scored) < 2:
        return ""
    low, high = (score_text(scheme, each.score or Fraction(0)) for each in (scored[0], scored[-1]))
    return f"{low}至{high}"


def _judged(state: State) -> None:
    """Who has a problem, then every consequence from the gravest down, then praise."""
    units = in_order(state.scheme, state.results.units)
    waiting = sum(bool(one.waiting) for one in units)
    rungs = ladder(state.results)
    with figures.cards(1 + len(rungs)):
        note = f"另有{waiting}{state.scheme.words.measure}待核对" if waiting else ""
        _card(state, "有问题情形", sum(bool(one.problems) for one in units), note)
        for outcome, concerned in rungs:
            _card(state, f"拟{escape(outcome.action)}", len(concerned), escape(outcome.basis))


def _card(state: State, label: str, count: int, note: str) -> None:
    figures.card(label, f"{count} {state.scheme.words.measure}", note)


def _what_follows(scheme: Scheme, units: Sequence[UnitResult]) -> str:
    """What is to be done for the units of one grade: "拟表扬", "拟谈话提醒1个", "1个受限制", "1个建议较好"."""
    measure = scheme.words.measure
    actions = Counter(c.outcome.action for result in units for c in told_consequences(scheme, result))
    listed = dict.fromkeys(outcome.action for outcome in scheme.outcomes if outcome.action in actions)
    told = [f"拟{a}" + (f"{actions[a]}{measure}" if actions[a] < len(units) else "") for a in listed]
    if limited := sum(any(limit.binds for limit in result.limits) for result in units):
        told.append(f"{limited}{measure}受限制")
    recommended = Counter(result.recommended for result in units if result.recommended)
    told += [f"{count}{measure}建议“{grade}”待认定" for grade, count in recommended.items()]
    return "，".join(told)


def _what_lacks(scheme: Scheme, units: Sequence[UnitResult]) -> str:
    if units and all(scheme.inheritance(result.group) for result in units):
        return "所帮扶单位尚无得分"
    return escape(lacks_in_short(scheme, units))
