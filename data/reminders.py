"""催报: how complete each component is, what is late, and the words to send to whoever must still report.

Days are Beijing's; the last day itself counts as on time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.state import State
from scoring.elements import Component, Task

_ASSESSORS = ("领导小组", "考核办", "扶贫办", "评价组")
"""Bodies that lead or hold the assessment: they are asked (请予安排), not told to hurry."""

Standing = Literal["received", "missing", "late"]


@dataclass(frozen=True)
class Completeness:
    """One component's sheets: how many came of how many, which units are absent, and its step with the last day."""

    component: Component
    task: Task | None
    expected: int
    absent: tuple[str, ...]

    @property
    def received(self) -> int:
        """How many sheets count."""
        return self.expected - len(self.absent)

    def late(self, today: date) -> bool:
        """Whether something is absent after the last day."""
        return bool(self.absent) and is_past(self.task, today)


def completeness(state: State) -> tuple[Completeness, ...]:
    """Every component of the scheme in its order, those that are not counted (自查自评) too."""
    taken = {(submission.unit, submission.component) for submission in state.submissions}
    units = marked(state)
    found = []
    for part in state.scheme.components:
        asked_of = [unit for unit in units if state.shown(unit, part.id)]
        absent = tuple(unit for unit in asked_of if (unit, part.id) not in taken)
        if asked_of or not state.blind:
            found.append(Completeness(part, task_of(state, part.id), len(asked_of), absent))
    return tuple(found)


def marked(state: State) -> tuple[str, ...]:
    """The units that hand in sheets of their own; those that inherit their score (随帮扶对象计分) hand in none."""
    if state.blind:
        names = (unit.name for group in state.scheme.marked_groups for unit in group.units)
        return tuple(name for name in names if any(state.shown(name, part.id) for part in state.scheme.components))
    return tuple(result.unit for result in state.results.units if not state.scheme.inheritance(result.group))


def asked(state: State) -> tuple[Completeness, ...]:
    """The components that are asked for: those the result needs, or under judgement all, for they inform it."""
    return tuple(part for part in completeness(state) if part.component.counted or state.scheme.judged)


def task_of(state: State, component: str) -> Task | None:
    """The step that brings a component's sheets, or None where the document has none."""
    return next((task for task in state.scheme.steps if task.component == component), None)


def is_past(task: Task | None, today: date) -> bool:
    """Whether the last day is over."""
    return task is not None and task.due is not None and today > task.due


def standing(state: State, unit: str, component: str, today: date) -> Standing:
    """How one (unit, component) stands."""
    if state.submission(unit, component):
        return "received"
    return "late" if is_past(task_of(state, component), today) else "missing"


def by_component(state: State, part: Completeness, today: date, moment: str) -> str:
    """The message to whoever gives one component: what is missing, by when, on which paper. ``moment``: as of when."""
    to = part.component.who or "各有关单位"
    units = state.scheme.words.units
    return "".join(
        (
            _opening(state, to),
            f"{part.component.name}{_paper(state)}{_due(part.task, today)}。",
            f"截至{moment}，应收{part.expected}份，已收{part.received}份，",
            f"尚缺{len(part.absent)}{state.scheme.words.measure}{units}：{'、'.join(part.absent)}。",
            _closing((part,), today),
        )
    )


def by_unit(state: State, unit: str, today: date, moment: str) -> str:
    """The message about one unit: every component of it that is missing and who gives it."""
    parts = [part for part in asked(state) if unit in part.absent]
    told = "；".join(f"{p.component.name}（{p.component.who or '有关单位'}，{_due(p.task, today)}）" for p in parts)
    return (
        f"{_opening(state, '各有关单位')}截至{moment}，{unit}尚缺{len(parts)}份{_paper(state)}：{told}。"
        f"{_closing(parts, today)}"
    )


def absent_by_unit(state: State) -> dict[str, tuple[str, ...]]:
    """Unit → names of its components that are missing and asked for; complete units are left out."""
    parts = asked(state)
    found = {unit: tuple(part.component.name for part in parts if unit in part.absent) for unit in marked(state)}
    return {unit: names for unit, names in found.items() if names}


def _opening(state: State, to: str) -> str:
    document = state.scheme.document
    source = f"《{document.title}》" + (f"（{document.number}）" if document.number else "")
    return f"{'【示例数据】' if state.assessment.demo else ''}{to}：按照{source}要求，"


def _paper(state: State) -> str:
    return "材料" if state.scheme.judged else "评分表"


def _due(task: Task | None, today: date) -> str:
    if task is None or task.due is None:
        return "请及时报送"
    day = f"{task.due.year}年{task.due.month}月{task.due.day}日"
    if today == task.due:
        return f"应于今日（{day}）报送"
    basis = f"（{task.basis}）" if task.cite else ""
    return f"应于{day}前报送{basis}" + ("，现已逾期" if today > task.due else "")


def _closing(parts: Sequence[Completeness], today: date) -> str:
    done = "如已报送，请与考核工作人员核对。"
    if any(body in part.component.who for part in parts for body in _ASSESSORS):
        return f"请予安排报送考核工作人员；{done}"
    hurry = "请务必抓紧" if any(part.late(today) for part in parts) else "请按时"
    return f"{hurry}填报并发送至考核工作人员；{done}"
