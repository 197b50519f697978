"""Sentences as tuples of parts, the strong ones being what a leader must catch.

Nothing here knows Markdown or HTML, so the same words go to the screen, a document and a message.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from scoring.elements import Task


@dataclass(frozen=True)
class Part:
    """A piece of a sentence; ``strong`` when the eye should stop at it."""

    text: str
    strong: bool = False


Sentence = tuple[Part, ...]


def say(*parts: str | Part) -> Sentence:
    """A sentence from plain and strong parts."""
    return tuple(part if isinstance(part, Part) else Part(part) for part in parts)


def strong(text: object) -> Part:
    """A part where the eye should stop."""
    return Part(str(text), True)


def plain_text(sentence: Sentence) -> str:
    """The sentence without emphasis."""
    return "".join(part.text for part in sentence)


def joined(sentences: Iterable[Sentence]) -> str:
    """Sentences as one plain paragraph, for messages and the clipboard."""
    return "".join(plain_text(sentence) for sentence in sentences)


def number(value: int) -> str:
    """A small count as written in running text: 三; from eleven on in digits."""
    return "零一二三四五六七八九十"[value] if 0 <= value <= 10 else str(value)


def named(names: Iterable[str], measure: str, most: int = 4) -> str:
    """Names in brackets, the first of many: "（马坝镇、小坑镇）", "（甲、乙、丙等9个）"; nothing for none."""
    listed = list(names)
    if len(listed) <= most:
        return bracketed("、".join(listed))
    return f"（{'、'.join(listed[: most - 1])}等{len(listed)}{measure}）"


def bracketed(text: str) -> str:
    """A remark in brackets, or nothing."""
    return f"（{text}）" if text else ""


def deadline(task: Task | None, today: date, done: bool = False) -> str:
    """When a step is due: "12月5日截止，已逾期2天"; empty where no day is set.

    The last day itself counts as on time, nothing is late that is ``done``, and more than a year off no days are counted.
    """
    if task is None or task.due is None:
        return ""
    day, left = f"{task.due.month}月{task.due.day}日截止", (task.due - today).days
    if done or abs(left) > 365:
        return f"{task.due.year}年{day}" + ("，已收齐" if done else "，已逾期" if left < 0 else "")
    if not left:
        return f"{day}，今日到期"
    return f"{day}，" + (f"还有{left}天" if left > 0 else f"已逾期{-left}天")
