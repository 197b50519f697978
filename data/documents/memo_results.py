"""What the memo tells of results: tables of places, scores and grades side by side, and a sentence for every other grade."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from data.documents.compared_units import in_order, label, labels
from data.scenarios import Column, Compared
from scoring import exact
from scoring.causes import causes, moves
from scoring.explain import score_text
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.standing import MISSING, word

BESIDE = 2
"""Scenarios set beside the base in one table; more have tables of their own."""
UP, DOWN = "↑", "↓"
Rows = list[tuple[str, ...]]


def result_tables(compared: Compared) -> Iterator[tuple[str, Rows, tuple[float, ...]]]:
    """(caption, rows with two heads, widths in mm): the base and two scenarios at a time, rows by place in the base."""
    others = list(range(1, len(compared.columns)))
    parts = [others[first : first + BESIDE] for first in range(0, len(others), BESIDE)] or [[]]
    for number, part in enumerate(parts, 1):
        shown = [0, *part]
        caption = "各情景测算结果" + (f"（表{number}）" if len(parts) > 1 else "")
        yield caption, _rows(compared, shown), _widths(compared, len(shown))


def _rows(compared: Compared, shown: Sequence[int]) -> Rows:
    unit, names = compared.base.scheme.words.unit, labels(compared)
    heads = ["位次", "得分", "等次"] if _places(compared) else ["得分", "等次"]
    above = [f"{label(number)}：{names[label(number)]}" for number in shown]
    rows: Rows = [(unit, *(text for text in above for _ in heads)), (unit, *(heads * len(shown)))]
    for member in in_order(compared):
        cells = [cell for number in shown for cell in _cells(compared, member, number)]
        rows.append((compared.names[member], *cells))
    return rows


def _short(scheme: Scheme, score: Fraction) -> str:
    """A score that fits its column: one that is not rounded is cut, and marked as cut."""
    return exact.shown(score, 2) if scheme.places is None else score_text(scheme, score)


def _places(compared: Compared) -> bool:
    return compared.base.scheme.rank.shown != "none"


def _widths(compared: Compared, count: int) -> tuple[float, ...]:
    each = (13.5, 16.5, 14.0) if _places(compared) else (22.0, 22.0)
    return (156 - sum(each) * count if count > 2 else 36, *(each * count))


def _cells(compared: Compared, unit: str, number: int) -> list[str]:
    """Place, score and grade, each place and grade with its mark where it differs from the base."""
    column = compared.columns[number]
    result, base = column.results.of(unit), compared.base.results.of(unit)
    score = MISSING if result.score is None else _short(column.scheme, result.score)
    grade = word(result) + (f" {way}" if (way := grade_way(column, base, result)) else "")
    place = "" if result.rank is None else str(result.rank)
    if number and result.rank and base.rank and result.rank != base.rank:
        place += f" {UP if result.rank < base.rank else DOWN}{abs(result.rank - base.rank)}"
    return [place, score, grade] if _places(compared) else [score, grade]


def grade_way(column: Column, base: UnitResult, result: UnitResult) -> str:
    """↑ or ↓ where both have a grade and they differ."""
    if base.grade is None or result.grade is None or base.grade == result.grade:
        return ""
    return DOWN if column.scheme.worse_than(result.grade, base.grade) else UP


def limit_lines(compared: Compared) -> Iterator[str]:
    """Whose grade a limit holds down in the base, and by which clause."""
    told = []
    for unit in in_order(compared):
        result = compared.base.results.of(unit)
        held = [limit for limit in result.limits if limit.binds]
        if held and result.score_grade:
            cites = "、".join(dict.fromkeys(limit.cite for limit in held))
            told.append(f"{compared.names[unit]}按分数为“{result.score_grade}”，按{cites}为“{result.grade}”")
    if told:
        yield f"等次限制在各情景中一并适用。基准中等次低于按分数所得的：{'；'.join(told)}。"


def grade_lines(compared: Compared) -> Iterator[tuple[str, list[str]]]:
    """(heading, sentences) for each scenario: a sentence a unit whose grade differs, or that none does."""
    for number, column in enumerate(compared.columns[1:], 1):
        why = _causes(compared, column)
        changed = [unit for unit in in_order(compared) if _differs(compared, column, unit)]
        lines = [_sentence(compared, column, unit, why.get(unit, "")) for unit in changed]
        moved = sum(column.results.of(unit).rank != compared.base.results.of(unit).rank for unit in in_order(compared))
        words = column.scheme.words
        places = f"{moved}{words.measure}位次有变动" if moved else "位次也没有变动"
        heading = f"{label(number)}：{labels(compared)[label(number)]}"
        if not changed:
            yield heading, [f"各{words.units}的等次均与基准相同，{places}。"]
        else:
            yield heading, [f"{len(changed)}{words.measure}{words.units}的等次与基准不同，{places}。", *lines]


def _differs(compared: Compared, column: Column, unit: str) -> bool:
    return column.results.of(unit).grade != compared.base.results.of(unit).grade


def _sentence(compared: Compared, column: Column, unit: str, why: str) -> str:
    was, now = compared.base.results.of(unit), column.results.of(unit)
    before, after = _score(compared.base, was), _score(column, now)
    points = f"得分{after}不变" if before == after else f"得分由{before}变为{after}"
    way = {UP: "升为", DOWN: "降为"}.get(grade_way(column, was, now), "变为")
    return f"{compared.names[unit]}：{points}，等次由“{word(was)}”{way}“{word(now)}”{'，' + why if why else ''}。"


def _score(column: Column, result: UnitResult) -> str:
    return MISSING if result.score is None else f"{score_text(column.scheme, result.score)}分"


def _causes(compared: Compared, column: Column) -> dict[str, str]:
    """Why each grade differs; known only where the base is what the scenarios are told against."""
    if compared.base.scheme != compared.state.scheme:
        return {}
    own, chosen = compared.state.own, compared.chosen
    found = moves(column.scenario, own, chosen)
    score = lambda scenario: compared.state.assess_with(scenario.scheme(own, chosen))  # noqa: E731
    return causes(compared.base.results, column.results, found, score)
