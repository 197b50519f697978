"""位次 and 等次地图: where the units of each group stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from data.briefing.brief import ROWS, Brief, halves, paged
from data.briefing.counts import decided_basis, score_span, tally_text
from data.briefing.model import Bar, Chart, Figure, Page
from scoring.elements import Group
from scoring.results import UnitResult
from scoring.standing import gives_places


def ranking(brief: Brief) -> Iterator[Page]:
    """One chart page for every fifteen units of a group, best first; units without a score stand at its end."""
    number = 0
    if brief.scheme.judged:
        return
    for group in brief.scheme.groups:
        units = brief.ranked(brief.results.group(group.id))
        if not any(result.score is not None for result in units):
            continue
        parts = halves(units, ROWS)
        for at, part in enumerate(parts, 1):
            number += 1
            yield _page(brief, group, paged("ranking", number), part, (at, len(parts)))


def _page(brief: Brief, group: Group, key: str, units: Sequence[UnitResult], part: tuple[int, int]) -> Page:
    several = len([one for one in brief.scheme.groups if brief.results.group(one.id)]) > 1
    topic = "位次" if gives_places(brief.scheme) else "得分"
    topic += f"·{group.name}" if several else ""
    topic += f"（{part[0]}/{part[1]}）" if part[1] > 1 else ""
    scheme, places = brief.scheme, gives_places(brief.scheme)
    provisional = "，位次为暂列" if places and brief.results.provisional(brief.results.group(group.id)) else ""
    span = f"{group.name}：{score_span(brief, units)}" if several else score_span(brief, units, scheme.words.units)
    message = f"{span}{provisional}"
    lines = [(band.grade, band.min) for band in scheme.bands.items if band.min] if scheme.bands else []
    high = max([scheme.base, *(r.score for r in units if r.score is not None)])
    chart = Chart(
        "ranked", ("综合得分",), tuple(_bar(brief, result) for result in units), lines=tuple(lines), high=high
    )
    cites = tuple(dict.fromkeys((*decided_basis(brief), *([scheme.rank.basis] if places else []))))
    return Page(
        key, topic, message, cites, chart=chart, notes=_notes(brief, units, cites), reveals=len(units) > 1
    )  # fmt: skip


def _bar(brief: Brief, result: UnitResult) -> Bar:
    return Bar(
        brief.key(result.unit), brief.called(result.unit), (result.score,), (brief.score(result),),
        brief.grade(result), _note(brief, result),
    )  # fmt: skip


def _note(brief: Brief, result: UnitResult) -> str:
    """What stands beside a bar: its place, and what holds its grade."""
    rank = brief.rank(result)
    told = [f"第{rank}位"] if rank is not None else []
    given = brief.grade(result)
    if given and result.grade and given != result.grade:
        told.append(f"测算“{result.grade}”")
    elif any(limit.binds for limit in result.limits):
        told.append("受限制")
    elif result.recommended:
        told.append("待认定")
    return "，".join(told)


def _notes(brief: Brief, units: Sequence[UnitResult], cites: Sequence[str]) -> tuple[str, ...]:
    told = []
    shared = Counter(rank for result in units if (rank := brief.rank(result)) is not None)
    for result in units:
        rank = brief.rank(result)
        place = f"{'并列' if shared[rank] > 1 else ''}第{rank}位" if rank is not None else ""
        score = f"{brief.score(result)}分" if result.score is not None else "暂缺"
        parts = [place, score, brief.grade(result) or ""]
        told.append(f"{brief.called(result.unit)}：{'，'.join(part for part in parts if part)}。")
    told += [
        _held(brief, result) for result in units if result.score_grade and any(each.binds for each in result.limits)
    ]
    return (*told, f"依据：{'、'.join(cites)}。")


def _held(brief: Brief, result: UnitResult) -> str:
    cites = "、".join(limit.cite for limit in result.limits if limit.binds)
    held = f"因受{cites}限制，测算等次为“{result.grade}”，得分不变"
    return f"{brief.called(result.unit)}按分数为“{result.score_grade}”，{held}。"


def grade_map(brief: Brief) -> Iterator[Page]:
    """Grades on the map, with their counts. While a unit's name is hidden there is no map: its shape would tell who it is."""
    units = [result for result in brief.results.units if result.region]
    if brief.hidden or len(units) < 2 or not any(brief.grade(result) for result in units):
        return
    tally = brief.tally(units)
    measure = brief.scheme.words.measure
    figures = tuple(
        Figure(str(number), measure, word, word if word in brief.scheme.grades else None)
        for word, number in tally.items()
        if number
    )
    yield Page(
        "map", "等次地图", f"等次分布：{tally_text(brief, units)}", decided_basis(brief), figures, map=True,
        notes=("示意图，边界不作为划界依据。", f"依据：{'、'.join(decided_basis(brief))}。"),
    )  # fmt: skip
