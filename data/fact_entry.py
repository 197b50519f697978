"""What a clerk enters of one 情形 → the fact, or everything that is wrong with the entry, in words with the mend."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from data.store import FactRow
from scoring import exact
from scoring.fact_uses import confirms
from scoring.marks import Fact
from scoring.rules import FactKind
from scoring.scheme import Scheme

_AMOUNT = re.compile(r"\d+(\.\d+)?|\d{1,3}(,\d{3})+(\.\d+)?")
_MOST_DIGITS, _MOST_DECIMALS = 12, 6


@dataclass(frozen=True)
class Entry:
    """The form as filled in; what is left empty is "" or None."""

    unit: str
    kind: str
    value: str
    day: date | None
    basis: str
    amount: str = ""


@dataclass(frozen=True)
class Labels:
    """What the form calls its fields for one kind of fact."""

    day: str
    basis: str
    hint: str


def labels(scheme: Scheme, kind: FactKind) -> Labels:
    """A punishment has a date and a paper, money the day it came and its vouchers, a decision the meeting's minutes."""
    if kind.amount:
        return Labels("到账日期", "依据文号或凭证号", "拨款文件文号、银行凭证号")
    if confirms(scheme, kind.id):
        return Labels("认定日期", "依据文号", "会议纪要等认定文件的文号")
    return Labels("日期", "依据文号", "处分决定、通报、批示等文件的文号")


def problems(scheme: Scheme, rows: Iterable[FactRow], entry: Entry, today: date) -> list[str]:
    """Everything that keeps an entry from being registered; empty where it can be. ``rows``: the facts there are."""
    kind = scheme.fact(entry.kind)
    if missing := _missing(scheme, kind, entry):
        return [f"请填写{'、'.join(missing)}后再登记。"]
    told = [_future(scheme, kind, entry, today), _amount_problem(kind, entry.amount)]
    if told := [problem for problem in told if problem]:
        return told
    fact, there = fact_of(scheme, entry), [row for row in rows if not row.withdrawn]
    return _doubled(kind, there, fact) or _contradicted(scheme, kind, there, fact)


def fact_of(scheme: Scheme, entry: Entry) -> Fact:
    """The fact of an entry without problems, unconfirmed."""
    amount = parsed(entry.amount) if scheme.fact(entry.kind).amount else None
    day = entry.day.isoformat() if entry.day else ""
    return Fact(entry.unit.strip(), entry.kind, entry.value, day, entry.basis.strip(), False, amount)


def called(scheme: Scheme, fact: Fact) -> str:
    """Whose 情形 and which: "珠海市“中央领导同志批示肯定”", "台山市“班子成员受政务处分：记过”"."""
    name = scheme.fact(fact.fact).name.replace("“", "‘").replace("”", "’")  # a quotation within one
    return f"{fact.unit}“{name}”" if fact.value in ("有", "是") else f"{fact.unit}“{name}：{fact.value}”"


def parsed(text: str) -> Fraction:
    """An amount as people write it: "1200", "1,200.50", "１２００". Raises ValueError."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if not _AMOUNT.fullmatch(plain):
        raise ValueError(text)
    return exact.parse(plain.replace(",", ""))


def outside_period(scheme: Scheme, fact: Fact) -> str:
    """A note where a fact's day lies outside the time assessed, else nothing: whether it counts is a person's call.

    The time is the document's 统计时间, else the calendar year of its 统计截止日; a document without either is silent.
    Nothing is said of a decision (认定): it is taken after the time it speaks of.
    """
    try:
        day = date.fromisoformat(fact.date)
    except ValueError:
        return ""
    if confirms(scheme, fact.fact):
        return ""
    period, cutoff = scheme.document.period, scheme.document.cutoff
    if period is not None and not period.start <= day <= period.end:
        return f"日期不在统计时间（{period.start}至{period.end}）之内，请核对是否应计入本年度"
    if period is None and cutoff is not None and day.year != cutoff.year:
        return f"日期不在考核年度（{cutoff.year}年，统计截止{cutoff}）之内，请核对是否应计入本年度"
    return ""


def _missing(scheme: Scheme, kind: FactKind, entry: Entry) -> list[str]:
    named = labels(scheme, kind)
    given: dict[str, object] = {scheme.words.unit: entry.unit.strip(), "取值": entry.value}
    given |= {"金额": entry.amount.strip()} if kind.amount else {}
    given |= {named.day: entry.day, named.basis: entry.basis.strip()}
    return [name for name, what in given.items() if not what]


def _future(scheme: Scheme, kind: FactKind, entry: Entry, today: date) -> str:
    if entry.day is None or entry.day <= today:
        return ""
    return f"{labels(scheme, kind).day}{entry.day}在今天（{today}）之后；请核对年月日。"


def _amount_problem(kind: FactKind, text: str) -> str:
    if not kind.amount:
        return ""
    try:
        amount = parsed(text)
    except ValueError:
        return f"金额“{text.strip()}”不是大于0的数；请只写数字，如 1200 或 1200.5，单位为{kind.amount}。"
    whole, _, decimals = "".join(unicodedata.normalize("NFKC", text).split()).replace(",", "").partition(".")
    if amount <= 0:
        return f"金额应大于0；没有到账的不必登记。单位为{kind.amount}。"
    if len(whole) > _MOST_DIGITS or len(decimals) > _MOST_DECIMALS:
        return f"金额“{text.strip()}”位数过多；请核对单位是否为{kind.amount}，小数最多{_MOST_DECIMALS}位。"
    return ""


def _doubled(kind: FactKind, rows: Iterable[FactRow], fact: Fact) -> list[str]:
    """The same paper registered twice would count twice."""
    same = [row for row in rows if _identity(kind, row.fact) == _identity(kind, fact)]
    if not same:
        return []
    what = "同一笔到账" if kind.amount else "这一情形"
    return [
        f"{fact.unit}的{what}已按“{fact.basis}”登记过（{same[0].actor}登记），不重复登记。"
        "确为另一件的，请在文号后注明序号或改正日期、取值。"
    ]


def _contradicted(scheme: Scheme, kind: FactKind, rows: Iterable[FactRow], fact: Fact) -> list[str]:
    """A decision stands until it is withdrawn: two that say opposite things decide nothing."""
    if confirms(scheme, kind.id) is None:
        return []
    stands = (row for row in rows if (row.fact.unit, row.fact.fact) == (fact.unit, fact.fact))
    return [
        f"{fact.unit}的“{kind.name}”已认定为“{row.fact.value}”（{row.actor}登记，{row.fact.basis}），与“{fact.value}”不能并存。"
        "确需更改的，请撤销前一条后再登记。"
        for row in stands
        if row.fact.value != fact.value
    ][:1]


def _identity(kind: FactKind, fact: Fact) -> tuple[object, ...]:
    paper = "".join(unicodedata.normalize("NFKC", fact.basis).split())
    if kind.amount:
        return fact.unit, fact.fact, fact.value, paper, fact.date, fact.amount
    return (fact.unit, fact.fact, paper) if kind.many else (fact.unit, fact.fact, paper, fact.value, fact.date)
