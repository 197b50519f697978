"""A scenario's before and after for a terminal: what was moved, every unit 原 → 测算, and a sentence for each that changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from data.documents.as_text import MISSING, grade_text
from data.documents.columns import aligned
from data.whatif import Pair, Tried
from scoring import exact
from scoring.explain import score_text
from scoring.results import Results, UnitResult
from scoring.scenario import Scenario, choices, in_force
from scoring.scenario_line import named_values
from scoring.scheme import Scheme
from scoring.trial import Level, Values

ARROW = " → "
UNCHANGED = "测算与原方案相同：所写的值都是现行的值"


def whatif_lines(tried: Tried) -> Iterator[str]:
    """Everything, from what was moved to the sentences."""
    yield from moved_lines(tried.own, tried.chosen, tried.scenario)
    yield ""
    yield f"各{tried.own.words.unit}原结果{ARROW}测算结果，没有箭头的不变："
    yield from aligned([_head(tried), *(_row(tried, pair) for pair in _shown(tried))])
    if rest := len(tried.pairs()) - len(_shown(tried)):
        yield f"其余{rest}{tried.own.words.measure}尚无评分表"
    yield ""
    yield headline(tried)
    if _has_lines(tried.before) and _has_lines(tried.after):
        yield from (unit_sentence(tried, pair) for pair in (*tried.regraded(), *tried.held()))


def moved_lines(own: Scheme, chosen: Mapping[str, str], scenario: Scenario) -> list[str]:
    """What a scenario sets, a line for each reading and each level."""
    offered = {reading.key: reading for reading in choices(own)}
    found = [
        f"口径“{offered[key].name}”：{in_force(offered[key], chosen)}{ARROW}{label}"
        for key, label in scenario.readings.items()
    ]
    known = scenario.levels(own, chosen)
    found += [_level(known[name], values) for name, values in scenario.values.items()]
    return found or [UNCHANGED]


def _level(level: Level, values: Values) -> str:
    told = named_values(level, values)
    moves = (
        f"{level.names[name]} {exact.shown(level.originals[name], 2)}{ARROW}{exact.shown(value, 2)}"
        for name, value in told.items()
    )
    rest = "，其余按比例" if level.mode == "weights" and len(told) < len(values) else ""
    name = f"{level.name}权重" if level.mode == "weights" else level.name
    return f"{name}：{'、'.join(moves)}{rest}"


def _shown(tried: Tried) -> list[Pair]:
    """Units that have anything to tell."""
    return [(was, now) for was, now in tried.pairs() if now.score is not None or _handed_in(now)]


def _handed_in(result: UnitResult) -> bool:
    return any(part.sheet for part in result.components.values())


def _head(tried: Tried) -> list[str]:
    return [title for title, told in _titles(tried).items() if told]


def _titles(tried: Tried) -> dict[str, bool]:
    """Every column, and whether this scheme has it."""
    return {
        "组别": len(tried.groups) > 1,
        tried.own.words.unit: True,
        "位次": tried.own.rank.shown != "none",
        "得分": True,
        "等次": _has_lines(tried.before) or _has_lines(tried.after),
    }


def _has_lines(results: Results) -> bool:
    return bool(results.scheme.bands and results.scheme.bands.items)


def _row(tried: Tried, pair: Pair) -> list[str]:
    was, now = pair
    cells = (
        tried.own.group(now.group).name,
        now.unit,
        _change(str(was.rank or "-"), str(now.rank or "-")),
        _change(_score(tried.before, was), _score(tried.after, now)),
        _change(grade_text(tried.before.scheme, was), grade_text(tried.after.scheme, now)),
    )
    return [text for text, told in zip(cells, _titles(tried).values(), strict=True) if told]


def _change(was: str, now: str) -> str:
    return now if was == now else f"{was}{ARROW}{now}"


def _score(results: Results, result: UnitResult) -> str:
    return MISSING if result.score is None else score_text(results.scheme, result.score)


def headline(tried: Tried) -> str:
    """How many change: "2个市（区）改变等次，4个位次变化"."""
    words, pairs = tried.own.words, tried.pairs()
    if not any(now.score is not None for _, now in pairs):
        return "评分表尚未齐全或尚不能计分，没有可比的得分"
    has = _titles(tried)
    counts = (
        (_has_lines(tried.before) and _has_lines(tried.after), len(tried.regraded()), "改变等次", "等次均不变"),
        (has["位次"], sum(a.rank != b.rank for a, b in pairs), "位次变化", "位次均不变"),
        (True, sum(a.score != b.score for a, b in pairs), "得分变化", "得分均不变"),
    )
    told = (f"{n}{words.measure}{words.units}{moved}" if n else stays for asked, n, moved, stays in counts if asked)
    return "，".join([*_lines_drawn(tried), *told])


def _lines_drawn(tried: Tried) -> Iterator[str]:
    """Where only one of the two grades at all, nobody rises or falls: how many there are of each grade."""
    if not _has_lines(tried.before) and _has_lines(tried.after):
        counts = [(grade, len(_graded(tried, grade))) for grade in tried.own.grades]
        yield "原不计算等次，测算为" + "、".join(f"{grade}{count}{tried.own.words.measure}" for grade, count in counts if count)
    elif _has_lines(tried.before) and not _has_lines(tried.after):
        yield "测算后不计算等次"


def _graded(tried: Tried, grade: str) -> list[UnitResult]:
    return [now for _, now in tried.pairs() if now.grade == grade]


def unit_sentence(tried: Tried, pair: Pair) -> str:
    """How one unit changes: 鹤山市：得分88.97 → 90.02，等次由“较好”升为“好”; or why its grade stays though its score's does not."""
    was, now = pair
    scores = _change(_score(tried.before, was), _score(tried.after, now))
    bound = "、".join(_binding(now) or _binding(was))
    if was.grade == now.grade:
        by_score = _turn(tried.own, was.score_grade, now.score_grade)
        return f"{now.unit}：得分{scores}，按分数{by_score}，按{bound}等次仍为“{now.grade}”"
    capped = f"（按分数为“{now.score_grade}”，按{bound}定）" if bound and now.score_grade != now.grade else ""
    return f"{now.unit}：得分{scores}，等次{_turn(tried.own, was.grade, now.grade)}{capped}{_why(tried, now.unit)}"


def _why(tried: Tried, unit: str) -> str:
    """Which of several moves did it; a single one stands at the top."""
    several = len(tried.scenario.values) + len(tried.scenario.readings) > 1
    return f"，{tried.why[unit]}" if several and unit in tried.why else ""


def _binding(result: UnitResult) -> list[str]:
    """The clauses that set the grade apart from the score's."""
    limits = [limit.cite for limit in result.limits if limit.binds]
    floors = [floor.cite for floor in result.floors if floor.binds and floor.confirmed]
    return [*dict.fromkeys((*limits, *floors))]


def _turn(scheme: Scheme, was: str | None, now: str | None) -> str:
    if was is None:
        return f"为“{now}”（原无测算等次）"
    if now is None:
        return f"由“{was}”变为无测算等次"
    return f"由“{was}”{'降' if scheme.worse_than(now, was) else '升'}为“{now}”"
