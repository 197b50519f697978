"""How a place is called beside its full name: the forms in common use that can be told from the name itself, those of
the alias file, and the names it bore before. Nothing here looks at other places; whether a form is unmistakable where it
is used is for ``match``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType

from data.regions.places import Place, read_csv

SHORTEST = 2
"""Characters a short form has at least: 梅县 is never called 梅."""

_PEOPLES = (
    "蒙古", "维吾尔", "布依", "朝鲜", "土家", "哈尼", "哈萨克", "傈僳", "高山", "拉祜", "东乡", "纳西", "景颇", "柯尔克孜",
    "达斡尔", "仫佬", "布朗", "撒拉", "毛南", "仡佬", "锡伯", "阿昌", "普米", "塔吉克", "乌孜别克", "俄罗斯", "鄂温克", "德昂",
    "保安", "裕固", "塔塔尔", "鄂伦春", "赫哲", "门巴", "珞巴", "基诺", "独龙",
)  # fmt: skip
_SHORT_PEOPLES = "回满藏苗彝壮侗瑶白傣黎佤畲水土羌怒京"  # of one character, so only with 族 after it
_CHAIN = re.compile(rf"(.{{2,}}?)((?:(?:{'|'.join(_PEOPLES)})族?|[{_SHORT_PEOPLES}各]族)+)")

_KINDS = (
    "特别行政区", "自治区", "自治州", "自治县", "自治旗", "民族苏木", "民族乡", "地区", "林区", "矿区", "新区",
    "街道", "苏木", "省", "市", "县", "区", "旗", "盟", "镇", "乡",
)  # fmt: skip
_LOCAL = {"自治州": "州", "自治县": "县", "自治旗": "旗", "民族乡": "乡", "民族苏木": "苏木"}
_BANNER = re.compile(r"(.)(.+?)([左右])?翼?([前中后])?旗")
_COMMON_NOUNS = frozenset(
    (
        "城关",
        "新城",
        "老城",
        "新市",
        "市中",
        "城中",
        "城东",
        "城西",
        "城南",
        "城北",
        "城郊",
        "城区",
        "郊区",
        "民族",
        "农场",
    )
)
"""Short forms that are words for a part of any town, and so no name: 城关区 is never called by 城关 alone."""
_OFFICES = {
    "街道": ("街", "街办", "街道办", "街道办事处"),
    "盟": ("盟行政公署", "盟行署"),
    "地区": ("地区行政公署", "地区行署"),
}
_GOVERNMENTS = ("人民政府", "政府")
_CUSTOMARY = MappingProxyType({"150000": ("内蒙",)})


def plain(name: str) -> str:
    """The name without what cannot be seen: NFKC, no white space, no zero-width or other format characters."""
    text = unicodedata.normalize("NFKC", name)
    return "".join(char for char in text if not char.isspace() and unicodedata.category(char) not in ("Cf", "Cc"))


@cache
def known_forms(each: Place) -> frozenset[str]:
    """Every way to write this place that counts, its full name among them: 连山壮族瑶族自治县, 连山县, 连山, ….

    A 街道 is never called by its bare name: 台城 may as well be the town it was made from. All forms are ``plain``.
    """
    name = plain(each.name)
    kind, stem = _parts(name)
    told = {name, *_offices(stem, kind)}
    told |= {*_by_kind(stem, kind), *_without_peoples(stem, kind), *_banner(name)} - _COMMON_NOUNS
    told |= {*_aliases().get(each.code, ()), *_former().get(each.code, ()), *_CUSTOMARY.get(each.code, ())}
    return frozenset(form for form in told if len(form) >= SHORTEST)


def core(name: str) -> str:
    """What tells a name apart from its fellows: 台山 of 台山市, 连山 of 连山壮族瑶族自治县; 城 of 城区."""
    kind, stem = _parts(plain(name))
    found = _CHAIN.fullmatch(stem)
    return found[1] if found and kind else stem


def _parts(name: str) -> tuple[str, str]:
    """The kind of place that a name ends in, and what stands before it."""
    kind = next((kind for kind in _KINDS if name.endswith(kind) and len(name) > len(kind)), "")
    return kind, name.removesuffix(kind)


def _offices(stem: str, kind: str) -> Iterator[str]:
    """The place by the office that runs it, which is the same institution: 台城街道办事处, 川岛镇人民政府."""
    if len(stem) >= SHORTEST:
        yield from (stem + office for office in _OFFICES.get(kind, ()))
    if kind != "街道":
        yield from (stem + kind + office for office in _GOVERNMENTS)


def _by_kind(stem: str, kind: str) -> Iterator[str]:
    """The kind left off or changed for its common form, where at least two characters remain."""
    if len(stem) < SHORTEST or not kind:
        return
    if kind in _LOCAL:
        yield stem + _LOCAL[kind]
    if kind != "街道" and not (kind == "旗" and stem[-1] in "左右前中后"):
        yield stem


def _without_peoples(stem: str, kind: str) -> Iterator[str]:
    """The peoples (民族) left off: 巴音郭楞蒙古自治州 → 巴音郭楞, 巴音郭楞州, 巴音郭楞自治州; 鄂温克族自治旗 → 鄂温克, 鄂温克旗."""
    if not kind or kind in ("街道", "镇"):
        return
    found = _CHAIN.fullmatch(stem)
    rest = found[1] if found else stem.removesuffix("族") if stem.removesuffix("族") in _PEOPLES else ""
    if rest:
        yield from (rest, rest + kind, rest + _LOCAL.get(kind, kind))


def _banner(name: str) -> Iterator[str]:
    """A banner by its first character and its wing: 鄂托克前旗 → 鄂前旗, 科尔沁右翼前旗 → 科右前旗."""
    found = _BANNER.fullmatch(name)
    if found and (found[3] or found[4]):
        yield f"{found[1]}{found[3] or ''}{found[4] or ''}旗"


@cache
def _aliases() -> MappingProxyType[str, tuple[str, ...]]:
    return _column("aliases_gd_nm.csv", "alias")


@cache
def _former() -> MappingProxyType[str, tuple[str, ...]]:
    return _column("former_names_cn.csv", "former")


def _column(file: str, column: str) -> MappingProxyType[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = {}
    for row in read_csv(file):
        names[row["code"]] = (*names.get(row["code"], ()), plain(row[column]))
    return MappingProxyType(names)
