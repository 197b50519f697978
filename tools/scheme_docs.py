"""Writes docs/scheme-format.md from the models: python -m tools.scheme_docs

A field's words stand where the field is defined; only the introduction is written here. A test checks that the page is
current and that its example loads.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import NoneType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from pydantic.fields import FieldInfo

from scoring import kinds
from scoring.kinds import Alternative, Element, Ruled
from scoring.scheme import Scheme
from scoring.shape import element_in

PAGE = Path(__file__).resolve().parents[1] / "docs" / "scheme-format.md"

EXAMPLE = """\
id: anping-2026                        # the file's name without .yaml
title: 2026年安平县镇（街）常态化帮扶工作考核
short: 2026年安平县 · 镇（街）
document:
  title: 安平县2026年常态化帮扶工作考核方案
  number: 安农组〔2026〕3号
  issuer: 安平县委农村工作领导小组
  issued: 2026-10-12
  period: [2026-01-01, 2026-11-30]
words: {unit: 镇（街）, units: 镇（街）}
grades: [好, 较好, 一般, 较差]             # best first
groups:
  - {id: town, name: 镇（街）, units: [{name: 东岭镇}, {name: 西河镇}, {name: 城关街道}], cite: 二}
combine: weighted
components:
  - {id: cross, name: 交叉考核, weight: 60, marks: [ticks, total], cite: 五（一）}
  - {id: daily, name: 日常工作, weight: 40, marks: [total], opinion: true, cite: 五（二）}
  - {id: self, name: 自评, counted: false, cite: 六（一）}
ticks:
  points: {好: 95, 较好: 85, 一般: 75, 较差: 60}
  assumed: 原文未定每档的分值；取各等次分数段的中值
  alternatives:                        # other readings, to be compared and confirmed by a person
    - {label: "100/85/75/60", points: {好: 100, 较好: 85, 一般: 75, 较差: 60}, why: 全表打“好”即得满分}
item_weights: {equal: leaves, assumed: 原文未定各项指标的权重；各项等权}
rounding: {total: 2, assumed: 原文未定小数位数；四舍五入保留两位}
indicators:                            # the official table, one line an item
  - {no: 1, path: [成效, 监测], name: 防止返贫监测和帮扶情况, source: 实地核查, cite: 附件2}
  - {no: 2, path: [成效, 收入], name: 脱贫人口收入增长情况, source: 统计部门, cite: 附件2}
  - {no: 3, path: [责任], name: 责任落实情况, source: 翻阅资料, cite: 附件2}
bands:
  items: [{grade: 好, min: 90}, {grade: 较好, min: 80}, {grade: 一般, min: 70}, {grade: 较差, min: 0}]
  cite: 附件1
rank: {by: [grade, score], assumed: 原文只评等次；位次供内部参考}
facts:
  - {id: sanction, name: 班子成员受处分, values: [无, 警告, 记过, 撤职], cite: 五（三）}
limits:
  - id: leader
    text: 班子成员受到记过以上处分的，当年不得评为“好”等次
    when: {fact: sanction, at_least: 记过}
    best: 较好
    cite: 五（三）
outcomes:
  - {when: {grades: [好]}, action: 表扬, cite: 六（四）}
  - {when: {grades: [一般, 较差]}, action: 谈话提醒, by: 县委农村工作领导小组, cite: 六（四）}
steps:
  - {id: self, who: 镇（街）, what: 自查自评, due: 2026-11-20, component: self, cite: 六（一）}
  - {id: cross, who: 考核组, what: 交叉考核, due: 2026-12-10, component: cross, cite: 六（二）}
doubts:
  - {clause: 附件2, text: 正文四（二）所列的“资金使用”在指标表中没有对应的一项}
"""

INTRODUCTION = """\
# The scheme format (方案)

A scheme file holds one official assessment table as data: who is assessed, by whom, on which indicators, with which
weights, lines, limits and consequences. It is YAML; the product's own files are in `data/schemes/`. This page is
generated from the models by `python -m tools.scheme_docs`; what a field means is written where the field is defined.

## Four rules

1. **Every rule cites or owns up.** An element that bears a rule has exactly one of `cite` (the clause, or a list of
   clauses) and `assumed` (our reading and its reason, where the text is silent). An assumed element may list
   `alternatives`: each has a `label` and the fields of the same element that it would set. All readings are shown on the
   page 方案与口径 and confirmed by a person before results are final.
