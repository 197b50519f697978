"""等次稳定性 for a terminal: a block a unit, its sentences the most telling first, every number rounded so that they stay true."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from data.documents.as_text import grade_text
from data.robust import NO_SCORE, Asked
from scoring import exact
from scoring.assumptions import assumptions
from scoring.explain import score_text
from scoring.firmness.grade import DELTA, Firmness
from scoring.firmness.radius_words import every, radius_sentence, together
from scoring.firmness.report import Nearest, UnitFirmness
from scoring.firmness.weightings import STEP, Interval
from scoring.scenario_line import quoted
from scoring.scheme import Scheme
from scoring.trial import WEIGHTS, Level

INDENT = "  "
ANYWHERE = Interval(Fraction(0), Fraction(1), True, True)
MOST = 6
"""Names that are listed; more are counted."""


def robust_lines(asked: Asked) -> Iterator[str]:
    """Everything, group by group, each by place; at the end whom it cannot be asked of, and why."""
    scheme = asked.results.scheme
    if scheme.judged:
        yield NO_SCORE
        return
    for group, level, units in asked.groups:
        order = {result.unit: place for place, result in enumerate(asked.results.ranked(group.id))}
        told = sorted((unit for unit in units if unit.firm), key=lambda unit: order[unit.unit])
        if level and told:
            yield f"{f'{group.name}　' if len(asked.groups) > 1 else ''}{weights_line(level)}"
            yield all_line(level, told)
            for unit in told:
                yield from ("", *unit_lines(asked, unit, level))
            yield ""
        yield from _left_out(units, scheme.words.measure)
    if not (scheme.bands and scheme.bands.items):
        yield from _lines_to_borrow(scheme)


def _lines_to_borrow(scheme: Scheme) -> Iterator[str]:
    """How to ask of a document without lines under those of another reading."""
    for reading in assumptions(scheme):
        if reading.key == "bands" and reading.alternatives:
            yield f"可按另一口径的等次线再算：--reading {quoted(f'bands={reading.alternatives[0].label}')}"


def weights_line(level: Level) -> str:
    """What is weighed now: 考核方式权重：交叉考核40%、市级考核30%、日常工作30%."""
    whole = sum(level.originals.values(), Fraction(0))
    told = [f"{_name(level, name)}{_percent(value / whole)}" for name, value in level.originals.items()]
    return f"{level.name}权重" + (f"：{'、'.join(told)}" if len(told) <= MOST else f"（{len(told)}项）")


def all_line(level: Level, units: list[UnitFirmness]) -> str:
    """How far all weights may move at once with every grade staying."""
    if all(unit.firm and unit.firm.fixed for unit in units):
        return f"无论{every(level)}权重怎样调整，全部等次不变"
    radii = [unit.firm.radius for unit in units if unit.firm and unit.firm.radius]
    if not radii:
        return f"{every(level)}现有权重按比例怎样调整，全部等次不变；给权重为0的加上权重，则可能改变"
    least = min(radius.within or Fraction(0) for radius in radii)
    return together(every(level), least, "全部等次") if least else "权重稍有变动，就有等次可能改变"


def unit_lines(asked: Asked, unit: UnitFirmness, level: Level) -> Iterator[str]:
    """One unit's block."""
    scheme, result = asked.results.scheme, unit.result
    place = f"第{result.rank}位　" if result.rank is not None else ""
    score = score_text(scheme, result.score) if result.score is not None else ""
    yield f"{unit.unit}　{place}{score}分　{grade_text(scheme, result)}"
    yield from (INDENT + line for line in _after_rules(unit, level))
    yield from (INDENT + line for line in _by_score(unit, level))
    yield from (INDENT + line for line in _place(unit))


def _after_rules(unit: UnitFirmness, level: Level) -> Iterator[str]:
    if unit.firm is None:
        return
    yield from _verdict(unit.firm, level, unit.up, unit.down)
    if not unit.firm.fixed:
        yield _ranges(unit.firm, level)
        yield _shares(unit.firm, unit.near)


