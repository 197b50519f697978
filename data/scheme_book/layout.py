"""Which sheets a scheme's workbook has and which columns each: read from the scheme's own models, labelled in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_origin

from data.scheme_book.codecs import Codec, codec_of
from scoring.assumptions import NAMES
from scoring.kinds import Element
from scoring.scheme import Scheme
from scoring.shape import element_in

ABOUT, BASICS, ITEMS, GRADES, UNITS, REST = "说明", "基本信息", "指标", "赋分与等次线", "名单", "其他"
ROW = "行"
"""Heads the first column of every table: the row's number when it was written. A new row has none."""
GROUP = "组别代号"
EVERYONE = "（全部）"

LABELS = {
    "id": "代号", "title": "名称", "short": "简称", "status": "状态", "grades": "等次", "combine": "计分方式", "supersedes": "废止文件",
    "number": "文号", "issuer": "印发机关", "issued": "成文日期", "publicity": "公开方式", "period": "统计时间", "cutoff": "统计截止日",
    "based_on": "依据文件", "text": "原文", "unit": "对象称谓", "units": "对象统称", "component": "考核方式", "indicator": "指标栏名",
    "categories": "类别栏名", "assessment": "考核称谓", "measure": "计量单位", "name": "名称", "region": "行政区划代码", "kind": "类型",
    "helps": "帮扶对象", "weight": "权重", "full": "满分", "marks": "填报方式", "opinion": "须有评价意见", "counted": "计入总分",
    "who": "谁来做", "points": "赋分", "equal": "未写权重的", "total": "总分", "mode": "舍入", "on": "折算为", "method": "方法",
    "zero_below": "低于此比例不得分", "path": "类别", "no": "序号", "source": "数据来源", "detail": "具体说明", "criterion": "评分标准",
    "least": "最低要求",
    "compare": "与目标比较", "against": "比较对象", "target": "目标代号", "only": "仅考核", "note": "备注",
    "size": "应有数",
    "parent": "所属区划代码", "grade": "等次", "min": "最低分",
    "borrowed": "借用自", "by": "依据", "shown": "位次公开", "peers": "比较组别",
    "quartiles": "四分位算法", "percent": "百分比", "min_peers": "最少家数", "answers": "完成情况", "met": "算完成的", "values": "取值",
    "confirm": "须第二人核对", "many": "可多次", "amount": "数额单位", "value": "目标值", "when": "条件", "best": "最高等次",
    "worst": "最低等次", "confirmed_by": "认定情形", "of": "范围", "kinds": "指标类型", "fact": "情形", "each": "每次", "max": "最多",
    "total_max": "总分上限", "indicators": "指标序号", "due": "期限", "deduct_from": "起扣日", "exempt": "免扣", "groups": "组别",
    "weigh": "加权", "otherwise": "否则", "divide": "除以", "times": "乘以", "places": "小数位", "action": "做什么", "concerns": "涉及谁",
    "meets": "约谈谁", "attends": "谁参加", "to": "分送", "sections": "报告内容", "what": "做什么", "avoid": "回避", "most": "至多",
    "including": "其中",
    "ratio": "比例", "within": "属于抽样", "rule": "抽取方式", "clause": "条款", "cite": "依据条款",
    "assumed": "口径（原文未规定）",
    "alternatives": "另一种口径",
    "document": "文件", "words": "用语", "doubts": "原文存疑", "items": "各等次",
    "lines": "大项分数线", "nodes": "类别权重", "template": "模板", "role": "加分或扣分", "completion": "完成率算法",
    "bonus_max": "加分合计上限", "deduction_max": "扣分合计上限", "total_min": "总分下限", "better": "越多或越少越好",
}  # fmt: skip
"""What each field is called at the head of its column."""

TITLES = {**NAMES, "indicators": ITEMS, "groups": "组别", "facts": "情形", "document": "文件", "words": "用语", "steps": "步骤",
          "extras": "加分和扣分的上下限", "deductions": "扣分",
          "doubts": "原文存疑", "excluded": "不在考核之列", "rank": "位次"}  # fmt: skip
FIRST = ("components", "categories", "indicators", "limits", "facts", "outcomes", "groups", "steps")
"""Tables that every workbook has, empty or not, in the order of its sheets."""


@dataclass(frozen=True)
class Column:
    """One field of the rows of a table; ``codec`` is None where no cell can hold it."""

    field: str
    label: str
    codec: Codec | None


def listed() -> list[str]:
    """Fields of a scheme that are tables of elements, those every workbook has first."""
    found = [name for name, info in Scheme.model_fields.items() if _is_table(info.annotation)]
    return [*FIRST, *(name for name in found if name not in FIRST)]


def single() -> list[str]:
    """Fields of a scheme that are one text, one list of texts, or one element."""
    return [name for name in Scheme.model_fields if name not in listed()]


def row_kind(name: str) -> type[Element]:
    """The element that is one row of a table of the scheme."""
    found = element_in(Scheme.model_fields[name].annotation)
    assert found is not None
    return found


def columns_of(kind: type[Element], without: tuple[str, ...] = ()) -> list[Column]:
    """The columns of a table of such elements: what it rests on comes last."""
    names = [name for name in kind.model_fields if name not in ("cite", "assumed", "alternatives", *without)]
    names += [name for name in ("cite", "assumed", "alternatives") if name in kind.model_fields]
    fields = kind.model_fields
    return [Column(name, LABELS.get(name, name), codec_of(name, fields[name].annotation)) for name in names]


def basics() -> Iterator[tuple[tuple[str, ...], str, Codec]]:
    """The lines of 基本信息: the path of each, what it is called, its codec."""
    for name in single():
        annotation = Scheme.model_fields[name].annotation
        element = element_in(annotation)
        if element is None:
            codec = codec_of(name, annotation)
            assert codec is not None
            yield (name,), LABELS.get(name, name), codec
            continue
        for column in columns_of(element):
            if column.codec is not None and (name, column.field) != ("ticks", "points"):
                yield (name, column.field), f"{TITLES.get(name, name)} · {column.label}", column.codec


def title_of(name: str) -> str:
    """What the sheet of a table of the scheme is called."""
    return TITLES.get(name, name)


def _is_table(annotation: Any) -> bool:
    return get_origin(annotation) is tuple and element_in(annotation) is not None
