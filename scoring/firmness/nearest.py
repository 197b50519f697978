"""The nearest change of grade or of place in one sentence each, every number such that what is said stays true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scoring.firmness.grade import Firmness, WeightMove
from scoring.firmness.marks import ItemMove, TotalMove
from scoring.firmness.passing import Passing
from scoring.firmness.ways import item_way, total_way, weight_way
from scoring.firmness.words import cap_sentence, line_at, points, stands
from scoring.nodes import NODE
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.trial import Level


@dataclass(frozen=True)
class Nearest:
    """The least change that brings another grade: of one weight, of one component's score, of one item's mark.

    Each is None where none does it alone. ``sentence`` says all of it in Chinese, and what bars it where nothing does;
    it is "" where there is no better (no worse) grade to be had.
    """

    weights: WeightMove | None
    total: TotalMove | None
    item: ItemMove | None
    sentence: str = ""


def upward(scheme: Scheme, result: UnitResult, firm: Firmness, level: Level, found: Nearest) -> str:
    """「距“好”差1.90分：交叉考核由92.00升至96.74以上，或…，即达到“好”」."""
    line = firm.form.reach.high
    if line is None or result.score is None:
        return cap_sentence(firm, result) if firm.caps else ""
    grade, printed = line_at(scheme, line + firm.form.offset)
    ways = list(_ways(scheme, level, found, up=True))
    short = f"距“{grade}”差{points(scheme, printed - result.score)}分"
    return f"{short}：{_or(ways)}，即达到“{grade}”" if ways else f"{short}：{_any(firm, level)}都进不了“{grade}”"


def downward(scheme: Scheme, result: UnitResult, firm: Firmness, level: Level, found: Nearest) -> str:
    """「高出“较好”等次线8.10分：交叉考核由92.00降至71.73以下，或…，即低于该线」."""
    line = firm.form.reach.low
    if line is None or result.score is None:
        return _floored(result)
    grade, printed = line_at(scheme, line + firm.form.offset)
    ways = list(_ways(scheme, level, found, up=False))
    spare = stands(scheme, grade, result.score - printed)
    return f"{spare}：{_or(ways)}，即低于该线" if ways else f"{spare}：{_any(firm, level)}都不会低于“{grade}”"


def past(scheme: Scheme, level: Level, found: Passing, *, ahead: bool, weighed: bool) -> str:
    """「比前一位少0.35分：交叉考核由92.00升至93.10以上，或…，即排到现在的前一位之前」: of this one
    unit only, whoever else is passed on the way. ``weighed``: whether weights could be asked."""
    who = "前一位" if ahead else "后一位"
    more = found.gap < 0
    by = f"{'多' if more else '少'}{points(scheme, abs(found.gap))}分" if found.gap else "得分相同"
    lead = f"比{who}{by}" if found.gap else f"与{who}{by}"
    lead += "，但等次较低" if ahead and found.gap <= 0 else "，但等次较高" if not ahead and found.gap >= 0 else ""
    ways = list(_ways(scheme, level, found, up=ahead))
    if ways:
        return f"{lead}：{_or(ways)}，即排到现在的{who}之{'前' if ahead else '后'}"
    asked = f"{_any_weight(level)}、任何一项评分" if weighed else "任何一项评分"
    return f"{lead}：{asked}单独变动，都{'不能' if ahead else '不会'}排到现在的{who}之{'前' if ahead else '后'}"


def _or(ways: list[str]) -> str:
    return "，或".join(ways)


def _any(firm: Firmness, level: Level) -> str:
    if len(firm.form.names) == 1:
        return "任何一项评分"
    return f"{_any_weight(level)}、任何一项评分"


def _any_weight(level: Level) -> str:
    """「任何考核方式权重」, 「“责任落实”之下任何权重」."""
    return f"{level.name}任何权重" if level.id.startswith(NODE) else f"任何{level.name}权重"


def _floored(result: UnitResult) -> str:
    """Why no score is low enough: a 保底 that a person has confirmed, if there is one."""
    held = [floor for floor in result.floors if floor.confirmed and floor.worst == result.grade]
    cites = "、".join(dict.fromkeys(floor.cite for floor in held))
    return f"因{cites}保底，等次最低为“{result.grade}”：得分再低、权重怎样调整都不降等次" if held else ""


def _ways(scheme: Scheme, level: Level, found: Nearest | Passing, *, up: bool) -> Iterator[str]:
    """Each change that does it alone, in words: a component's score, an item's mark, a weight."""
    if found.total:
        yield total_way(scheme, found.total, up=up)
    if found.item:
        yield item_way(scheme, found.item)
    if found.weights:
        yield weight_way(level, found.weights, beyond=isinstance(found, Nearest))
