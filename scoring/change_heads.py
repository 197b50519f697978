"""为什么变了, the whole comparison in a few sentences: what a leader reads first, and in half a line on other pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from scoring.change_words import grade_way, headline_of, outcome_way, place_way
from scoring.changes import Comparison, UnitChange
from scoring.exact import signed
from scoring.explain import score_text
from scoring.scheme import Scheme
from scoring.speech import Sentence, named, say, strong
from scoring.standing import MISSING

_MOST = 4


def headlines(comparison: Comparison) -> list[Sentence]:
    """The whole comparison: whose grade differs, who became complete or no longer is, whose place; or that nothing does."""
    if not comparison.changed:
        return [say(strong(f"{_between(comparison)}{_nothing(comparison.scheme)}。"))]
    told = [
        _of(comparison, "等次变化", [c for c in comparison.changed if c.regraded], _grade_note),
        _of(comparison, "补齐后得分", [c for c in comparison.changed if c.completed], _new_note),
        _of(comparison, f"转为{MISSING}", [c for c in comparison.changed if c.opened]),
        _of(comparison, "位次变化", [c for c in comparison.changed if c.moved], _place_note),
        _of(comparison, "得分变化", [c for c in comparison.changed if c.delta], _score_note),
        _of(comparison, "拟处理变化", [c for c in comparison.changed if outcome_way(comparison, c)], outcome_way),
        _of(
            comparison, "名单增减", [c for c in comparison.changed if c.before is None or c.after is None], headline_of
        ),
    ]
    return [sentence for sentence in told if sentence] or [_otherwise(comparison)]


def _otherwise(comparison: Comparison) -> Sentence:
    scheme, units = comparison.scheme, [change.unit for change in comparison.changed]
    whom = f"{len(units)}{scheme.words.measure}{scheme.words.units}{named(units, scheme.words.measure)}"
    return say(
        strong(f"{_nothing(scheme)}，"), f"{whom}的{'待核对事项' if scheme.judged else '可能得分或待核对事项'}有变化。"
    )


def _between(comparison: Comparison) -> str:
    return f"第{comparison.before.version}版与第{comparison.after.version}版之间"


def _nothing(scheme: Scheme) -> str:
    return "情形和拟处理意见均无变化" if scheme.judged else "得分、等次、位次均无变化"


def _of(
    comparison: Comparison,
    title: str,
    changes: Sequence[UnitChange],
    note: Callable[[Comparison, UnitChange], str] | None = None,
) -> Sentence | None:
    """ "等次变化1个：鹤山市由“较好”升为“好”"; nothing for none."""
    if not changes:
        return None
    words = comparison.scheme.words
    told = [change.unit + (note(comparison, change) if note else "") for change in changes[:_MOST]]
    apart = "；" if any("、" in each or "，" in each for each in told) else "、"
    more = f"，另有{len(changes) - _MOST}{words.measure}" if len(changes) > _MOST else ""
    return say(strong(f"{title}{len(changes)}{words.measure}"), f"：{apart.join(told)}{more}。")


def _grade_note(comparison: Comparison, change: UnitChange) -> str:
    assert change.before is not None  # regraded
    assert change.after is not None
    return grade_way(comparison.scheme, change.before, change.after).removeprefix("等次")


def _place_note(comparison: Comparison, change: UnitChange) -> str:
    assert change.before is not None  # moved
    assert change.after is not None
    return place_way(change.before, change.after).removeprefix("位次")


def _new_note(comparison: Comparison, change: UnitChange) -> str:
    result = change.after
    assert result is not None  # completed
    assert result.score is not None
    return f"{score_text(comparison.scheme, result.score)}分" + (f"“{result.grade}”" if result.grade else "")


def _score_note(comparison: Comparison, change: UnitChange) -> str:
    return "" if change.delta is None else f"{signed(change.delta)}分"


def summary(comparison: Comparison) -> str:
    """In half a line, for another page: "鹤山市升为“好”，位次变化3个"; what changed first."""
    words = comparison.scheme.words
    if not comparison.changed:
        return _nothing(comparison.scheme)
    graded = [c for c in comparison.changed if c.regraded]
    told = [f"{c.unit}{grade_way(comparison.scheme, c.before, c.after)}" for c in graded[:2] if c.before and c.after]
    told += [f"等次变化共{len(graded)}{words.measure}"] if len(graded) > 2 else []
    counts = {
        "补齐": sum(c.completed for c in comparison.changed), f"转为{MISSING}": sum(c.opened for c in comparison.changed),
        "位次变化": sum(c.moved for c in comparison.changed), "得分变化": sum(bool(c.delta) for c in comparison.changed),
        "拟处理变化": sum(bool(outcome_way(comparison, c)) for c in comparison.changed),
    }  # fmt: skip
    told += [f"{name}{count}{words.measure}" for name, count in counts.items() if count]
    return "，".join(told) or f"{_nothing(comparison.scheme)}，可能得分或待核对事项有变化"
