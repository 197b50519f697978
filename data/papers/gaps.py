"""Why a paper for those outside cannot be made yet: every step, sheet and decision that is missing, and where to mend it."""

from __future__ import annotations

from collections.abc import Iterator

from data.locked import Locked
from data.papers.paper import Unready
from scoring.waits import waits

_NAMED = 12
"""Sheets and units named before the rest are counted."""


def insist_on_approved(locked: Locked, what: str) -> None:
    """Raise Unready unless the whole result was approved (批复): ``what`` (通报) follows 批复 and nothing before it."""
    found = [*_steps(locked), *missing(locked)]
    if found:
        raise Unready(f"{what}须在结果齐全、审定并批复之后形成，现在还不能形成。{'；'.join(found)}。")


def missing(locked: Locked) -> tuple[str, ...]:
    """What the results still lack, each with where to mend it; empty for a complete result."""
    return (*_sheets(locked), *_unscored(locked), *_ungraded(locked))


def _steps(locked: Locked) -> Iterator[str]:
    standing = locked.standing
    lacks = [word for word, step in (("审定", standing.settled), ("批复", standing.approved)) if step is None]
    if lacks:
        yield f"尚未登记{'、'.join(lacks)}，请在“锁定与审定”登记"


def _sheets(locked: Locked) -> Iterator[str]:
    state = locked.state
    if state.absent and not state.scheme.judged:
        named = [f"{unit}的{state.scheme.component(part).name}" for unit, part in state.absent]
        yield f"尚缺评分表{len(named)}份：{_some(named, '份')}，请在“数据上报”上报"


def _unscored(locked: Locked) -> Iterator[str]:
    """Units that lack no sheet of their own and still have no result."""
    state = locked.state
    sheetless = {unit for unit, _ in state.absent}
    stuck = [result for result in state.results.units if not result.complete and result.unit not in sheetless]
    if stuck and not state.scheme.judged:
        named = [r.unit + (f"（{'；'.join(waits(r))}）" if waits(r) else "") for r in stuck]
        yield f"尚无得分的{state.scheme.words.unit}：{_some(named, state.scheme.words.measure)}，请在“催报进度”查看所缺"


def _ungraded(locked: Locked) -> Iterator[str]:
    """Once 审定, every unit has a grade where the scheme grades at all."""
    state = locked.state
    if not state.scheme.grades or locked.standing.settled is None:
        return
    bare = [result.unit for result in state.results.units if result.complete and locked.given(result) is None]
    if bare:
        yield f"没有审定等次的{state.scheme.words.unit}：{_some(bare, state.scheme.words.measure)}，请在“锁定与审定”补登"


def _some(names: list[str], measure: str) -> str:
    return "、".join(names[:_NAMED]) + (f"等{len(names)}{measure}" if len(names) > _NAMED else "")
