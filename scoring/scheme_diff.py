"""The difference of two schemes in sentences (方案差异): what an official would have to be told, and nothing left out.

One walk over everything both say. A field that has no sentence of its own is told by its word from ``scheme_words``, so
that a field added to the format later is never silent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from scoring import scheme_words as words
from scoring.elements import Condition
from scoring.rulebook import condition
from scoring.scheme import Scheme
from scoring.scheme_pairs import Pairs, Row, moved, paired

_LETTERS = 48  # of a quoted text
_MANY = 3  # items that change alike before they are told as one
_BASIS = ("cite", "assumed")
_NAMES = ("name", "action", "grade", "label", "unit", "text", "fact", "of", "at", "id")  # what a row is called by


@dataclass(frozen=True)
class Difference:
    """One difference: its area (考核方式, 指标 …), told in one sentence, and whether it can move a score, a grade or a place."""

    area: str
    text: str
    moves_results: bool


def differences(before: Scheme, after: Scheme) -> tuple[Difference, ...]:
    """Everything ``after`` says otherwise than ``before``, by area in the order of ``scheme_words.AREAS``.

    Empty exactly where the two have one ``hash``.
    """
    if before.hash == after.hash:
        return ()
    walk = _Walk(before, after)
    found = list(walk.scheme())
    if not found:  # the order in which a table such as 赋分 is written
        found = [Difference("文件", "书写的先后有变，内容相同", False)]
    order = list(words.AREAS)
    return tuple(sorted(found, key=lambda each: order.index(each.area)))


@dataclass(frozen=True)
class _Place:
    """Where the walk stands: the scheme's field, what holds the sentence's subject, and whether results can move there."""

    top: str
    subject: str
    moving: bool

    def told(self, text: str, field: str = "", area: str = "") -> Difference:
        still = field in words.STILL or (self.top == "components" and field == "marks")
        return Difference(area or words.AREA_OF[self.top], text, self.moving and not still)

    def at(self, subject: str) -> _Place:
        return _Place(self.top, subject, self.moving)


class _Walk:
    """Both schemes and the walk over them."""

    def __init__(self, before: Scheme, after: Scheme) -> None:
        self.before, self.after = before, after

    def scheme(self) -> Iterator[Difference]:
        old, new = (one.model_dump(mode="json", exclude_defaults=True) for one in (self.before, self.after))
        for field in Scheme.model_fields:
            place = _Place(field, words.TOP[field], field in words.MOVING)
            yield from self._value(place, field, old.get(field), new.get(field), alone=True)

    def _value(self, place: _Place, field: str, old: Any, new: Any, alone: bool = False) -> Iterator[Difference]:
        """One field. ``alone``: the subject itself is the field (a field of the scheme)."""
        if old == new:
            return
        if field == "when":
            yield self._when(place, old, new)
        elif _rows(old) or _rows(new):
            yield from self._list(place, field, old or [], new or [])
        elif isinstance(old, dict) or isinstance(new, dict):
            yield from self._fields(place if alone else place.at(_of(place.subject, _word(place.top, field))), field, old, new)
        else:
            yield place.told(_changed(place.subject, "" if alone else _word(place.top, field), field, old, new), field)

    def _fields(self, place: _Place, field: str, old: dict | None, new: dict | None) -> Iterator[Difference]:
        """An element, or a table of names and numbers such as points by grade."""
        if old is None:
            yield place.told(f"新增{place.subject}", field)
        if new is None:
            yield place.told(f"不再设{place.subject}", field)
            return
        old = old or {}
        names = list(dict.fromkeys([*old, *new]))
        if any(name in old or name in new for name in _BASIS) and (basis := _based(place, old, new)):
            yield basis
        for name in names:
            if name in _BASIS or old.get(name) == new.get(name):
                continue
            if name in words.FIELDS and not _is_table(field):
                special = _special(place, field, name, old, new)
                yield from [special] if special else self._value(place, name, old.get(name), new.get(name))
            else:
                subject = f"打“{name}”的赋分" if place.top == "ticks" else f"{place.subject}中“{self._named(name)}”"
                yield place.told(_changed(subject, "", field, old.get(name), new.get(name)), field)

    def _list(self, place: _Place, field: str, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Difference]:
        pairs = paired(field, old, new)
        kind = _word(place.top, field)
        inside = place.subject if field != place.top else ""
        area = {"indicators": "指标", "units": "名单"}.get(field, "")
        still = field in words.STILL
        for row in pairs.gone:
            yield place.told(f"{_in(inside)}删去{self._row(field, kind, row, self.before)}", "text" if still else "", area)
        for row in pairs.come:
            yield place.told(f"{_in(inside)}新增{self._row(field, kind, row, self.after)}", "text" if still else "", area)
        if field == "indicators":
            yield from _renumbered(place, inside, pairs)
        for each in _together(list(self._both(place, field, kind, inside, pairs)), kind):
            yield Difference(area or each.area, each.text, each.moves_results and not still)
        if moved(pairs, old):
            yield place.told(f"{_in(inside)}{kind}的先后顺序有变", "text", area)

    def _both(self, place: _Place, field: str, kind: str, inside: str, pairs: Pairs) -> Iterator[tuple[Row, str, Difference]]:
        """Every difference of the rows that stay, each with its row and the subject it begins with."""
        for before, after in pairs.both:
            subject = _subject(field, kind, after)
            if place.top != "bands":  # the lines of grades need no more words than themselves
                subject = _of(inside, subject)
            for each in self._fields(place.at(subject), field, _unnumbered(field, before), _unnumbered(field, after)):
                yield after, subject, each

    def _when(self, place: _Place, old: dict | None, new: dict | None) -> Difference:
        told = [condition(scheme, Condition.model_validate(when)) if when else "" for scheme, when in
                ((self.before, old), (self.after, new))]  # fmt: skip
        return place.told(_changed(place.subject, "适用条件", "text", *told) if told[0] != told[1]
                          else f"{place.subject}的适用条件写法有变")  # fmt: skip

    def _named(self, name: str) -> str:
        """A component by its name where a table names it by id (full: {daily: 5})."""
        parts = {part.id: part.name for part in (*self.before.components, *self.after.components)}
        return parts.get(name, name)

    def _row(self, field: str, kind: str, row: Row, scheme: Scheme) -> str:
        """A row that came or went, with what matters most of it."""
        subject = _subject(field, kind, row)
        if field == "components" and "weight" in row:
            return f"{subject}，权重{row['weight']}%"
        if field == "indicators":
            full = "、".join(f"{self._named(name)}{value}分" for name, value in row.get("full", {}).items())
            return f"{subject}（{'·'.join(row['path'])}）" + (f"，满分{full}" if full else "")
        if field in ("items", "lines") and "min" in row:
            return f"{subject}，{row['min']}分起"
        if field == "facts":
            return f"{subject}，取值为{'、'.join(row['values'])}"
        if field in ("limits", "floors") and "when" in row:
            bound = f"至多评为“{row['best']}”" if "best" in row else f"至少评为“{row['worst']}”"
            return f"{subject}，{bound}"
        return subject


def _word(top: str, field: str) -> str:
    """What a field is called, where it stands: ``by`` of an outcome is who does it, of a rank what it is read from."""
    return words.HERE.get((top, field)) or (words.TOP[field] if field == top else words.FIELDS[field])


def _rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)


def _is_table(field: str) -> bool:
    """Whether the field's keys are names of the scheme's own, not of the format."""
    return field in ("points", "full", "answers", "including", "ratio")


def _subject(field: str, kind: str, row: Row) -> str:
    """What a row is called in a sentence."""
    if field == "indicators":
        return f"指标第{row['no']}项“{_short(row['name'])}”"
    if field == "steps":
        return f"考核步骤“{row['who']}{row['what']}”"
    if "path" in row and field in ("categories", "nodes"):
        return f"{kind}“{'·'.join(row['path'])}”"
    name = next((row[key] for key in _NAMES if row.get(key)), "")
    return f"{kind}“{_short(str(name))}”" if name else kind


def _together(found: Sequence[tuple[Row, str, Difference]], kind: str) -> Iterator[Difference]:
    """What changes alike in three or more items is told once: 第1至15项的数据来源…"""
    alike: dict[str, list[int]] = {}
    for row, subject, each in found:
        if "no" in row:
            alike.setdefault(each.text.removeprefix(subject), []).append(row["no"])
    told: set[str] = set()
    for row, subject, each in found:
        tail = each.text.removeprefix(subject)
        if "no" not in row or len(alike[tail]) < _MANY:
            yield each
        elif tail not in told:
            told.add(tail)
            yield Difference(each.area, f"{kind}第{runs(alike[tail])}项{tail}", each.moves_results)


def runs(numbers: Sequence[int]) -> str:
    """Item numbers in few words: 1, 2, 3, 5 give “1至3、5”."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and number == parts[-1][1] + 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return "、".join(str(low) if low == high else f"{low}至{high}" for low, high in parts)


