"""曲江2018: nine towns, opinions in words, no points and no grades; 情形 bring consequences of growing weight.

One town missed its plan (trigger 一), one has poor accuracy (trigger 四), one broke the rules on funds so gravely that
责任追究 follows, one did so well that it is commended; one 情形 still waits for its second person.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.demo.parts import Demo, DemoForm, dealt, names, workbooks
from data.schemes import scheme
from scoring.marks import Fact, Mark, Sheet

SCHEME = "qujiang-2018"
PAPER = "示例韶曲扶组〔2018〕{}号"


@dataclass(frozen=True)
class Story:
    """One town: its 情形 (fact id, value, whether checked by a second person), and the check's words on the five contents."""

    name: str
    check: tuple[str, str, str, str, str]
    facts: tuple[tuple[str, str, bool], ...] = ()


_GOOD = (
    "年度减贫任务完成。",
    "识别、退出程序规范，群众认可。",
    "政策落实到户，满意度较高。",
    "资金安排及时，管理规范。",
    "责任落实，队员在岗履职。",
)
_FAIR = ("年度减贫任务完成。", "个别户信息更新不及时。", "政策基本落实。", "资金支出进度偏慢。", "责任基本落实。")


def _but(words: tuple[str, ...], **told: str) -> tuple[str, str, str, str, str]:
    """The same words, but for the contents named: poverty, accuracy, help, funds, duty."""
    order = ("poverty", "accuracy", "help", "funds", "duty")
    first, second, third, fourth, fifth = (told.get(key, text) for key, text in zip(order, words, strict=True))
    return first, second, third, fourth, fifth


STORIES = (
    Story(
        "未完成计划",
        _but(_FAIR, poverty="年度计划减贫任务未完成，差距较大。"),
        (("missed", "有", True), ("gravity", "一般", True)),
    ),
    Story("准确率较低", _but(_FAIR, accuracy="抽查退出准确率96%，低于98%。"), (("inaccurate", "有", True),)),
    Story(
        "资金违规，情节严重",
        _but(_FAIR, funds="违反资金管理使用规定，造成不良影响。"),
        (("funds", "有", True), ("gravity", "情节严重、造成不良影响", True)),
    ),
    Story("成效显著", _GOOD, (("outstanding", "是", True),)),
    Story("情形待核对", _but(_FAIR, duty="审计反映帮扶责任人履职记录不实，待核实。"), (("discipline", "有", False),)),
    Story("良好", _GOOD),
    Story("良好之二", _GOOD),
    Story("平稳", _FAIR),
    Story("平稳之二", _FAIR),
)


def story_of(seed: int) -> dict[str, Story]:
    """Which town plays which story: rotated by the seed."""
    return dealt(names(scheme(SCHEME), "town"), STORIES, seed)


def forms(seed: int) -> list[DemoForm]:
    """Two workbooks of words: each town's own summary, and what the check found."""
    rules = scheme(SCHEME)
    told = [("self", dict.fromkeys(story_of(seed), _GOOD)), ("check", {t: s.check for t, s in story_of(seed).items()})]
    sheets = [
        Sheet(town, component, tuple(Mark(no, remark=text) for no, text in enumerate(opinions, 1)))
        for component, of_towns in told
        for town, opinions in of_towns.items()
    ]
    return workbooks(rules, sheets)


def facts(seed: int) -> list[Fact]:
    """The triggers, how grave they are, and the commendation."""
    told = [(town, *fact) for town, story in story_of(seed).items() for fact in story.facts]
    return [
        Fact(town, kind, value, "2018-12-20", PAPER.format(number), confirmed)
        for number, (town, kind, value, confirmed) in enumerate(told, 1)
    ]


DEMOS = (Demo(SCHEME, "2018年曲江区镇（示例数据）", forms, facts),)
