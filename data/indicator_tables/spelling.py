"""How indicator tables are written: the words of their headings, numerals before names, amounts with 分 and %."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from data.indicator_tables.model import ItemRole, Role
from data.sheets import words
from scoring import exact

_HEADS: dict[Role, str] = {
    "number": "序号|编号|排序|项次",
    "level": "[一二三四五六]级(指标|类别|项目)?|(所属|考核|评价|考评|指标)*(类别|大类|大项|分类|维度|板块|模块|领域|方面)"
    "|(考核|评价|考评)?项目|指标体系|目标层|准则层|指标类型",
    "name": "(考核|评价|考评|具体|评估)?指标(名称|内容)?|(考核|考评|评价|评估)?(内容|要点|事项|要素)"
    "|指标层|(重点|工作|考核)?任务|工作内容|考核内容及要求"
    "|(考核|评价|考评|评估|工作|指标)?(项目|事项|任务|内容)(名称(和?(主要|具体)?(内容|要求))?|和(主要|具体)?(内容|要求))"
    "|(加分|减分|扣分|加减分|加扣分|奖励|奖惩)(项目|事项|内容|指标|情形)",
    "points": "(标准|基本|考核|指标|权重|基础|满|总|类别|[一二三]级(指标)?)?分(值|数)?|赋分"
    "|(加分|减分|扣分|最高|加减分|加扣分)*(上限|限额|封顶)(分值?)?"
    "|最高(加|扣|减)?分值?"
    "|(加|减|扣|加减|加扣)分(分值|值)|标准分值|(考核)?分值设置|配分",
    "weight": ".{0,5}(权重|比重|占比)(值|系数)?",
    "criterion": "(考核|考评|评价)?(评分|计分|打分|评价|考核|考评|加分|减分|加减分|加扣分|扣分|赋分|得分|认定|计算)"
    "(标准|办法|细则|方法|规则|依据|说明|方式)"
    "(及|和)?(扣分|评分|计分)?(标准|办法|方法|说明)?|标准",
    "part": "(考核|评价|考评|评估|评议)(主体|方式|形式|途径|类型|环节|来源)",
    "source": "(数据|资料|材料|信息)(来源|提供单位|出处)(单位|部门|渠道)?"
    "|(?!被|计量)((责任|考核|牵头|配合|评分|打分|提供|主管|考评|评价|认定|实施|组织|审核|核定|评定|指标|数据|资料|参与|主要|市级|县级|区级|乡镇|市直|县直)+"
    "(单位|部门|科室|股室|主体)|(责任|牵头|联系|具体)(人|领导))(名称)?",
    "note": "备注|说明|备考|完成(时限|时间)|时限",
    "kind": "(指标)?(属性|性质)|加减分|加扣分|计分类型|类型",
    "measure": "(计量)?单位",
    "detail": "(考核|评价|考评)?(内容|要点|指标|要求)(和|、|与)?(评分|计分|考核|评价|打分)?(标准|办法|细则|说明)"
    "|(指标|内容)?(解释|释义|说明)|目标(值|要求|任务)|(年度|工作)目标|考核要求|工作要求|指标要求|考核周期|指标说明",
    "other": "得分|自评(分|得分)?|(考核|实际|考评|评定)得分|实得分|评分|扣分|完成(情况|值)|自评情况|核定分|佐证材料|考核时间|频次",
}
_ROLES = [(role, re.compile(pattern)) for role, pattern in _HEADS.items()]
LONGEST_HEAD = 24
"""Letters a heading may have; a longer cell is text of the table."""

_SUM = re.compile(r".{0,12}(合计|总计|小计|共计)|总分(值)?|合计(总分|分值)|总得分")
_NOTE = re.compile(
    r"(注|说明|备注|填表说明|附注|注释|填表人|制表人?|审核人?|复核人?|(被?考核|考评|评分|打分|检查)人员?|(考核)?组长|联系人|联系电话|(考核|填表)?(日期|时间)|单位负责人)\s*[:：1一.、]|※|[*★]|本表|(注|说明)$"
    r"|.{0,24}(签字|签名|盖章|签章)\s*[)）]?\s*[:：_\s]*(年|月|日|\s)*$"
    r"|[\d_\s]*年[\d_\s]*月[\d_\s]*日?$"
)
_SIGNATURE = re.compile(r".{0,24}(签字|签名|盖章|签章)\s*[)）]?\s*([:：_\s].{0,12})?$")
_NUMERALS = (
    ("dot", re.compile(r"(\d{1,2}(?:[.．]\d{1,2})+)[.．、]?\s*(.*)", re.S)),
    ("cn()", re.compile(r"[(（]([一二三四五六七八九十]{1,3})[)）][、.]?\s*(.*)", re.S)),
    ("cn", re.compile(r"(?:第)?([一二三四五六七八九十]{1,3})(?:[、.．:：]|\s|$)[、.:：]?\s*(.*)", re.S)),
    ("n()", re.compile(r"[(（](\d{1,3})[)）][、.]?\s*(.*)", re.S)),
    ("n)", re.compile(r"(\d{1,3})[)）]\s*(.*)", re.S)),
    ("n", re.compile(r"(\d{1,3})(?:[、．:：]|\.(?!\d)|\s+(?=\D)|$)\s*(.*)", re.S)),
)
_IN_NAME = re.compile(
    r"\s*[(（\[【]\s*(?:共|计|满分|权重|占|基础分|不超过|最高|最多|上限|封顶|累计)*[:：]?\s*(\d{1,4}(?:\.\d{1,6})?)\s*(分|%)\s*[)）\]】]\s*$"
)
_BARE = re.compile(
    r"\s*(?:(?:权重|占比?)\s*[:：]?\s*(\d{1,3}(?:\.\d{1,6})?)\s*%|(?<![得扣加减为满达到于超每第\d.])(\d{1,4}(?:\.\d{1,6})?)\s*分)$"
)
"""An amount behind the name of a category without brackets: 组织领导20分, 产业 权重30%."""
_SHARE = re.compile(r"\s*[(（\[【]\s*权重\s*[:：]?\s*(0?\.\d{1,6}|1(?:\.0+)?)\s*[)）\]】]\s*$")
_AMOUNT = re.compile(r"[(（]?\s*([+-]?\d{1,6}(?:\.\d{1,12})?)\s*(分|%)?\s*[)）]?")
_UPTO = re.compile(
    r"(?:最高|最多|上限|不超过|至多|封顶|≤|<=|±|\+|-|0\s*[-~～至—]+)*\s*(?:加|扣|减)?\s*(\d{1,4}(?:\.\d{1,4})?)\s*分?(?:以内|封顶)?"
)


_PARTS = re.compile(
    ".{0,8}(评价|考核|考评|评议|测评|评估|评审|自评|平时|年终|年度|日常|满意度|第三方|暗访|督查|核查|数据)"
    "(打分|评分|得分)?"
)
MOST_PARTS = 6


def are_parts(texts: list[str]) -> bool:
    """Whether a column's texts are 考核方式 — a few, again and again — and no offices that assess."""
    found = {words.clean(text) for text in texts}
    return 1 < len(found) <= MOST_PARTS and len(found) < len(texts) and all(_PARTS.fullmatch(text) for text in found)


