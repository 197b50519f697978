"""What would move one unit's grade, up or down, line by line in words, at any level of weights."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from scoring import exact
from scoring.firmness.grade import Firmness, WeightMove
from scoring.firmness.marks import ItemMove, TotalMove
from scoring.firmness.report import UnitFirmness
from scoring.scheme import Scheme
from scoring.trial import Level

HUNDRED = 100


def change_text(scheme: Scheme, level: Level, told: UnitFirmness, *, up: bool) -> tuple[str, ...]:
    """The least change of one weight, of one 考核方式's score and of one item's mark: a line each, those that do it alone.

    「交叉考核权重由40%升至69.16%以上（其余按比例），即为“好”」; 以上、以下 include the number itself, as in law. Where nothing
    can, the one line says why.
    """
    firm = told.firm
    if firm is None:
        return ()
    if (firm.form.reach.high if up else firm.form.reach.low) is None:
        return (_end(told, up=up),)
    return (_weight(firm, level, up=up), *_marks(scheme, told, up=up))


def _end(told: UnitFirmness, *, up: bool) -> str:
    """There is nothing beyond: the grade is the best, or a limit bars every better one, or it is the worst."""
    if up and told.binding:
        return "限制未解除前，得分再高、权重怎样调整，都不升等次"
    return f"已是{'最好' if up else '最低'}等次" if not up or not told.binding else ""


def _weight(firm: Firmness, level: Level, *, up: bool) -> str:
    move = firm.up if up else firm.down
    if move is None:
        return f"任何一项权重单独调整，都不会{'升' if up else '降'}等次"
    return f"{level.names[move.name]}权重由{_share(move.before)}{_way(move)}（其余按比例），等次即为“{move.grade}”"


def _way(move: WeightMove) -> str:
    rises = move.to > move.before
    return f"{'升' if rises else '降'}至{exact.plain(HUNDRED * move.to)}%以{'上' if rises else '下'}"


def _share(share: Fraction) -> str:
    return f"{exact.shown(HUNDRED * share, 2)}%"


def _marks(scheme: Scheme, told: UnitFirmness, *, up: bool) -> Iterator[str]:
    nearest = told.up if up else told.down
    if nearest.total:
        yield _total(scheme, nearest.total, up=up)
    if nearest.item:
        yield _item(scheme, told, nearest.item)


def _total(scheme: Scheme, move: TotalMove, *, up: bool) -> str:
    before = exact.shown(move.before) if scheme.places is None else exact.fixed(move.before, scheme.places)
    way = f"{'升' if up else '降'}至{exact.fixed(move.to)}以{'上' if up else '下'}"
    return f"或{scheme.component(move.component).name}得分由{before}{way}，即为“{move.grade}”"


def _item(scheme: Scheme, told: UnitFirmness, move: ItemMove) -> str:
    row = next(row for row in scheme.indicators_of(told.result.group) if row.no == move.indicator)
    before, to = (f"“{mark}”" if isinstance(mark, str) else f"{exact.shown(mark)}分" for mark in (move.before, move.to))
    where = f"{scheme.component(move.component).name}" if len(scheme.counted) > 1 else ""
    return f"或{where}第{move.indicator}项“{row.name}”由{before}改为{to}，即为“{move.grade}”"
