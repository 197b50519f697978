"""Units × schemes: place, score and grade under each, with what differs from the base; and one line a scheme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import streamlit as st

from components.grades import Palette, chip, palette, shape
from components.tables import NO_BREAK, bold, cell, table
from data.scenarios import Column, Compared
from scoring import exact
from scoring.explain import score_text
from scoring.firmness.headline import Headline
from scoring.moved import moved
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.standing import MISSING, draws_lines, gives_places

LINE = "  \n"
SORT = "compare-sort"
_JOINER = "\u2060"
"""Invisible: no line ends within a word that is joined by it."""
NARROW = 560
"""Pixels below which a table has room for no more than two schemes."""
_PLACE, _MOVE, _SCORE = "place", "move", "score"


def graded(found: Compared) -> bool:
    """Whether any of the schemes gives grades."""
    return any(draws_lines(column.scheme) for column in found.columns)


def placed(found: Compared) -> bool:
    """Whether any of the schemes gives places."""
    return any(gives_places(column.scheme) for column in found.columns)


def headline(found: Compared) -> str:
    """How many grades and places differ from the base, scheme by scheme, in one line."""
    base, noun = found.base, found.state.scheme.words
    if len(found.columns) == 1:
        return f"{base.name}：{len(found.names)}{noun.measure}{noun.units}"
    told = [f"“{column.name}”{_counted(found, column)}" for column in found.columns[1:]]
    return f"与“{base.name}”相比，{'；'.join(told)}。"


def _counted(found: Compared, column: Column) -> str:
    differ, measure = moved(found.base.results, column.results, found.names), found.state.scheme.words.measure
    told = [f"{differ.grades}{measure}改变等次"] if differ.grades else []
    told += [f"{differ.places}{measure}位次变化"] if differ.places else []
    if told:
        return "，".join(told)
    return f"等次、位次均不变，{differ.scores}{measure}得分有变" if differ.scores else "得分、等次、位次均不变"


def summary(found: Compared, firmness: Mapping[str, Headline | None], *, narrow: bool = False) -> None:
    """One row a scheme: how many have each grade, how much differs from the base, and how firm it all is."""
    rows = [_summary(found, column, firmness[column.key]) for column in found.columns]
    grades = {grade for column in found.columns for grade in (*column.scheme.grades, MISSING)}
    table([_shortened(row, grades) for row in rows] if narrow else rows, "各方案概况")
    if any(firmness.values()):
        way = found.state.scheme.words.component
        st.caption(
            f"最小安全半径：各{way}权重同时变动不超过此幅度，全部等次不变；不稳：权重变动±5个百分点以内，等次可能改变。"
            "二者均精确计算（口径，原文未规定）。"
        )


def _summary(found: Compared, column: Column, firm: Headline | None) -> dict[str, str]:
    results = [column.results.of(unit) for unit in found.names]
    was = [found.base.results.of(unit) for unit in found.names]
    row = {"方案": bold(column.name)}
    if graded(found):
        row |= _grades(column.scheme.grades, results, was, column is found.base)
    missing = sum(result.score is None for result in results)
    if missing:
        row[MISSING] = str(missing)
    if column is found.base:
        row |= _changes(found, "比较基准", "")
    else:
        differ = moved(found.base.results, column.results, found.names)
        row |= _changes(found, _bold(differ.grades), _bold(differ.places))
        row |= {} if graded(found) else {"得分变化": _bold(differ.scores)}
    if firm is not None:
        whose = f"（{cell(found.names[firm.unit])}）" if firm.unit in found.names else ""
        row |= {"最小安全半径": f"{cell(firm.words)}{whose}", "不稳": str(len(firm.soft))}
    return row


def _shortened(row: Mapping[str, str], grades: Collection[str]) -> dict[str, str]:
    """The same in two columns, for a phone: the grades in one line, then a line each."""
    (head, name), *rest = row.items()
    counts = "　".join(f"{_JOINER.join(key)}{NO_BREAK}{value}" for key, value in rest if key in grades)
    others = [f"{key}　{value}" for key, value in rest if value and key not in grades]
    return {head: name, "概况": LINE.join([*([counts] if counts else []), *others])}


def _changes(found: Compared, grades: str, places: str) -> dict[str, str]:
    told = {"等次变化": grades} if graded(found) else {}
    return told | ({"位次变化": places or ("" if told else grades)} if placed(found) else {})


def _bold(number: int) -> str:
    return f"**{number}**" if number else "0"


def _grades(
    grades: Sequence[str], results: Sequence[UnitResult], was: Sequence[UnitResult], base: bool
) -> dict[str, str]:
    """How many have each grade, with the difference from the base."""
    now, before = Counter(r.grade for r in results), Counter(r.grade for r in was)
    return {
        grade: str(now[grade]) + ("" if base or now[grade] == before[grade] else f"（{now[grade] - before[grade]:+d}）")
        for grade in grades
    }


def units(found: Compared, *, narrow: bool = False) -> None:
    """Every unit under every scheme, in the order that the viewer chooses; on a phone a table for each scheme."""
    options = _orders(found)
    if st.session_state.get(SORT) not in options:
        st.session_state[SORT] = next(iter(options))
    st.selectbox("排序", list(options), format_func=lambda key: options[key][0], key=SORT, width=330)
    order = sorted(found.names, key=options[str(st.session_state[SORT])][1])
    apart = [replace(found, columns=(found.base, column)) for column in found.columns[1:]]
    with st.container(key="compare-units"):
        for part in apart if narrow and apart else [found]:
            table([_row(part, unit, palette()) for unit in order], "各考核对象在各方案下的等次、得分和位次")
    st.caption(f"括号内为与“{cell(found.base.name)}”相比的变化；等次有变的带底色，并注明升降。")


def _orders(found: Compared) -> dict[str, tuple[str, Callable[[str], tuple]]]:
    """Ways to sort: the place or score under each scheme, and how much the score moved from the base."""
    made: dict[str, tuple[str, Callable[[str], tuple]]] = {"base": ("比较基准：由高到低", _by_place(found.base))}
    for column in found.columns:
        made[f"{_PLACE}-{column.key}"] = (f"{column.name}：由高到低", _by_place(column))
    for column in found.columns[1:]:
        made[f"{_MOVE}-{column.key}"] = (f"{column.name}：变动大的在前", _by_move(found.base, column))
    return made


def _by_place(column: Column) -> Callable[[str], tuple]:
    def key(unit: str) -> tuple:
        result = column.results.of(unit)
        return result.rank is None, result.rank or 0, result.score is None, -(result.score or 0)

    return key


def _by_move(base: Column, column: Column) -> Callable[[str], tuple]:
    """Changed grades first, then the larger move of the score."""

    def key(unit: str) -> tuple:
        was, now = base.results.of(unit), column.results.of(unit)
        unknown = was.score is None or now.score is None
        size = abs(now.score - was.score) if was.score is not None and now.score is not None else 0
        return was.grade == now.grade, unknown, -size

    return key


def _row(found: Compared, unit: str, colours: Palette) -> dict[str, str]:
    was = found.base.results.of(unit)
    row = {found.state.scheme.words.unit: bold(found.names[unit])}
    for column in found.columns:
        now = column.results.of(unit)
        alone = column is found.base
        told = _whole(column.scheme, now, colours) if alone else _against(found, column, was, now, colours)
        row[cell(column.name)] = LINE.join(filter(None, told))
    return row


def _whole(scheme: Scheme, now: UnitResult, colours: Palette) -> list[str]:
    """A result by itself: grade, then score and place."""
    return [*_grade(scheme, now, colours), _numbers(_score(scheme, now), _place(now))]


def _grade(scheme: Scheme, now: UnitResult, colours: Palette) -> list[str]:
    if now.grade:
        return [f"{shape(scheme.grades, now.grade, colours)}{NO_BREAK}{now.grade}"]
    return [MISSING] if now.score is None else []


def _against(found: Compared, column: Column, was: UnitResult, now: UnitResult, colours: Palette) -> list[str]:
    """A result with what differs from the base; a changed grade on its colour with the word for the way it went."""
    scheme = column.scheme
    numbers = _numbers(_score(scheme, now) + _moved(was, now), _place(now) + _climbed(was, now))
    if now.grade == was.grade or not now.grade:
        return [*_grade(scheme, now, colours), numbers]
    way = _way(found.base.scheme, scheme, was.grade, now.grade)
    return [f"{chip(scheme.grades, now.grade, colours)}{NO_BREAK}**\u2060{way}\u2060**", numbers]


def _way(before: Scheme, after: Scheme, was: str | None, now: str) -> str:
    if was is None:
        return "新有等次"
    if before.grades != after.grades:
        return f"原{was}"
    return "↑升" if after.grades.index(now) < before.grades.index(was) else "↓降"


def _numbers(*told: str) -> str:
    return "　".join(part for part in told if part)


def _score(scheme: Scheme, result: UnitResult) -> str:
    return "" if result.score is None else score_text(scheme, result.score)


def _place(result: UnitResult) -> str:
    return "" if result.rank is None else f"第{_JOINER}{result.rank}{_JOINER}位"


def _moved(was: UnitResult, now: UnitResult) -> str:
    if was.score is None or now.score is None or was.score == now.score:
        return ""
    return f"（{cell(exact.signed(now.score - was.score, 2))}）"


def _climbed(was: UnitResult, now: UnitResult) -> str:
    if was.rank is None or now.rank is None or was.rank == now.rank:
        return ""
    return f"（{'↑' if now.rank < was.rank else '↓'}{abs(now.rank - was.rank)}）"
