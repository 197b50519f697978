"""What in a list of households seems to name or number a person. Nothing of what stands there is ever repeated.

Headings, identity numbers and telephone numbers are sure enough to refuse a file. Whether two or three Han letters are a
name only people can tell: there is a question for them, never a verdict.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

HEAD = 15
"""Rows in which headings may stand."""

_HEADS = (
    ("姓名", "姓名"), ("户主", "姓名"), ("名字", "姓名"), ("联系人", "姓名"), ("身份证", "身份证号"), ("证件号", "身份证号"),
    ("公民身份", "身份证号"), ("电话", "电话"), ("手机", "电话"), ("联系方式", "电话"), ("银行", "银行账号"), ("账号", "银行账号"),
    ("帐号", "银行账号"), ("卡号", "银行账号"), ("住址", "住址"), ("地址", "住址"), ("出生", "出生日期"),
)  # fmt: skip
_IDENTITY = re.compile(r"(?<!\d)[1-8]\d{5}((?:19|20)\d{2})(\d{2})(\d{2})\d{3}[\dXx](?!\d)")
_EARLY_IDENTITY = re.compile(r"(?<!\d)[1-8]\d{5}([2-9]\d)(\d{2})(\d{2})\d{3}(?!\d)")
"""15 digits, as issued until 1999; a year before 1920 is more likely the code of a 镇 (100 to 199) in a 户编号."""
_TELEPHONE = re.compile(r"(?<![\dA-Za-z-])(?:(?:\+?86)?1[3-9]\d{9}|0\d{2,3}-\d{7,8})(?![\dA-Za-z])")

_NAME = re.compile(
    "[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧肖程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜"
    "范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文盘蓝覃韦][\u4e00-\u9fff]{1,2}"
)
_PLACES = re.compile(".+[村居区屯寨庄坪坝湾沟塘岭冲洞坑查组队街镇圩洲围岗]")
_KINDS = re.compile(".+[户病残灾保困贫房]")


def told(text: str, row: int) -> str:
    """Why a cell may not stand in the list ("像身份证号"), or nothing."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if row <= HEAD and len(plain) <= 12 and "编号" not in plain:
        named = next((what for word, what in _HEADS if word in plain), "")
        if named:
            return f"是“{named}”一列"
    digits = re.sub(r"(?<=\d)[ \u00a0](?=\d)", "", unicodedata.normalize("NFKC", text))
    if _identity(digits):
        return "像身份证号"
    return "像电话号码" if _TELEPHONE.search(digits) else ""


def may_be_name(text: str) -> bool:
    """Two or three Han letters that begin with a common surname, and end neither as places nor as kinds of households do."""
    return bool(_NAME.fullmatch(text)) and not _PLACES.fullmatch(text) and not _KINDS.fullmatch(text)


def _identity(digits: str) -> bool:
    now = any(_is_day(*map(int, found.groups())) for found in _IDENTITY.finditer(digits))
    return now or any(
        _is_day(1900 + int(year), int(month), int(day)) for year, month, day in _EARLY_IDENTITY.findall(digits)
    )


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
