"""定稿: what still stands in its way, in words, and taking the step once nothing does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from data.state import State, load_state
from data.store import Assessment, FactRow, LogEntry, SheetStage, Store, StoreProblem
from data.store.change import FINAL

SHOWN = 6
"""Names in one line before the rest are counted."""
NAMES = {"draft": "草稿", FINAL: "定稿"}
"""What the states of an assessment are called. 审定, 批复 and 通报 follow 定稿."""


def state_name(assessment: Assessment) -> str:
    """草稿 or 定稿."""
    return NAMES.get(assessment.state, assessment.state)


def is_final(assessment: Assessment) -> bool:
    """Whether nothing that may change a result is taken any more."""
    return assessment.state == FINAL


def obstacles(state: State, unreviewed: Sequence[SheetStage] = ()) -> tuple[str, ...]:
    """Everything that blocks 定稿, a sentence each that says what and how many; empty when nothing does.

    ``unreviewed`` is what ``unreviewed`` gave just now: how far a sheet has come is no part of a version, so of no state.
    """
    parts = (_readings, _targets, _sheets, _unscored, _facts, _recommended)
    return tuple(told for part in parts for told in part(state)) + tuple(_unreviewed(state, unreviewed))


def unreviewed(store: Store, state: State) -> list[SheetStage]:
    """The sheets that the result rests on and that 复核 is still asked for; none where it is not asked for."""
    if not store.review_required(state.assessment.id):
        return []
    needed = reviewed_components(state)
    return [each for each in store.stages(state.assessment.id) if each.stage != "reviewed" and each.component in needed]


def reviewed_components(state: State) -> frozenset[str]:
    """The 考核方式 whose sheets must be reviewed: those that count, under judgement all."""
    parts = state.scheme.components if state.scheme.judged else state.scheme.counted
    return frozenset(part.id for part in parts)


def finalise(store: Store, assessment_id: int, actor: str, seen: int | None = None) -> Assessment:
    """草稿 → 定稿. Raises StoreProblem that lists every obstacle, and Moved when it changed since version ``seen``."""
    state = load_state(store, assessment_id)
    found = obstacles(state, unreviewed(store, state))
    if found and not is_final(state.assessment):
        raise StoreProblem("暂不能定稿：" + "；".join(found) + "。请逐项办结后再定稿。")
    version = state.version if seen is None else seen
    return store.finalise(assessment_id, actor, version, reviewed=reviewed_components(state))


def last_turn(store: Store, assessment: Assessment) -> LogEntry | None:
    """The log's entry that made it final, or a draft again; None where it has always been a draft."""
    verb = "定稿" if is_final(assessment) else "退回草稿"
    return next(iter(store.log(assessment.id, limit=1, action=verb)), None)


def _readings(state: State) -> Iterator[str]:
    if state.unconfirmed:
        yield f"口径尚未确认{len(state.unconfirmed)}项：{_some(reading.name for reading in state.unconfirmed)}"


def _targets(state: State) -> Iterator[str]:
    if state.unfilled:
        yield f"目标数值尚未填报{len(state.unfilled)}项：{_some(target.name for target in state.unfilled)}"


def _sheets(state: State) -> Iterator[str]:
    if state.absent:
        named = (f"{unit}的{state.scheme.component(component).name}" for unit, component in state.absent)
        yield f"评分表尚缺{len(state.absent)}份：{_some(named)}"
    elif not state.units and not state.submissions and state.scheme.counted:
        yield "尚未收到任何评分表"


def _unreviewed(state: State, waiting: Sequence[SheetStage]) -> Iterator[str]:
    if waiting:
        named = (f"{each.unit}的{state.scheme.component(each.component).name}" for each in waiting)
        yield f"{len(waiting)}份评分表尚未复核：{_some(named)}"


def _unscored(state: State) -> Iterator[str]:
    """Units that lack no sheet of their own and still have no result, such as those that inherit from one that does."""
    waiting = {unit for unit, _ in state.absent}
    bare = [result.unit for result in state.results.units if not result.complete and result.unit not in waiting]
    if bare:
        yield f"尚无得分的{state.scheme.words.unit}{len(bare)}{state.scheme.words.measure}：{_some(bare)}"


def _facts(state: State) -> Iterator[str]:
    pending = [row for row in state.facts if not row.fact.confirmed]
    if pending:
        yield f"情形待第二人核对{len(pending)}条：{_some(_fact(state, row) for row in pending)}"


def _fact(state: State, row: FactRow) -> str:
    return f"{row.fact.unit}“{state.scheme.fact(row.fact.fact).name}”（{row.fact.value}）"


def _recommended(state: State) -> Iterator[str]:
    """A floor that the text leaves to judgement (原则上) only recommends, until somebody decides for it or against it."""
    waiting = [result.unit for result in state.results.units if result.recommended]
    if waiting:
        yield f"保底建议尚未决定{len(waiting)}{state.scheme.words.measure}：{_some(waiting)}"


def _some(names: Iterable[str]) -> str:
    told = list(names)
    return "、".join(told[:SHOWN]) + (f"等{len(told)}项" if len(told) > SHOWN else "")
