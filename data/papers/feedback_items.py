"""反馈单, second part: every item with its marks, the strong and the weak ones, and where assessors are far apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from data.papers.desk import Desk
from data.papers.paper import Block, Table, Text
from data.papers.words import READING, cites, quoted
from scoring import exact, profile
from scoring.elements import Indicator
from scoring.profile import Item
from scoring.results import ComponentResult, Step, UnitResult

_NONE = "—"
_NUMBER, _PART, _SHARE = 11, 21, 19
"""Widths of columns in mm; the item's name takes the rest of 156, or of 225 across."""
_TOLD = 5


def item_blocks(desk: Desk, result: UnitResult) -> Iterator[Block]:
    """The table of items and what it shows; nothing where no sheet was marked item by item."""
    parts = [part for part in result.components.values() if part.counted and part.rows]
    rows = [row for row in profile.unit_rows(desk.scheme, result) if row.role == "base"]
    if not parts or not rows:
        return
    found = profile.items(desk.scheme, result)
    yield _table(desk, result, parts, rows, found)
    grounds = _grounds(rows)
    totals = [p for p in result.components.values() if p.counted and p.exact is not None and not p.rows]
    if totals:
        direct = (*cites(*(desk.scheme.component(part.id) for part in totals)), READING)
        yield Text(f"{'、'.join(part.name for part in totals)}直接给出总分，不分指标。", direct)
    yield from _ends(desk, found, grounds)
    for note in (note for part in parts for row in part.rows.values() for note in row.notes if _telling(note)):
        yield Text(f"{note.what}。", cites(note.cite) or (READING,))


def _telling(note: Step) -> bool:
    """Whether a note tells of a floor or of a deduction ("第12项：…"), not only of how a value was read ("第12项为93")."""
    return "项：" in note.what.split("，")[0]


def _grounds(rows: Sequence[Indicator]) -> tuple[str, ...]:
    return cites(*("、".join(row.cite) for row in rows)) or (READING,)


def _table(
    desk: Desk, result: UnitResult, parts: Sequence[ComponentResult], rows: Sequence[Indicator], found: Sequence[Item]
) -> Table:
    adds, means = desk.scheme.combine == "add", desk.item_means(result.group)
    by_no = {item.no: item for item in found}
    heads = ["序号", desk.scheme.words.indicator, *(part.name for part in parts)]
    heads += ["满分", "得分"] if adds else []
    heads += ["得分率", *(["本组平均得分率"] if means else [])]
    lines = []
    for row in rows:
        line = [str(row.no), row.name, *(_mark(part, row, adds) for part in parts)]
        line += _sums(parts, row) if adds else []
        lines.append((*line, _rate(by_no[row.no].points), *([_rate(means.get(row.no))] if means else [])))
    shares = [_PART] * len(parts) + [_SHARE] * (len(heads) - 2 - len(parts))
    across = 156 - _NUMBER - sum(shares) < 40
    widths = (_NUMBER, (225 if across else 156) - _NUMBER - sum(shares), *shares)
    return Table("各项指标得分", (tuple(heads),), tuple(lines), widths, left=2, across=across)


def _mark(part: ComponentResult, row: Indicator, adds: bool) -> str:
    """A mark as the sheet has it: "好（95）", "4.5"; why it does not count yet; — where the component does not mark it."""
    found = part.rows.get(row.no)
    if found is None:
        return _NONE
    if found.open:
        return found.waits or "待定"
    if found.points is None:
        return "不适用"
    full = row.full.get(part.id) if adds else None
    points = exact.shown(found.points if full is None else found.points * full / 100, 2)
    return f"{found.grade}（{points}）" if found.grade else points


def _sums(parts: Sequence[ComponentResult], row: Indicator) -> list[str]:
    """Full marks and what was earned of them, over the components that mark the item."""
    known = [(part.rows[row.no].points, row.full.get(part.id)) for part in parts if row.no in part.rows]
    pairs = [(points, full) for points, full in known if points is not None and full is not None]
    if not pairs:
        return [_NONE, _NONE]
    earned = sum((points * full / 100 for points, full in pairs), Fraction(0))
    return [exact.plain(sum((full for _, full in pairs), Fraction(0))), exact.shown(earned, 2)]


def _rate(points: Fraction | None) -> str:
    return _NONE if points is None else f"{exact.fixed(points)}%"


def _ends(desk: Desk, found: Sequence[Item], grounds: tuple[str, ...]) -> Iterator[Text]:
    strong, weak = profile.strongest(found), profile.weakest(found)
    if strong:
        yield Text(f"得分率较高的指标：{_named(strong)}。", grounds)
    if weak:
        yield Text(f"得分率较低的指标：{_named(weak)}。", grounds)
    if apart := profile.differences(desk.scheme, found):
        told = "；".join(_apart(desk, item) for item in apart[:_TOLD])
        more = f"；另有{len(apart) - _TOLD}项" if len(apart) > _TOLD else ""
        yield Text(f"不同{desk.scheme.words.component}的评分相差两档以上，宜核对：{told}{more}。", grounds)


def _named(items: Sequence[Item]) -> str:
    told = [f"第{item.no}项{_name(item)}{exact.fixed(item.points or Fraction(0))}%" for item in items[:_TOLD]]
    more = f"，另有{len(items) - _TOLD}项" if len(items) > _TOLD else ""
    return "、".join(told) + more


def _name(item: Item) -> str:
    return quoted(item.name.rstrip("。"))


def _apart(desk: Desk, item: Item) -> str:
    marks = "、".join(f"{desk.components[part]}“{grade}”" for part, grade in item.grades.items())
    return f"第{item.no}项{_name(item)}（{marks}）"
