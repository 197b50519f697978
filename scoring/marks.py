"""What assessors hand in: marks on sheets, and facts about units. Plain values that every floor above shares."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Mark:
    """One 评分: what a sheet says of one indicator, and the cell that says it.

    ``indicator`` is the item's number (序号), or None where the sheet gives only the component's total.
    Exactly one of four is given: ``grade`` (a tick, a grade's name), ``score`` (points: out of the item's full marks, of
    100 where it has none), ``value`` (what was measured, 实际数值: a percentage, a number of people) or ``answer`` (是, 否,
    完成). The item's kind says which it may be. An item that is 不适用 (``applicable`` False, the reason in ``remark``) has
    none of them and its weight goes to its siblings. Where a document judges without points (曲江) a row has none of them
    either: its 评价意见 stands in ``remark``. ``sheet`` and ``cell`` ("G17") lead back to the uploaded form.
    """

    indicator: int | None
    grade: str | None = None
    score: Fraction | None = None
    applicable: bool = True
    remark: str = ""
    sheet: str = ""
    cell: str = ""
    value: Fraction | None = None
    answer: str | None = None


@dataclass(frozen=True)
class Sheet:
    """One 评分表: every mark that one component (考核方式) gives one unit. ``opinion`` is the 评价意见 of a totals row."""

    unit: str
    component: str
    marks: tuple[Mark, ...]
    opinion: str = ""


@dataclass(frozen=True)
class Fact:
    """One declared 情形 of a unit, such as a punishment (处分).

    ``value`` is one of the fact's values in the scheme. ``date`` is ISO text, ``basis`` the number of the paper it
    rests on (文号). ``amount`` is asked for where the kind of fact counts in amounts (援助资金到账, in 万元). Only a
    ``confirmed`` fact counts; a pending one is shown beside the result.
    """

    unit: str
    fact: str
    value: str
    date: str = ""
    basis: str = ""
    confirmed: bool = True
    amount: Fraction | None = None
