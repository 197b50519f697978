"""谁在边界: how far each unit is from a line, how firm its grade is, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from data.briefing.brief import Brief
from data.briefing.model import Grid, Page
from scoring.edges import NEAR, at_edge, to_fall, to_next
from scoring.firmness.grade import firmness
from scoring.firmness.headline import all_firm
from scoring.firmness.radius_words import radius_short
from scoring.firmness.words import firmness_sentences
from scoring.results import UnitResult
from scoring.standing import draws_lines, word

NEAREST = 6
"""So many units are shown, nearest first."""
NOTHING = "—"
TOGETHER = 20
"""Up to so many units it is asked how far all weights may move at once."""


def edges(brief: Brief) -> Iterator[Page]:
    """The units nearest to a line that decides their grade. Without lines there is no edge."""
    scheme = brief.scheme
    if not draws_lines(scheme):
        return
    found = sorted(
        ((gap, brief.places[r.unit], r) for r in brief.marked if (gap := _gap(brief, r)) is not None),
        key=lambda e: e[:2],
    )
    if not found:
        return
    near = {result.unit for result, _ in at_edge(brief.results)}
    if near:
        message = f"{brief.count(len(near))}距等次线不足{NEAR}分，最近的相距{brief.points(found[0][0])}分"
        if not found[0][0]:
            message = f"{brief.count(len(near))}距等次线不足{NEAR}分，最近的恰在线上"
    else:
        message = f"没有{scheme.words.units}距等次线不足{NEAR}分，最近的相距{brief.points(found[0][0])}分"
    shown = [result for _, _, result in found[:NEAREST]]
    grid = _grid([_row(brief, result) for result in shown])
    yield Page(
        "edges", "谁在边界", message, (scheme.bands.basis,) if scheme.bands else (), grid=grid,
        lines=_together(brief), notes=_notes(brief, shown),
    )  # fmt: skip


def _grid(rows: list[tuple[str, ...]]) -> Grid:
    """The rows under their heads, without the radius where no unit has one."""
    heads = ("考核对象", "得分", "测算等次", "距上一等次", "高出等次线", "安全半径")
    upto = None if any(row[-1] != NOTHING for row in rows) else -1
    return Grid(heads[:upto], tuple(row[:upto] for row in rows))


def _gap(brief: Brief, result: UnitResult) -> Fraction | None:
    """Points to the nearer of the two lines that decide its grade; None where neither does."""
    ways = (to_next(brief.scheme, result), to_fall(brief.scheme, result))
    return min((way[1] for way in ways if way), default=None)


def _row(brief: Brief, result: UnitResult) -> tuple[str, ...]:
    scheme = brief.scheme
    up, down, firm = to_next(scheme, result), to_fall(scheme, result), firmness(scheme, result)
    return (
        brief.called(result.unit), brief.score(result), word(result),
        f"距“{up[0]}”差{brief.points(up[1])}" if up else NOTHING,
        f"高出“{down[0]}”{brief.points(down[1])}" if down and down[1] else f"恰在“{down[0]}”线上" if down else NOTHING,
        _radius(firm.radius) if firm and len(scheme.counted) > 1 else NOTHING,
    )  # fmt: skip


def _radius(radius: object) -> str:
    return radius_short(radius) if radius is not None else "不变"  # type: ignore[arg-type]


def _together(brief: Brief) -> tuple[str, ...]:
    units, scheme = brief.marked, brief.scheme
    if len(scheme.counted) < 2 or len(units) > TOGETHER:
        return ()
    firms = [firm for result in units if (firm := firmness(scheme, result)) is not None]
    return (all_firm(scheme, firms).rstrip("。"),) if firms else ()


def _notes(brief: Brief, shown: list[UnitResult]) -> tuple[str, ...]:
    told = [f"{brief.called(r.unit)}：{'；'.join(firmness_sentences(brief.scheme, r)[:2])}。" for r in shown[:4]]
    basis = f"依据：{brief.scheme.bands.basis}。" if brief.scheme.bands else ""
    return (
        *told,
        f"安全半径：全部权重同时变动不超过这一幅度，等次不变；“不变”指现有权重按比例怎样调整等次都不变。{basis}",
    )
