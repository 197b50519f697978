"""What is still open: 口径 that nobody has confirmed, and the matters that the meeting is asked to decide."""

from __future__ import annotations

from collections.abc import Iterator

from data.briefing.brief import Brief, cut, halves, in_short, paged
from data.briefing.model import Grid, Page
from data.briefing.questions import Question, along, awaited, counted, decisive
from data.papers.openness import effect_told
from scoring.assumption_words import NOTHING, label_words
from scoring.assumptions import Assumption

READINGS, MATTERS = 6, 6
"""Lines of each on one page."""
NAME = 22
"""Letters of a reading's name."""


def assumptions(brief: Brief) -> Iterator[Page]:
    """The unconfirmed 口径 that would change grades; where none would, those that are open at all."""
    state = brief.whole.state
    if not state.unconfirmed:
        return
    most = {reading.key: number for reading, number in state.mattering}
    weighed = state.weighable and bool(brief.scheme.grades)
    matter = f"，其中{len(most)}项会影响等次" if most else "，均不影响等次" if weighed else ""
    message = f"{len(state.unconfirmed)}项口径尚未确认{matter}"
    ordered = sorted(state.unconfirmed, key=lambda reading: -most.get(reading.key, 0))
    shown = ordered[: max(READINGS, len(most))]
    parts = halves(shown, READINGS)
    for number, part in enumerate(parts, 1):
        rows = tuple(
            (cut(r.name, NAME), label_words(state.reading(r)), _effect(brief, r, most.get(r.key, 0))) for r in part
        )
        yield Page(
            paged("assumptions", number), "口径", message, ("口径（原文未规定）",),
            grid=Grid(("口径", "现按", "换用所列其他口径"), rows, left=2),
            notes=(*(note for reading in part for note in _notes(brief, reading)), *_rest(ordered[len(shown) :])),
        )  # fmt: skip


def _effect(brief: Brief, reading: Assumption, most: int) -> str:
    state = brief.whole.state
    if not state.weighable:
        return "尚无结果"
    if not reading.alternatives:
        return "没有其他口径"
    if most:
        return f"至多{most}{brief.scheme.words.measure}等次改变"
    told = [effect for effect in state.effects_of(reading) if effect_told(state, effect) != NOTHING]
    return "等次不变" if told and brief.scheme.grades else "结果有变" if told else NOTHING


def _notes(brief: Brief, reading: Assumption) -> Iterator[str]:
    state = brief.whole.state
    yield f"{reading.name}：{reading.text}".rstrip("。") + "。"
    if state.weighable:
        for effect in state.effects_of(reading):
            yield f"改用“{label_words(effect.label)}”：{effect_told(state, effect)}。"


def _rest(readings: list[Assumption]) -> list[str]:
    return [f"另有{len(readings)}项：{'、'.join(reading.name for reading in readings)}。"] if readings else []


def matters(brief: Brief) -> Iterator[Page]:
    """提请审定事项, numbered through as in the paper of that name; what must be done before stands in the notes."""
    decide, beside = decisive(brief), along(brief)
    found = list(enumerate([*decide, *beside], 1))
    if not found:
        return
    message, waiting = counted(decide, beside), awaited(brief)
    parts = halves(found, MATTERS)
    for number, part in enumerate(parts, 1):
        topic = f"请会议审定的事项（{number}/{len(parts)}）" if len(parts) > 1 else "请会议审定的事项"
        last = [f"会前须办结：{text}" for text in waiting] if number == len(parts) else []
        yield Page(
            paged("matters", number), topic, message, tuple(dict.fromkeys(q.cite for _, q in part if q.cite)),
            lines=tuple(f"{at}. {q.text}{f'（{in_short(q.cite)}）' if q.cite else ''}" for at, q in part),
            notes=(*(_spoken(at, question) for at, question in part), *last),
        )  # fmt: skip


def _spoken(at: int, question: Question) -> str:
    about = f"：{question.about.rstrip('。')}" if question.about else ""
    return f"{at}. {question.text}{about}{f'（{question.cite}）' if question.cite else ''}。"
