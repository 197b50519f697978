"""What the memo tells of firmness (等次稳定性): for each scenario how far weights may move, and whose grade is softest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from data.documents.compared_units import label
from data.scenarios import Column, Compared
from scoring.exact import fixed
from scoring.firmness.grade import Firmness, firmness
from scoring.firmness.headline import FULL
from scoring.firmness.weightings import Radius
from scoring.trial import WEIGHTS, Level, levels

SOFTEST = 3
"""So many of the softest are named."""


def firmness_lines(compared: Compared) -> Iterator[str]:
    """One paragraph a scenario. The radius is rounded down, so that what is said holds."""
    for number, column in enumerate(compared.columns):
        yield f"{label(number)}：{_told(compared, column)}"


def _told(compared: Compared, column: Column) -> str:
    level = _level(compared, column)
    if level is None:
        return "没有可以重新分配的权重，不计算等次稳定性。"
    results = [column.results.of(unit) for unit in compared.names if unit in _units(column, compared.group)]
    known = {r.unit: firm for r in results if (firm := firmness(column.scheme, r, level)) is not None}
    if not known:
        return "尚无得分、没有等次线，或得分不随权重按比例变动，不计算等次稳定性。"
    return _firm(compared, column, level, known) + _rest(column, len(results) - len(known))


def _units(column: Column, group: str) -> frozenset[str]:
    return frozenset(result.unit for result in column.results.group(group))


def _level(compared: Compared, column: Column) -> Level | None:
    """The weights of 考核方式, or where there is only one, those of categories or items."""
    known = levels(column.scheme, compared.group)
    found = (known.get(name) for name in (WEIGHTS, *known))
    return next((level for level in found if level is not None and level.mode == "weights"), None)


def _firm(compared: Compared, column: Column, level: Level, known: Mapping[str, Firmness]) -> str:
    """Among those of which a re-weighting could change the grade, the smallest radius and whose it is."""
    radii = sorted(
        ((firm.radius, compared.names[unit]) for unit, firm in known.items() if firm.radius is not None),
        key=lambda pair: (pair[0].value, pair[0].closed, pair[1]),
    )
    words = column.scheme.words
    if not radii:
        return f"无论{level.name}权重怎样调整，能计算的{len(known)}{words.measure}{words.units}等次都不变。"
    least = radii[0][0].within
    first = (
        f"{level.name}权重稍有变动，就可能有等次改变"
        if least is None
        else f"{level.name}权重同时变动{_radius(radii[0][0])}以内，各{words.units}等次都不变"
    )
    softest = "、".join(f"{name}（{_radius(radius)}）" for radius, name in radii[:SOFTEST])
    return f"{first}。等次最不稳定的依次为{softest}。"


def _radius(radius: Radius) -> str:
    """±6.2%; less than a tenth has no number that holds."""
    within = radius.within
    return "不足±0.1%" if within is None else f"±{fixed(min(within, FULL), 1)}%"


def _rest(column: Column, count: int) -> str:
    words = column.scheme.words
    return f"另有{count}{words.measure}{words.units}不能按此计算，未列入。" if count else ""