def head_role(text: str) -> Role | None:
    """What a heading's words stand for; None for words no table uses as a heading."""
    spelt = words.head(text).replace("及", "和")
    if not spelt or len(words.clean(text)) > LONGEST_HEAD:
        return None
    return next(
        (role for role, pattern in _ROLES if pattern.fullmatch(spelt) or pattern.fullmatch(words.key(text))), None
    )


def level_number(text: str) -> int:
    """3 for 三级指标; 0 for a level without a number."""
    found = re.match(r"([一二三四五六])级", words.key(text))
    return words.chinese_number(found[1]) if found else 0


def is_sum(text: str) -> bool:
    """Whether a cell heads a row of sums: 合计, 小计, 产业兴旺小计."""
    return bool(_SUM.fullmatch(re.sub(r"[()（）:：\s]|\d+(\.\d+)?分?$", "", _IN_NAME.sub("", words.clean(text)))))


def is_note(text: str) -> bool:
    """Whether a line is a note below a table and no row of it."""
    return bool(_NOTE.match(words.clean(text)))


def is_signature(text: str) -> bool:
    """Whether a cell is where somebody signs, signed already or not: 考核人签字：张三."""
    return bool(_SIGNATURE.match(words.clean(text)))


@dataclass(frozen=True)
class Named:
    """A name as written in a cell: without its numeral and its amount, both told apart."""

    name: str
    style: str = ""
    amount: Fraction | None = None
    percent: bool = False


