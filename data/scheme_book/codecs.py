"""How a written value stands in one cell, by the kind of its field: lists with ；, maps with ＝, words in Chinese.

A codec need not be able to say every value. Whoever writes a cell reads it back at once, and what does not come back the
same goes to the sheet 其他 (``data.scheme_book.written``), so no codec can lose anything.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, get_args, get_origin

from scoring.elements import Help, Period
from scoring.field_words import some
from scoring.rules import Condition, Due
from scoring.shape import element_in

_CONDITION = {"fact": "情形", "at_least": "达到", "equals": "等于", "grades": "等次", "category_grade": "大项等次",
              "target_met": "完成目标", "count": "次数", "bottom": "靠后"}  # fmt: skip
_LISTED = ("grades", "category_grade")
_APART = re.compile("[；;]")


class Codec(Protocol):
    """Between a written value and the text of its cell."""

    def say(self, value: Any) -> str:
        """The cell's text."""

    def mean(self, text: str) -> Any:
        """What a cell's text writes. Raises ValueError, in words, for one that writes nothing."""


@dataclass(frozen=True)
class Plain:
    """One text or number, word for word."""

    def say(self, value: Any) -> str:
        return str(value)

    def mean(self, text: str) -> Any:
        return text


@dataclass(frozen=True)
class Several:
    """A list of texts or of the format's words."""

    words: Mapping[str, str] = field(default_factory=dict, hash=False)

    def say(self, value: Any) -> str:
        return "；".join(self.words.get(part, part) for part in value)

    def mean(self, text: str) -> Any:
        back = {word: key for key, word in self.words.items()}
        return [back.get(part.strip(), part.strip()) for part in _APART.split(text) if part.strip()]


@dataclass(frozen=True)
class OneOf:
    """One of the format's own words."""

    words: Mapping[str, str] = field(default_factory=dict, hash=False)

    def say(self, value: Any) -> str:
        return self.words.get(value, value)

    def mean(self, text: str) -> Any:
        return {word: key for key, word in self.words.items()}.get(text.strip(), text.strip())


@dataclass(frozen=True)
class Pairs:
    """A map of text to text: 好＝95；较好＝85."""

    def say(self, value: Any) -> str:
        return "；".join(f"{key}＝{inner}" for key, inner in value.items())

    def mean(self, text: str) -> Any:
        return dict(_pair(part) for part in _APART.split(text) if part.strip())


@dataclass(frozen=True)
class When:
    """A condition without joints: 情形＝sanction；达到＝记过."""

    def say(self, value: Any) -> str:
        said = {key: "、".join(inner) if key in _LISTED else inner for key, inner in value.items()}
        return "；".join(f"{_CONDITION.get(key, key)}＝{inner}" for key, inner in said.items())

    def mean(self, text: str) -> Any:
        keys = {word: key for key, word in _CONDITION.items()}
        pairs = [_pair(part) for part in _APART.split(text) if part.strip()]
        named = {keys.get(word, word): inner for word, inner in pairs}
        return {key: inner.split("、") if key in _LISTED else inner for key, inner in named.items()}


@dataclass(frozen=True)
class Helped:
    """Whom a unit helps: 桂头镇＝30；一六镇."""

    def say(self, value: Any) -> str:
        return "；".join(f"{row['unit']}＝{row['households']}" if "households" in row else row["unit"] for row in value)

    def mean(self, text: str) -> Any:
        parts = [part.strip().partition("＝") for part in _APART.split(text) if part.strip()]
        return [{"unit": unit} | ({"households": number} if sign else {}) for unit, sign, number in parts]


@dataclass(frozen=True)
class After:
    """A period after an event: 通报后2个月."""

    def say(self, value: Any) -> str:
        return f"通报后{value.get('months')}个月"

    def mean(self, text: str) -> Any:
        found = re.fullmatch(r"通报后(\d+)个月", text.strip())
        if not found:
            raise ValueError(f"“{text}”不是期限；请写成“通报后2个月”")
        return {"months": found[1]}


@dataclass(frozen=True)
class Days:
    """统计时间, first to last day: 2019-12-01至2020-11-30."""

    def say(self, value: Any) -> str:
        return f"{value['start']}至{value['end']}"

    def mean(self, text: str) -> Any:
        first, sign, last = text.partition("至")
        if not sign:
            raise ValueError(f"“{text}”不是起止日期；请写成“2019-12-01至2020-11-30”")
        return {"start": first.strip(), "end": last.strip()}


def _pair(part: str) -> tuple[str, str]:
    key, sign, value = part.replace("=", "＝", 1).strip().partition("＝")
    if not sign:
        raise ValueError(f"“{part}”缺少“＝”；请写成“名称＝内容”，几项之间用“；”隔开")
    return key.strip(), value.strip()


_OWN: dict[type, Codec] = {Condition: When(), Help: Helped(), Due: After(), Period: Days()}


def codec_of(name: str, annotation: Any) -> Codec | None:
    """The codec of a field by its name and annotation; None for what no cell can hold (tables within tables)."""
    element = element_in(annotation)
    if element is not None:
        return _OWN.get(element)
    literals, kinds = _literals(annotation), set(_origins(annotation))
    words = some(name, literals)
    if dict in kinds:
        return Pairs()
    if tuple in kinds:
        return Several(words)
    if bool in _leaves(annotation):
        return OneOf({"true": "是", "false": "否"})
    return OneOf(words) if words else Plain()


def _literals(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [word for inner in get_args(annotation) for word in _literals(inner)]


def _origins(annotation: Any) -> list[Any]:
    return [get_origin(annotation), *(kind for inner in get_args(annotation) for kind in _origins(inner))]


def _leaves(annotation: Any) -> list[Any]:
    inner = get_args(annotation)
    return [leaf for each in inner for leaf in _leaves(each)] if inner else [annotation]