2. **Text stays text until a field gives it a type.** `89.95` is exact, `1.10` is not 1.1, `no` is not false. Numbers are
   written `40`, `89.95` or `1705/19`; days `2020-11-30`; yes and no `true` and `false`. A text with `: `, ` #` or, inside
   `{…}` and `[…]`, a comma in it is put in double quotes; the full-width ：and ， need none.
3. **No expressions.** A condition is a named field, or several joined by `all` and `any`. A new kind of rule is a new
   named field with a test, never a formula in a file.
4. **Nothing passes by mistake.** Repeated and unknown names, missing fields, names that do not exist elsewhere in the
   file, weights that do not make 100: the loader lists every mistake at once, each with its line, in Chinese, and loads
   nothing. YAML anchors and aliases (`&`, `*`), merge keys and tabs are refused.

Check a file with `python cli.py scheme check FILE`.

## A whole small example

The place is invented. The test of this page loads the example.

"""

NEXT_YEAR = """\
## Next year's document in an hour

1. **Copy the nearest scheme** (5 minutes): `cp data/schemes/jiangmen-2020-county.yaml data/schemes/jiangmen-2027-county.yaml`.
   Change `id` to the new file's name, then `title`, `short` and the card under `document`. Put the document's text beside
   the others in `data/schemes/texts/` and name it in `document.text`.
2. **The roster** (5 minutes): `groups`, one group for each list that is ranked apart, `units` with their division codes in
   行政区划 order. If the document only says how many, list them by the division and say so in `assumed`.
3. **The table** (15 minutes): one line an indicator, `no`, `path`, `name`, `source` exactly as printed, the table as `cite`.
   What had to be guessed about a printed line goes into `note`; misprints stay and go into `doubts`.
4. **The arithmetic** (10 minutes): `combine`, `components` with weights, `ticks` or full marks, `bands`. Read the clause, type
   the number, cite the clause. Where there is no clause, do not cite the nearest one: write `assumed`, and `alternatives`
   if another reading could change a grade.
5. **What follows** (10 minutes): `facts` and `limits` for every 不得评为, `outcomes` for every 表扬, 约谈 and 整改, `steps`
   with their days, `send_to`. Write the document's own words into `text`.
6. **Check** (5 minutes): `python cli.py scheme check data/schemes/jiangmen-2027-county.yaml` until it is silent. Then
   score last year's forms under the new scheme and look at what changes: `python cli.py score --scheme FILE SHEET…`.
7. **Doubts** (10 minutes): read the document once more from the end to the beginning and list every contradiction and gap
   under `doubts`. They are shown to those who decide, and never mended silently.

A scheme that only has to be read, not scored, says `status: skeleton`. Where there is no last year, begin with
`data/schemes/template-2026-county.yaml` (常态化精准帮扶): it is ours and says so (`template: true`), every rule of it is
`assumed`, and each becomes the office's own when a clause is cited instead.

## What today's tables need

An indicator table with 分值, three levels, 完成率, 加分 and 扣分, as offices keep it in a sheet:

```yaml
words: {indicator: 三级指标, categories: [一级指标, 二级指标]}
combine: add                           # every item is marked by one component, and the marks add up to 100
components:
  - {id: field, name: 实地考核, full: 60, marks: [points], cite: 三}
  - {id: data, name: 数据考核, full: 40, marks: [points], cite: 三}
indicators:
  - {no: 1, path: [责任, 组织领导], name: 责任落实情况, kind: points, full: {field: 60}, cite: 附件}
  - {no: 2, path: [产业, 就业], name: 务工人数, kind: completion, target: jobs, measure: 人, full: {data: 20},
     completion: {zero_below: 60}, cite: 附件}                       # 分值 × 完成率, nothing below 60 %
  - {no: 3, path: [产业, 资产], name: 收益到位率, kind: completion, full: {data: 15},
     completion: {tiers: [{at: 100, earns: 100}, {at: 90, earns: 80}]}, cite: 附件}     # 分档; the form tells the 完成率
  - {no: 4, path: [产业, 资产], name: 闲置资产, kind: completion, target: idle, measure: 宗, full: {data: 5},
     completion: {better: less}, cite: 附件}                          # the less the better
  - {no: 5, path: [加分], name: 典型经验, role: bonus, kind: points, full: {field: 5}, cite: 附件}
  - {no: 6, path: [扣分], name: 负面事件, role: deduction, kind: points, full: {data: 8}, cite: 附件}
bonuses:                               # of registered facts; by value, by count or by amount
  - {id: honour, text: 受表扬的加分, fact: honour, points: {县级: 1, 市级: 2}, max: 3, cite: 五}
deductions:
  - {id: notice, text: 被通报的扣分, fact: notice, each: 3, max: 6, cite: 五}
  - {id: misuse, text: 资金违规每万元扣2分, fact: misuse, each: 2, by: amount, indicator: 1, cite: 五}   # 扣完为止
extras: {bonus_max: 6, total_max: 106, cite: 五}                     # 加分合计6分为限，总分106分封顶
```

