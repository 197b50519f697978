"""What a heading of a summary workbook means: a component's score, the total, the grade, the place, an item; or nothing we know."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from data.sheets import words
from data.sheets.names import Names
from scoring.crosscheck.layout import ASK, BONUS, DEDUCTION, GRADE, IGNORE, NET, RANK, TOTAL, extras_of
from scoring.elements import Indicator
from scoring.scheme import Scheme

_TOTALS = ("综合得分", "总得分", "总分", "合计得分", "综合分", "最终得分", "综合评分", "总评分", "综合成绩", "考核总分",
           "总成绩", "合计", "综合评价得分", "加权得分", "总计")  # fmt: skip
_OWN_TOTALS = ("得分", "平均分", "平均", "总分", "合计", "小计", "考核得分", "分数", "评分", "综合得分", "成绩")
_GRADES = ("等次", "等级", "档次", "综合评价等次", "评价等次", "评定")
_EXTRAS = {
    BONUS: ("加分", "加分合计", "加分项", "奖励加分", "附加分", "加分小计", "加分得分"),
    DEDUCTION: ("扣分", "扣分合计", "扣分项", "减分", "扣减分", "扣分小计"),
    NET: ("加减分", "加扣分", "加减分合计", "加扣分合计", "加分扣分"),
}
_RANKS = ("位次", "名次", "排名", "排序", "排位")
_IGNORED = ("序号", "编号", "备注", "说明", "评价意见", "组别", "类别", "代码", "行政区划代码", "考核组", "年度", "日期", "联系人")
_WEIGHTED = ("折算", "加权", "计入", "折合", "折后", "乘权重")
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s*%")
_SHARE = re.compile(r"(?:权重|占比?|比重|[×xX*])\s*[:：]?\s*(0?\.\d{1,4}|\d{1,3}(?:\.\d{1,4})?)(?![\d%])")


@dataclass(frozen=True)
class Meaning:
    """A role with why we think so."""

    role: str
    why: str


@dataclass
class Headings:
    """Reads the headings of one table. ``component``: whose table it is, by its sheet's name or its title."""

    scheme: Scheme
    items: tuple[Indicator, ...]
    component: str = ""
    numbered: bool = False
    """Whether plain numbers in the headings are the items' numbers."""
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(each.name for each in self.scheme.components)
        self._ids = {each.name: each.id for each in self.scheme.components}
        self._items = {words.key(each.name): each.no for each in self.items}

    def component_in(self, text: str) -> str:
        """The id of the one component a text names, or nothing."""
        found = self.names.within(text, short=True)
        return self._ids[found] if found else ""

    def read(self, pieces: list[str]) -> Meaning:
        """What a column is, by its heading from top to bottom."""
        text, last = "".join(map(words.head, pieces)), words.head(pieces[-1]) if pieces else ""
        own = next((found for piece in reversed(pieces) if (found := self.component_in(piece))), "")
        number = self._item(pieces)
        if number:
            only = self.scheme.counted[0].id if len(self.scheme.counted) == 1 else ""
            return Meaning(f"item:{own or self.component or only}:{number}", "表头是指标")
        if last in _IGNORED or text in _IGNORED:
            return Meaning(IGNORE, "与核对无关")
        if own and any(word in text for word in (*_GRADES, *_RANKS)):
            return Meaning(IGNORE, "单项的等次或位次，本系统不评")
        if own and last in ("权重", "比重", "占比"):
            return Meaning(IGNORE, "权重列")
        if own and extras_of(self.scheme) and last.endswith(("加分", "扣分")):
            return Meaning(ASK, "一种考核方式的加分、扣分")
        if own:
            return Meaning(f"{'weighted' if _has(text, _WEIGHTED) else 'component'}:{own}", "表头写明考核方式")
        return self._plain(text, last)

    def _plain(self, text: str, last: str) -> Meaning:
        extra = next((role for role in extras_of(self.scheme) if last in _EXTRAS[role]), None)
        if extra:
            return Meaning(extra, "表头")
        if _has(last, _RANKS):
            return Meaning(RANK, "表头")
        if _has(last, _GRADES):
            return Meaning(GRADE, "表头")
        if self.component and last in _OWN_TOTALS:
            return Meaning(f"component:{self.component}", "该表是这种考核方式的表")
        if last in _TOTALS or text in _TOTALS or (last in ("得分", "分数", "成绩") and not self.component):
            return Meaning(TOTAL, "表头")
        return Meaning(ASK, "表头不认识" if text else "没有表头")

    def _item(self, pieces: list[str]) -> int:
        for piece in reversed(pieces):
            _number, rest = words.split_number(piece)
            by_name = self._items.get(words.key(rest)) or self._items.get(words.key(piece))
            if by_name:
                return by_name
            plain = words.key(piece).removeprefix("第").removesuffix("项").removeprefix("指标")
            known = {item.no for item in self.items}
            if self.numbered and plain.isdecimal() and int(plain) in known:
                return int(plain)
        return 0

    def counts(self, pieces: list[str]) -> bool:
        """Whether a heading is nothing but a number, as the numbers of items are."""
        return any(words.key(piece).removeprefix("第").removesuffix("项").removeprefix("指标").isdecimal() for piece in pieces)


def weight_in(text: str) -> Fraction | None:
    """The weight that a heading states: "交叉考核（40%）", "市级考核（权重0.3）"."""
    clean = words.clean(text)
    if found := _PERCENT.search(clean):
        return Fraction(found[1]) / 100
    if found := _SHARE.search(clean):
        value = Fraction(found[1])
        return value / 100 if value > 1 else value
    return None


def _has(text: str, among: tuple[str, ...]) -> bool:
    return any(word in text for word in among)