def _by_score(unit: UnitFirmness, level: Level) -> Iterator[str]:
    """What the score alone would say, where rules make a difference."""
    if unit.by_score is None or unit.firm is None:
        return
    told = _verdict(unit.by_score, level, unit.up_by_score, unit.down_by_score)
    if told != _verdict(unit.firm, level, unit.up, unit.down):
        yield f"只按分数（“{unit.result.score_grade}”）：{'；'.join(told)}"


def _verdict(firm: Firmness, level: Level, up: Nearest, down: Nearest) -> list[str]:
    return [radius_sentence(firm, every(level)), *(found.sentence for found in (up, down) if found.sentence)]


def _place(unit: UnitFirmness) -> Iterator[str]:
    yield from (found.sentence for found in (unit.ahead, unit.behind) if found and found.sentence)
    if unit.expected_rank is not None:
        yield f"只按分数，各种权重下平均排第{exact.shown(unit.expected_rank, 2)}位"


def _ranges(firm: Firmness, level: Level) -> str:
    """How far each weight may go alone, the tightest first where they are many; those that may go anywhere are only
    mentioned."""
    here = dict(zip(firm.form.names, firm.form.weights, strict=True))
    free = [name for name, interval in firm.intervals.items() if interval == ANYWHERE]
    bound = [name for name in firm.intervals if name not in free]
    tight = sorted(bound, key=lambda name: _room(firm.intervals[name], here[name]))[:MOST] if len(bound) > MOST else bound
    told = [f"{_name(level, name)}{_range(firm.intervals[name])}" for name in tight]
    if left := len(bound) - len(tight):
        told.append(f"另有{left}项范围较宽（见 --json）")
    if free:
        told.append(f"{'、'.join(_name(level, name) for name in free) if len(free) <= MOST else f'其余{len(free)}项'}不限")
    return f"一项权重单独变动（其余按比例）而等次不变的范围：{'，'.join(told)}"


def _room(interval: Interval, here: Fraction) -> Fraction:
    """How far the nearer end that changes the grade is."""
    ends = [here - interval.low] if interval.low or not interval.low_closed else []
    ends += [interval.high - here] if interval.high < 1 or not interval.high_closed else []
    return min(ends)


def _name(level: Level, name: str) -> str:
    """An item's number is enough: its name may be a paragraph."""
    return level.names[name] if level.names[name] == name or level.id == WEIGHTS else f"第{name}项"


def _range(interval: Interval) -> str:
    """Rounded inward to 0.01 %, so that both ends keep the grade: 0%至69.15%."""
    if interval.inward is None:
        return "不能变动"
    low, high = interval.inward
    return f"{exact.plain(low * 100)}%至{exact.plain(high * 100)}%"


def _shares(firm: Firmness, near: Mapping[str, Fraction] | None) -> str:
    local = f"权重在±{exact.plain(DELTA * 100)}个百分点内：{_parts(near)}；" if near is not None else ""
    return f"{local}任意权重：{_parts(firm.shares)}"


def _parts(shares: Mapping[str, Fraction]) -> str:
    return "、".join(f"{grade}{_percent(share)}" for grade, share in shares.items() if share)


def _percent(share: Fraction) -> str:
    """What is not nothing never reads as nothing, nor what is not all as all."""
    if 0 < share < STEP:
        return "不足0.01%"
    return f"{exact.shown(share * 100, 2)}%"


def _left_out(units: tuple[UnitFirmness, ...], measure: str) -> Iterator[str]:
    reasons: dict[str, list[str]] = {}
    for unit in units:
        if unit.why_not:
            reasons.setdefault(unit.why_not, []).append(unit.unit)
    for why, names in reasons.items():
        more = f"等{len(names)}{measure}" if len(names) > MOST else ""
        yield f"{'、'.join(names[:MOST])}{more}：{why}"
