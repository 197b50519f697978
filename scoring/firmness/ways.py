"""One change in words: a component's score, an item's mark, a weight. Every number is one that can be handed in or typed."""

from __future__ import annotations

from scoring import exact
from scoring.firmness.grade import WeightMove
from scoring.firmness.marks import ItemMove, TotalMove
from scoring.nodes import NODE
from scoring.scheme import Scheme
from scoring.trial import WEIGHTS, Level


def total_way(scheme: Scheme, move: TotalMove, *, up: bool, must: bool = False) -> str:
    """「交叉考核由92.00升至96.74以上」; ``must``: 「交叉考核须由92.00升至96.74以上」."""
    before = exact.shown(move.before) if scheme.places is None else exact.fixed(move.before, scheme.places)
    way = f"升至{exact.fixed(move.to)}以上" if up else f"降至{exact.fixed(move.to)}以下"
    return f"{scheme.component(move.component).name}{'须' if must else ''}由{before}{way}"


def item_way(scheme: Scheme, move: ItemMove) -> str:
    """「交叉考核第14项由“较好”改为“好”」, 「交叉考核第3项由4.5分升至4.8分以上」."""
    where = f"{scheme.component(move.component).name if len(scheme.counted) > 1 else ''}第{move.indicator}项"
    if isinstance(move.before, str) or isinstance(move.to, str):
        return f"{where}由“{move.before}”改为“{move.to}”"
    rises = move.to > move.before
    way = f"{'升' if rises else '降'}至{exact.plain(move.to)}分以{'上' if rises else '下'}"
    return f"{where}由{exact.shown(move.before, 2)}分{way}"


def weight_way(level: Level, move: WeightMove, *, beyond: bool = True) -> str:
    """「日常工作权重由30%升至71%以上（其余按比例）」. Without 以上 where scores as rounded may meet again ``beyond``."""
    rises = move.to > move.before
    way = f"{'升' if rises else '降'}至{exact.plain(100 * move.to)}%"
    way += ("以上" if rises else "以下") if beyond else ""
    name = level.names[move.name] if level.id == WEIGHTS else f"“{level.names[move.name]}”"
    name += f"在{level.name}的" if level.id.startswith(NODE) else ""
    return f"{name}权重由{exact.shown(100 * move.before, 2)}%{way}（其余按比例）"