def _unnumbered(field: str, row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "no"} if field == "indicators" else row


def _renumbered(place: _Place, inside: str, pairs: Pairs) -> Iterator[Difference]:
    """Numbers that moved because something came or went before them: one sentence for all."""
    found = [(old["no"], new["no"], new["name"]) for old, new in pairs.both if old["no"] != new["no"]]
    if found:
        first = "、".join(f"“{_short(name)}”由第{was}项改为第{now}项" for was, now, name in found[:3])
        more = f"等{len(found)}项" if len(found) > 3 else ""
        yield place.told(f"{_in(inside)}指标序号有变：{first}{more}", "text", "指标")


def _special(place: _Place, field: str, name: str, old: dict, new: dict) -> Difference | None:
    """Sentences of their own for what a planner changes most."""
    was, now = old.get(name), new.get(name)
    if was is None or now is None:
        return None
    if field == "components" and name == "weight":
        return place.told(f"{place.subject}的权重由{was}%改为{now}%")
    if field in ("items", "lines") and name == "min":
        return place.told(f"“{new['grade']}”的{words.TOP[place.top]}由{was}分改为{now}分")
    if name == "name":
        return place.told(f"{place.subject}改名，原为“{_short(was)}”" if field != "indicators"
                          else f"{place.subject}的表述有变，原为“{was}”", name)  # fmt: skip
    return None


