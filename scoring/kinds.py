"""What a field of a scheme may hold, and the two elements all others are made from.

Numbers are exact fractions, days are days of the calendar, nothing is evaluated. Every refusal is in Chinese and has
the one error type "scheme", so that the loader can tell our words from pydantic's.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator
from pydantic_core import PydanticCustomError

from scoring import exact

OURS = "scheme"
"""The type of every error raised here."""

UNGROUNDED = "须写明依据：有条款写 cite，原文未规定写 assumed，二者只留一个"


def wrong(message: str, value: Any = None) -> PydanticCustomError:
    """A refusal in our own words; ``{value}`` in them stands for what was written."""
    return PydanticCustomError(OURS, message, {"value": brief(value)})


def brief(value: Any) -> str:
    """What was written, short enough to quote in a message."""
    if not isinstance(value, str):
        return "一组内容"
    return value if len(value) <= 30 else value[:30] + "…"


def _number(value: Any) -> Fraction:
    if isinstance(value, Fraction | int) and not isinstance(value, bool):
        return Fraction(value)
    if not isinstance(value, str):
        raise wrong("这里应是一个数，写成 40 或 89.95 这样")
    try:
        return exact.parse(value)
    except ValueError:
        raise wrong("“{value}”不是数；请写成 40 或 89.95 这样", value) from None


def _share(value: Any) -> Fraction:
    number = _number(value)
    if number < 0:
        raise wrong("“{value}”小于0；这里不能是负数", exact.plain(number))
    return number


def _positive(value: Any) -> Fraction:
    number = _number(value)
    if number <= 0:
        raise wrong("“{value}”应大于0", exact.plain(number))
    return number


def _whole(value: Any) -> int:
    number = _number(value)
    if number.denominator != 1:
        raise wrong("“{value}”应为整数", exact.plain(number))
    return int(number)


def _yes(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise wrong("“{value}”应为 true 或 false", value)
    return value == "true"


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise wrong("“{value}”不是日期；请写成 2020-11-30 这样", value)
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise wrong("“{value}”不是日历上的日子；请核对年月日", value) from None


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise wrong("这里应是文字")
    if not value.strip():
        raise wrong("这里应有文字，不能空着")
    return value


def _region(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"([0-9]{6}|[0-9]{9}|[0-9]{12})?", value):
        raise wrong("“{value}”不是行政区划代码；县级以上写六位，镇（街）写九位", value)
    return value


Number = Annotated[Fraction, BeforeValidator(_number), PlainSerializer(exact.plain)]
Share = Annotated[Fraction, BeforeValidator(_share), PlainSerializer(exact.plain)]
Positive = Annotated[Fraction, BeforeValidator(_positive), PlainSerializer(exact.plain)]
Whole = Annotated[int, BeforeValidator(_whole)]
YesNo = Annotated[bool, BeforeValidator(_yes)]
Day = Annotated[date, BeforeValidator(_day)]
Region = Annotated[str, BeforeValidator(_region)]
Text = Annotated[str, BeforeValidator(_text)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
SomeTexts = Annotated[tuple[Text, ...], BeforeValidator(_listed), Field(min_length=1)]


class Element(BaseModel):
    """Anything written in a scheme: frozen, and strict about the names of its fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Alternative(Element):
    """Another reading (另一种口径) of a silent text: a label, and the fields of the same element that it sets."""

    model_config = ConfigDict(frozen=True, extra="allow")
    label: Text = Field(description="what the reading is called on screen (说法)")
    why: str = Field("", description="what speaks for it")

    @property
    def sets(self) -> dict[str, Any]:
        """The fields it sets, untyped until they are put into a copy of the element."""
        return dict(self.model_extra or {})


class Ruled(Element):
    """An element that bears a rule: exactly one of ``cite`` and ``assumed``."""

    cite: Texts = Field((), description="clause or clauses (条款) of the document")
    assumed: Text | None = Field(None, description="our reading (口径) and its reason: 原文未规定")
    alternatives: tuple[Alternative, ...] = Field((), description="other readings of an assumed element")

    @model_validator(mode="after")
    def _rests_on_something(self) -> Ruled:
        if bool(self.cite) == bool(self.assumed):
            raise wrong(UNGROUNDED)
        return self

    @property
    def basis(self) -> str:
        """The clauses as printed, or the words that mark our own reading."""
        return "、".join(self.cite) if self.cite else "口径（原文未规定）"
