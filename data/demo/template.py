"""The 2026 template (模板): eight invented places, marked by three 考核方式 that each ask for their own items once.

One leads and earns the 加分项; one would be 好 and loses it to 扣分 for two 通报; one stands just below 好; one is limited by
a 规模性返贫. Idle assets, jobs and spending are measured against figures that the office filled in.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction

from data.demo.parts import Demo, DemoForm, dealt, names, workbooks
from data.schemes import scheme
from scoring.elements import Indicator
from scoring.marks import Fact, Mark, Sheet

SCHEME = "template-2026-county"
TARGETS = {"insured": "99", "jobs": "12000", "income": "7", "idle": "2"}
INCOME, IDLE, BONUS = 14, 17, 21


@dataclass(frozen=True)
class Story:
    """One place: its level in each component out of 100, its growth of income, idle assets, 加分, and its 情形."""

    name: str
    cross: int
    municipal: int
    daily: int
    growth: str = "7.6"
    idle: int = 2
    added: str = "0"
    facts: tuple[tuple[str, str], ...] = ()


STORIES = (
    Story("领先，有加分", 96, 98, 100, "8.4", 1, "2"),
    Story("好", 94, 95, 96),
    Story("被通报，扣分后不到好", 92, 94, 94, facts=(("criticised", "市级"), ("criticised", "省级以上"))),
    Story("距“好”一步", 88, 90, 90),
    Story("较好", 85, 88, 92, idle=4),
    Story("规模性返贫，受限制", 90, 94, 95, facts=(("relapse", "有"),)),
    Story("一般", 81, 87, 86, "6.2", 4),
    Story("靠后", 68, 74, 66, "5.1", 8),
)


def story_of(seed: int) -> dict[str, Story]:
    """Which place plays which story: rotated by the seed."""
    return dealt(names(scheme(SCHEME), "county"), STORIES, seed)


def forms(seed: int) -> list[DemoForm]:
    """A workbook for each 考核方式."""
    rules, dice = scheme(SCHEME), random.Random(seed)
    return workbooks(rules, [
        Sheet(unit, part.id, tuple(_mark(item, part.id, story, dice) for item in rules.items_for("county", part.id, unit)))
        for unit, story in story_of(seed).items()
        for part in rules.counted
    ])  # fmt: skip


def _mark(item: Indicator, component: str, story: Story, dice: random.Random) -> Mark:
    level = min(100, getattr(story, component) + dice.randint(-1, 1))
    if item.no == BONUS:
        return Mark(item.no, score=Fraction(story.added))
    if item.no in (INCOME, IDLE):
        return Mark(item.no, value=Fraction(story.growth if item.no == INCOME else story.idle))
    if item.target:
        return Mark(item.no, value=Fraction(int(Fraction(TARGETS[item.target]) * level) // 100))
    if item.kind in ("ratio", "completion"):
        return Mark(item.no, value=Fraction(level))
    return Mark(item.no, score=Fraction(round(item.full[component] * level / 10), 10))


def facts(seed: int) -> list[Fact]:
    """The 通报 and the 规模性返贫."""
    told = [(unit, *fact) for unit, story in story_of(seed).items() for fact in story.facts]
    return [
        Fact(unit, kind, value, f"2026-0{month}-15", f"示例农组〔2026〕{month}号", confirmed=True)
        for month, (unit, kind, value) in enumerate(told, 5)
    ]


DEMOS = (Demo(SCHEME, "2026年模板·县（市、区）（示例数据）", forms, facts, targets=TARGETS),)
