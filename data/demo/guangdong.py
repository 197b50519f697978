"""广东2019: 14 被帮扶市 and 6 对口帮扶市, each group marked on its own table and ranked apart; 江门市 is assessed elsewhere.

There are no lines, so nobody has a grade. Two cities share a place; one leads in 交叉考核 and loses it to the 第三方评估;
one has a 突出问题 and is proposed for a talk (谈话提醒) whatever its score. 自评 is kinder than 交叉考核 everywhere.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction

from data.demo.parts import Demo, DemoForm, Tally, dealt, names, ticked, workbooks
from data.schemes import scheme
from scoring.marks import Fact, Mark, Sheet

SCHEME = "guangdong-2019"


@dataclass(frozen=True)
class Story:
    """What one city shows: its ticks in 交叉考核, the score of the 第三方评估, that of 日常工作 and its 评价意见."""

    name: str
    cross: Tally
    third: str
    daily: str
    opinion: str = "年度任务完成较好，数据报送及时，个别项目推进偏慢。"
    prominent: bool = False


HELPED = (
    Story("领先", (16, 1, 0, 0), "95.20", "94.50", "各项工作扎实，台账规范，成效突出。"),
    Story("紧随其后", (15, 2, 0, 0), "94.60", "93.80", "年度任务完成好，资金使用规范。"),
    Story("并列之一", (13, 4, 0, 0), "92.00", "91.00"),
    Story("并列之二", (13, 4, 0, 0), "91.00", "92.00"),
    Story("交叉领先而第三方偏低", (16, 1, 0, 0), "82.40", "90.30", "工作部署有力；第三方测评反映的群众满意度偏低。"),
    Story("稳中靠前", (12, 5, 0, 0), "91.30", "90.20"),
    Story("稳中靠前之二", (11, 6, 0, 0), "89.60", "90.40"),
    Story("中游", (10, 6, 1, 0), "88.00", "89.50"),
    Story("中游之二", (9, 8, 0, 0), "87.50", "86.00"),
    Story("中游之三", (8, 8, 1, 0), "86.20", "87.10"),
    Story("有突出问题", (9, 7, 1, 0), "85.40", "84.00", "个别县资金闲置问题突出，须限期整改。", prominent=True),
    Story("偏后", (6, 9, 2, 0), "84.80", "83.60", "产业项目带动不足，动态管理不够及时。"),
    Story("偏后之二", (4, 9, 3, 1), "79.60", "80.50", "住房和饮水安全保障仍有短板。"),
    Story("靠后", (2, 8, 5, 2), "75.40", "77.00", "责任落实和资金管理均有较多问题。"),
)
HELPERS = (
    Story("领先", (8, 0, 0, 0), "95.60", "95.00", "协议任务全部完成，产业帮扶成效突出。"),
    Story("紧随其后", (7, 1, 0, 0), "94.20", "93.60"),
    Story("中游", (6, 2, 0, 0), "91.80", "92.40"),
    Story("中游之二", (5, 3, 0, 0), "90.50", "89.90"),
    Story("消费扶贫偏弱", (4, 3, 1, 0), "88.20", "87.50", "消费扶贫协议金额尚未全部完成。"),
    Story("靠后", (3, 3, 2, 0), "84.60", "85.30", "驻村力量和产业项目均有缺口。"),
)
STORIES = {"helped": HELPED, "helper": HELPERS}


def story_of(seed: int) -> dict[str, Story]:
    """Which city plays which story of its group: rotated by the seed."""
    rules = scheme(SCHEME)
    found: dict[str, Story] = {}
    for group, stories in STORIES.items():
        found |= dealt(names(rules, group), stories, seed)
    return found


def forms(seed: int) -> list[DemoForm]:
    """A workbook for each 考核方式 and group."""
    rules, dice = scheme(SCHEME), random.Random(seed)
    sheets = []
    for unit, story in story_of(seed).items():
        group = rules.group_of(unit)
        numbers = [item.no for item in rules.items_for(group.id, "cross", unit)] if group else []
        sheets.append(Sheet(unit, "cross", ticked(numbers, rules.grades, story.cross, dice)))
        sheets.append(Sheet(unit, "third", (Mark(None, score=Fraction(story.third)),)))
        sheets.append(Sheet(unit, "daily", (Mark(None, score=Fraction(story.daily)),), story.opinion))
        sheets.append(Sheet(unit, "self", ticked(numbers, rules.grades, _own(story.cross), dice)))
    return workbooks(rules, sheets)


def _own(cross: Tally) -> Tally:
    """自评, a little kinder than 交叉考核: half of what was 较好 is 好, and whatever was worse is a grade better."""
    best, good, fair, poor = cross
    return best + (good + 1) // 2, good // 2 + fair, poor, 0


def facts(seed: int) -> list[Fact]:
    """The 突出问题."""
    return [
        Fact(unit, "prominent", "有", "2020-03-20", "示例督〔2020〕2号")
        for unit, story in story_of(seed).items()
        if story.prominent
    ]


DEMOS = (Demo(SCHEME, "2019年广东省地级以上市（示例数据）", forms, facts),)