def named(text: str, category: bool = False) -> Named:
    """ "一、产业兴旺（25分）" is 产业兴旺, numbered as 一、, of 25; a category may be written 产业兴旺25分."""
    spelt = words.clean(text)
    circled = "①" <= text.lstrip()[:1] <= "⑳"  # made plain, ① would be 1
    style, rest = ("o", words.clean(text.lstrip()[1:])) if circled else numeral(spelt)
    found = _IN_NAME.search(rest)
    amount, percent = (exact.parse(found[1]), found[2] == "%") if found else (None, False)
    if not found and (found := _SHARE.search(rest)):
        amount, percent = exact.parse(found[1]) * 100, True
    elif not found and category and (found := _BARE.search(rest)) and found.start() > 1:
        amount, percent = exact.parse(found[1] or found[2]), bool(found[1])
    bare = rest[: found.start()] if found else rest
    bare = "".join(bare.split()) if re.fullmatch(r"[\u4e00-\u9fff](\s+[\u4e00-\u9fff])+", bare.strip()) else bare
    return Named(printed(bare.strip(" :：、") or spelt, text), style, amount, percent)


def printed(spelt: str, text: str) -> str:
    """A text that was made plain, with the full-width punctuation that the original has: 县（市、区）stays so."""
    for half, full in zip("():,;!?", "（）：，；！？", strict=True):
        if full in text and half not in text:
            spelt = spelt.replace(half, full)
    return spelt


def numeral(text: str) -> tuple[str, str]:
    """The style of a leading numeral, "" for none, and what follows it. 2024年目标 has none."""
    for style, pattern in _NUMERALS:
        found = pattern.fullmatch(text)
        if found:
            depth = str(len(re.findall(r"\d+", found[1]))) if style == "dot" else ""
            return ("n" if style == "n" else style + depth), found[2]
    return "", text


def amount_of(text: str) -> tuple[Fraction, bool] | None:
    """The exact number of a cell, and whether it is a percentage: "１０分" is 10; None for anything else."""
    found = _AMOUNT.fullmatch(words.clean(text).replace("−", "-").replace(",", ""))
    return (exact.parse(found[1]), found[2] == "%") if found else None


def upto(text: str) -> Fraction | None:
    """The most that an 加分 or 扣分 may come to: "最高5分", "0-5分", "≤5" are 5; None where it is not told."""
    found = _UPTO.fullmatch(words.clean(text).replace("−", "-"))
    return exact.parse(found[1]) if found else None


_MOST = re.compile(r"(?:最高|最多|上限|不超过|封顶|至多)[^\d。；;]{0,8}(\d{1,4}(?:\.\d{1,4})?)\s*分")


_ONCE = re.compile(r"[加扣减]\s*(\d{1,4}(?:\.\d{1,4})?)\s*分")


def is_veto(text: str) -> bool:
    """Whether words head what is no item but decides by itself: 一票否决."""
    return "否决" in words.key(text)


def most_in(text: str) -> Fraction | None:
    """The bound that the words of a criterion set: "每项加1分，最高3分" is 3; None where they set none or several."""
    spelt = words.clean(text)
    found = set(_MOST.findall(spelt)) or (set() if "每" in spelt else set(_ONCE.findall(spelt)))
    return exact.parse(found.pop()) if len(found) == 1 else None


_BOTH = re.compile("[加奖]分?(?:项|指标)?[和及与或]?[减扣惩罚]")
_PLUS = re.compile(r"^\+|[加奖]\s*\d|加分|奖励|\+\d")
_MINUS = re.compile(r"^-|[扣减]\s*\d|扣分|减分|倒扣|-\d")


def of_both(text: str) -> bool:
    """Whether words head additions and deductions alike: 加减分项, 加（扣）分项, 奖惩事项."""
    return bool(_BOTH.search(words.key(text)))


def signed(texts: list[str]) -> ItemRole:
    """The first text that speaks of adding alone or of taking off alone decides; "base" where none does."""
    for text in texts:
        spelt = words.clean(text).replace("−", "-")
        plus, minus = _PLUS.search(spelt), _MINUS.search(spelt)
        if bool(plus) != bool(minus):
            return "bonus" if plus else "deduction"
    return "base"


def first_clause(text: str) -> str:
    """What a long cell of contents and criteria begins with, which names it: 完成播种面积得10分."""
    start = re.split(r"[，,。；;：:…\n]|\.{2,}", text, maxsplit=1)[0].strip()
    return start if len(start) >= 2 else text


def role_of(texts: list[str]) -> ItemRole:
    """Whether words speak of marks that come on top (加分) or off (扣分); words for both decide nothing."""
    for text in texts:
        spelt = words.key(text)
        if of_both(text):
            continue
        if re.search("(加分|附加)(项|指标|事项|类|分|$)|^(加分|附加)", spelt):
            return "bonus"
        if re.search("(扣分|减分|倒扣|负向|惩罚)(项|指标|事项|类|分|$)|^(扣分|减分|倒扣)", spelt):
            return "deduction"
    return "base"
