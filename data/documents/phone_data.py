"""What stands in the picture for a phone, as texts: the headline, how many have each grade, the list, whole or said to be cut."""

from __future__ import annotations

from dataclasses import dataclass

from data.documents.locked_lines import Line, Section, counts, grade_heading, sections, sentences
from data.locked import Locked
from data.looks import sign
from scoring.standing import UNJUDGED

ALL = 10_000
FULL_LIST = "本图名单有省略，完整名单和得分见考核情况报告"


@dataclass(frozen=True)
class Room:
    """How much is listed: so many units of each group one by one, so many of each that takes others' scores (随帮扶对象计分).

    ``named``, ``heirs_named``: whether there is room for the names of those who are not listed, by grade.
    """

    units: int = ALL
    heirs: int = ALL
    named: bool = True
    heirs_named: bool = True


@dataclass(frozen=True)
class Part:
    """One group: its name ("" where there is only one), how many it has, how many of each grade, and the lines shown.

    Where these are not all, ``cut`` says so in words, and ``names`` has every unit of the group by its grade; the picture
    names as many of them as have room, and says how many there are. ``heirs``: they take the scores of those they help.
    """

    name: str
    whole: int
    counts: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]
    cut: str
    names: tuple[tuple[str, tuple[str, ...]], ...]
    heirs: bool = False


@dataclass(frozen=True)
class PhoneData:
    """All texts of the picture. ``heading`` is what grades are called (审定等次), ``signs`` grade → shape and word."""

    title: str
    subtitle: str
    marking: str
    sentences: tuple[str, ...]
    heading: str
    parts: tuple[Part, ...]
    foot: tuple[str, ...]
    signs: dict[str, str]


def phone_data(locked: Locked, room: Room | None = None) -> PhoneData:
    """The texts, the list as long as there is ``room`` (None: whole); units that share a place are never parted."""
    state = locked.state
    told = sections(locked)
    parts = tuple(_part(locked, each, room or Room(), headed=len(told) > 1) for each in told)
    signs = {grade: sign(state.scheme.grades, grade) for grade in state.scheme.grades}
    return PhoneData(
        title=state.assessment.name,
        subtitle="考核情况" if state.scheme.judged else f"得分与{grade_heading(locked)}",
        marking=locked.marking,
        sentences=sentences(locked),
        heading="" if state.scheme.judged else grade_heading(locked),
        parts=parts,
        foot=tuple(_foot(locked, whole=not any(part.cut for part in parts))),
        signs=signs,
    )


def _part(locked: Locked, section: Section, room: Room, headed: bool) -> Part:
    scheme = locked.state.scheme
    heirs = bool(section.group) and scheme.inheritance(section.group) is not None
    lines, whole = _first(section.lines, room.heirs if heirs else room.units), len(section.lines)
    told, name = counts(locked, section), section.name if headed else ""
    if len(lines) == whole:
        return Part(name, whole, told, lines, "", ())
    by_grade = tuple((grade, tuple(one.unit for one in section.lines if one.grade == grade)) for grade, n in told if n)
    named = room.heirs_named if heirs else room.named
    told_of = "，其余未列" if not by_grade else _how(len(by_grade)) if named else "，各等次个数如下"
    return Part(name, whole, told, lines, _cut(scheme.words.measure, len(lines), whole) + told_of, by_grade, heirs)


def _cut(measure: str, shown: int, whole: int) -> str:
    """That the list is not whole: "以上为前10个，共73个"."""
    return f"以上为前{shown}{measure}，共{whole}{measure}" if shown else f"共{whole}{measure}"


def _how(words: int) -> str:
    return "，按等次列名如下" if words > 1 else "，按位次列名如下"


def _first(lines: tuple[Line, ...], most: int) -> tuple[Line, ...]:
    """The first ones, but for those who would be parted from others at the same place."""
    if len(lines) <= most:
        return lines
    end = most
    while end and lines[end].place and lines[end].place == lines[end - 1].place:
        end -= 1
    return lines[:end]


def _foot(locked: Locked, whole: bool) -> list[str]:
    state = locked.state
    document = state.scheme.document
    rests = [f"依据：{document.number or document.title}"]
    if state.scheme.template:
        rests = ["依据：系统附带的模板，非官方文件"]
    if not locked.complete:
        rests.append("数据未齐，位次为暂列")
    if any(one.grade == UNJUDGED for section in sections(locked) for one in section.lines):
        rests.append("原文未定分数线，等次由评议确定")
    if state.unconfirmed:
        rests.append(f"尚有{len(state.unconfirmed)}项口径未经确认")
    rests += [] if whole else [FULL_LIST]
    return ["；".join(rests) + "。", locked.stamp]