def _based(place: _Place, old: dict, new: dict) -> Difference | None:
    """The ground of a rule: its clause or our reading."""
    was, now = _ground(old), _ground(new)
    return place.told(_changed(place.subject, "依据", "text", was, now), "cite") if was != now and was and now else None


def _ground(element: dict) -> str:
    if cited := element.get("cite"):
        return "条款" + "、".join(cited)
    return f"口径：{element['assumed']}" if element.get("assumed") else ""


def _changed(subject: str, label: str, field: str, old: Any, new: Any) -> str:
    was, now = _contrast(_said(field, old), _said(field, new))
    whose = _of(subject, label) if label else subject
    if old is None or was == "":
        return f"{whose}写明为“{now}”，原未写"
    if new is None or now == "":
        return f"{whose}不再写明，原为“{was}”"
    return f"{whose}由“{was}”改为“{now}”"


def _said(field: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "、".join(_said(field, each) for each in value)
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return words.VALUES.get(text, text) if field in words.CODED else text


def _contrast(old: str, new: str) -> tuple[str, str]:
    """Both texts, of long ones only where they differ with a little before it."""
    if max(len(old), len(new)) <= _LETTERS:
        return old, new
    same = next((at for at, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), min(len(old), len(new)))
    start = max(0, same - 12)
    return tuple(("…" if start else "") + _short(text[start:]) for text in (old, new))  # type: ignore[return-value]


def _short(text: str) -> str:
    return text if len(text) <= _LETTERS else text[:_LETTERS] + "…"


def _of(whole: str, part: str) -> str:
    return f"{whole}的{part}" if whole else part


def _in(whole: str) -> str:
    return f"{whole}中" if whole else ""
