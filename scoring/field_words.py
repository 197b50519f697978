"""What the format's own words (``kind: tick``) are called in Chinese: on tables, in workbooks and in sentences alike."""

from __future__ import annotations

from collections.abc import Iterable

WORDS: dict[str, dict[str, str]] = {
    "status": {"whole": "完整", "skeleton": "仅可查阅"},
    "combine": {"weighted": "加权平均", "add": "分值相加", "judgement": "综合评定"},
    "marks": {"ticks": "打√", "points": "分项给分", "total": "总分"},
    "kind": {
        "tick": "打√评档", "points": "分项给分", "ratio": "比例", "yesno": "是否", "quantity": "数量", "completion": "完成率",
        "task": "任务", "judged": "定性评议",
    },
    "role": {"base": "基础分", "bonus": "加分项", "deduction": "扣分项"},
    "compare": {"above": "高于", "at_least": "不低于", "at_most": "不超过", "below": "低于"},
    "better": {"more": "越多越好", "less": "越少越好"},
    "equal": {"leaves": "各项指标等权", "siblings": "同级等权", "full": "按分值"},
    "mode": {"half_up": "四舍五入", "none": "不舍入"},
    "method": {
        "linear": "按比例", "quartiles": "四分位数", "band": "中位数上下浮动", "mean": "平均", "worst": "取最低", "majority": "取最多",
    },
    "quartiles": {"inclusive": "含端点"},
    "by": {"grade": "等次", "score": "得分", "count": "次数", "amount": "金额", "helps": "帮扶关系"},
    "shown": {"internal": "内部参考", "public": "对外公布", "none": "不排位"},
    "of": {"total": "总分", "items": "单项指标"},
    "weigh": {"households": "按户数加权", "none": "取平均"},
    "otherwise": {"mean": "平均"},
    "after": {"notice": "通报"},
    "avoid": {"self": "不考核本地", "mutual": "不互相考核"},
    "rule": {"interval": "等间隔", "random": "随机", "chosen": "指定"},
}  # fmt: skip
"""Field → value → word. Within one field no two words are alike, so that a word in a cell means one value."""


def word(field: str, value: str) -> str:
    """The word for a value of a field; any other text as it is."""
    return WORDS.get(field, {}).get(value, value)


def some(field: str, values: Iterable[str]) -> dict[str, str]:
    """The words for those values alone, in their order."""
    return {value: word(field, value) for value in values}
