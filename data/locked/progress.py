"""How far a 锁定版 has come on its way 测算等次 → 建议等次 → 异议 → 审定 → 批复 → 通报: what is done, what is next, what blocks it.

Pure: a 锁定版 and the present state in, words out. The store refuses the same things for the same reasons.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from data.beijing import local
from data.finalise import is_final
from data.locked.grading import moved, wants_grade
from data.locked.locked import Locked
from data.state import State
from data.store import OBJECTION_STATUSES, Settling
from scoring.standing import UNJUDGED, draws_lines

StageKey = Literal["computed", "suggested", "objections", "settled", "approved", "notice"]
Stand = Literal["done", "next", "free", "skipped", "waiting"]
STANDS: dict[Stand, str] = {"done": "已完成", "next": "下一步", "free": "可登记", "skipped": "从略", "waiting": "暂不能办"}


@dataclass(frozen=True)
class Stage:
    """One step of the way: how it stands, what was done in words, and what still blocks it, a sentence each."""

    key: StageKey
    name: str
    stand: Stand
    told: str
    blocks: tuple[str, ...] = ()


def stages(locked: Locked, now: State) -> tuple[Stage, ...]:
    """The way of a 锁定版, while the assessment stands as ``now``. Without grades (曲江) there are none to suggest."""
    found = [_computed(locked), _suggested(locked), _objections(locked), _settled(locked, now), _approved(locked), _notice(locked)]
    return tuple(_led(stage for stage in found if stage is not None))


def _led(found: Iterator[Stage]) -> Iterator[Stage]:
    """The first step that can be taken is the next one; those after it that can be taken are free."""
    waits = False
    for stage in found:
        if stage.stand != "next" or not waits:
            yield stage
        else:
            yield Stage(stage.key, stage.name, "free", stage.told, stage.blocks)
        waits = waits or stage.stand == "next"


def _computed(locked: Locked) -> Stage:
    scheme, results = locked.state.scheme, locked.state.results
    word, measure = scheme.words.unit, scheme.words.measure
    if not scheme.grades:
        return Stage("computed", "测算结果", "done", "本方案不打分、不评等次，按登记的情形列出拟处理意见")
    bare = [result.unit for result in results.units if not wants_grade(locked.state, result)]
    lacking = f"；暂缺{len(bare)}{measure}（{_some(bare)}）" if bare else ""
    if not draws_lines(scheme):
        waiting = sum(wants_grade(locked.state, result) and result.grade is None for result in results.units)
        return Stage("computed", "测算得分", "done", f"原文未定等次线：{waiting}{measure}{word}{UNJUDGED}，由评议给出等次{lacking}")
    counts = [f"{grade}{len(results.graded(grade))}{measure}" for grade in scheme.grades if results.graded(grade)]
    return Stage("computed", "测算等次", "done", ("、".join(counts) or "尚无等次") + lacking)


def _suggested(locked: Locked) -> Stage | None:
    if not locked.state.scheme.grades:
        return None
    step = locked.standing.suggested
    if step is None:
        settled = locked.standing.settled
        told = "未单独登记，直接审定" if settled else "尚未登记"
        return Stage("suggested", "建议等次", "skipped" if settled else "next", told)
    return Stage("suggested", "建议等次", "done", f"{_against(locked, step)}；{_by(step)}")


def _objections(locked: Locked) -> Stage:
    every, waiting = locked.standing.objections, locked.standing.open_objections
    if waiting:
        numbers = "、".join(f"第{each.item}号（{each.unit}）" for each in waiting)
        return Stage("objections", "异议", "next", f"{numbers}待办理", ("异议办结后方可审定",))
    counts = [f"{word}{sum(each.status == key for each in every)}件" for key, word in OBJECTION_STATUSES.items() if key != "open"]
    told = f"共{len(every)}件，已全部办理：{'、'.join(counts)}" if every else "没有登记异议"
    done = bool(every) or locked.standing.settled is not None
    return Stage("objections", "异议", "done" if done else "free", told)


def _settled(locked: Locked, now: State) -> Stage:
    step = locked.standing.settled
    if step is not None:
        grades = f"；{_against(locked, step)}" if step.grades else ""
        return Stage("settled", "审定", "done", f"{_paper(step, '审定')}{grades}；{_by(step)}")
    blocks = tuple(_unready(locked, now))
    return Stage("settled", "审定", "waiting" if blocks else "next", "尚未审定", blocks)


def _unready(locked: Locked, now: State) -> Iterator[str]:
    record = locked.record
    if record.version != now.version:
        yield f"{record.name}锁定的是第{record.version}版，现为第{now.version}版：请重新锁定，审定新的锁定版"
    if not is_final(now.assessment):
        yield "本年度考核尚未定稿：请先在“年度考核”办结各项并定稿，再锁定"
    if locked.standing.open_objections:
        yield f"异议尚有{len(locked.standing.open_objections)}件待办理"


def _approved(locked: Locked) -> Stage:
    step = locked.standing.approved
    if step is not None:
        return Stage("approved", "批复", "done", f"{_paper(step, '批复')}；{_by(step)}")
    ready = locked.standing.settled is not None
    return Stage("approved", "批复", "next" if ready else "waiting", "尚未批复", () if ready else ("审定后方可登记批复",))


def _notice(locked: Locked) -> Stage:
    found = locked.follow_up.notice
    ready = locked.standing.approved is not None
    if found is not None and ready:
        return Stage("notice", "通报", "done", f"{found.date.isoformat()}通报（{found.number}）；{found.actor}登记（{local(found.at)}）")
    return Stage("notice", "通报", "next" if ready else "waiting", "尚未通报", () if ready else ("批复后方可登记通报",))


def _against(locked: Locked, step: Settling) -> str:
    """How many grades differ from the computed ones, and whose."""
    scheme = locked.state.scheme
    if not draws_lines(scheme):
        return f"已给出{len(step.grades)}{scheme.words.measure}等次"
    found = moved(locked.state, step.grades)
    extra = [unit for unit in step.grades if locked.state.results.of(unit).grade is None]
    told = [f"与测算等次不同{len(found)}{scheme.words.measure}（{_some([r.unit for r, _ in found])}）" if found else "与测算等次一致"]
    told += [f"另给出{_some(extra)}的等次"] if extra else []
    return "，".join(told)


def _paper(step: Settling, word: str) -> str:
    day = f"{step.day.isoformat()}" if step.day else ""
    return f"{step.body}{day}{word}（{step.number}）"


def _by(step: Settling) -> str:
    return f"{step.actor}登记（{local(step.at)}）"


def _some(names: list[str]) -> str:
    return "、".join(names[:4]) + (f"等{len(names)}个" if len(names) > 4 else "")