加分 and 扣分 are points of the official score and enter after the components are combined. Where several components mark
the same table and are weighed (40/30/30), each item has the same 分值 in all of them and `item_weights: {equal: full}`.

## Every element

"""

_WORDS: tuple[tuple[Any, str], ...] = (
    (kinds.Number, "number"),
    (kinds.Share, "number, 0 or more"),
    (kinds.Positive, "number above 0"),
    (kinds.Whole, "whole number"),
    (kinds.YesNo, "`true` or `false`"),
    (kinds.Day, "day, as 2020-11-30"),
    (kinds.Region, "division code, 6, 9 or 12 digits"),
    (kinds.Text, "text"),
    (kinds.Texts, "text or list of texts"),
    (kinds.SomeTexts, "text or list of texts"),
    (str, "text"),
    (Any, "anything"),
)


def page() -> str:
    """The whole page as Markdown."""
    sections = "\n".join(_section(element) for element in elements())
    return f"{INTRODUCTION}```yaml\n{EXAMPLE}```\n\n{NEXT_YEAR}{sections}"


def elements() -> list[type[Element]]:
    """Every element of the format once, in the order in which a reader of a scheme file meets them."""
    found: list[type[Element]] = [Scheme]
    for element in found:
        inner = (element_in(field.annotation) for field in element.model_fields.values())
        found += list(dict.fromkeys(one for one in inner if one and one not in found))
    return found


def _section(element: type[Element]) -> str:
    doc = " ".join((element.__doc__ or "").split())
    bears = "\n\nBears a rule: besides the fields below it has `cite` or `assumed`, and may have `alternatives`."
    more = "\n\nBesides these it holds the fields that it sets." if element is Alternative else ""
    head = "| field | type | required | meaning |\n|---|---|---|---|\n"
    rule = bears if issubclass(element, Ruled) else ""
    return f"### {element.__name__}\n\n{doc}{rule}{more}\n\n{head}{''.join(_rows(element))}"


def _rows(element: type[Element]) -> Iterator[str]:
    hints = get_type_hints(element, include_extras=True)
    for name, field in element.model_fields.items():
        if issubclass(element, Ruled) and name in Ruled.model_fields:
            continue
        meaning = (field.description or "").replace("|", "\\|")
        yield f"| `{name}` | {_type(hints[name])}{_bounds(field)} | {_required(field)} | {meaning} |\n"


def _type(hint: Any) -> str:
    """A type in words."""
    for known, words in _WORDS:
        if hint == known:
            return words
    inner = [arg for arg in get_args(hint) if arg not in (NoneType, Ellipsis)]
    origin = get_origin(hint)
    if isinstance(hint, type) and issubclass(hint, Element):
        return f"[{hint.__name__}](#{hint.__name__.lower()})"
    if origin is Literal:
        return " or ".join(f"`{value}`" for value in inner)
    if origin is tuple:
        return f"list of {_type(inner[0])}"
    if origin is dict:
        return f"mapping: name to {_type(inner[1])}"
    return _type(inner[0])


def _bounds(field: FieldInfo) -> str:
    limits = {type(limit).__name__: limit for limit in field.metadata}
    least, most = getattr(limits.get("Ge"), "ge", None), getattr(limits.get("Le"), "le", None)
    if least is not None and most is not None:
        return f", {least} to {most}"
    return f", {least} or more" if least is not None else ""


def _required(field: FieldInfo) -> str:
    if field.is_required():
        return "yes"
    default = field.default
    if default is None or default == "" or default == () or default == {} or isinstance(default, Element):
        return "no"
    shown = f"[{', '.join(default)}]" if isinstance(default, tuple) else str(default)
    return f"no, else `{shown.lower() if isinstance(default, bool) else shown}`"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"written: {PAGE}")
