"""What the memo tells of firmness (等次稳定性): for each scenario how far weights may move, and whose grades are softest."""

from __future__ import annotations

from collections.abc import Mapping

from data.documents.compared_units import in_order, label
from data.scenarios import Column, Compared
from scoring.firmness.grade import Firmness, firmness
from scoring.firmness.radius_words import radius_short
from scoring.trial import WEIGHTS, Level, levels

SOFTEST = 3
"""So many of the softest are named."""
HEADS = ("情景", "权重", "整体安全半径", "等次最不稳定的（各自安全半径）", "现有权重按比例怎样调整等次都不变的", "不能计算的")
WIDTHS = (16, 22, 24, 52, 24, 18)
UNKNOWN = "—"


def firmness_rows(compared: Compared) -> list[tuple[str, ...]]:
    """The heads, and a row a scenario. Radii are rounded down, so that what is said holds."""
    return [HEADS, *((label(n), *_row(compared, column)) for n, column in enumerate(compared.columns))]


def _row(compared: Compared, column: Column) -> tuple[str, ...]:
    level = _level(compared, column)
    found = [column.results.of(unit) for unit in in_order(compared)]
    if level is None:
        return UNKNOWN, UNKNOWN, "没有可以重新分配的权重", UNKNOWN, _count(column, len(found))
    known = {result.unit: firm for result in found if (firm := firmness(column.scheme, result, level)) is not None}
    if not known:
        return (
            level.name,
            UNKNOWN,
            "尚无得分、没有等次线，或得分不随权重按比例变动",
            UNKNOWN,
            _count(column, len(found)),
        )
    return level.name, *_radii(compared, column, known), _count(column, len(found) - len(known))


def _level(compared: Compared, column: Column) -> Level | None:
    """The weights of 考核方式, or where there is only one, those of categories or items."""
    known = levels(column.scheme, compared.group)
    found = (known.get(name) for name in (WEIGHTS, *known))
    return next((level for level in found if level is not None and level.mode == "weights"), None)


def _radii(compared: Compared, column: Column, known: Mapping[str, Firmness]) -> tuple[str, str, str]:
    """The smallest radius, the softest units, and how many no re-weighting moves."""
    radii = sorted(
        ((firm.radius, compared.names[unit]) for unit, firm in known.items() if firm.radius is not None),
        key=lambda pair: (pair[0].value, pair[0].closed, pair[1]),
    )
    softest = "、".join(f"{name}（{radius_short(radius)}）" for radius, name in radii[:SOFTEST])
    least = radius_short(radii[0][0] if radii else None)
    return least, softest or UNKNOWN, _count(column, len(known) - len(radii))


def _count(column: Column, count: int) -> str:
    return f"{count}{column.scheme.words.measure}" if count else UNKNOWN
