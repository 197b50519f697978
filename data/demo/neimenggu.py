"""内蒙古2018: 12 盟市, 平时监控 and 年终考核 of 100 points each, 200 brought to 100; 作风建设 counts in 平时 alone.

One 盟市 is strong at the year's end and weak in between, one the other way round; income growth beats the nation's in
most, falls short in one and only equals it in another, which earns nothing; one 作风建设 is poor. One 年终考核 is held back.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from data.demo.parts import SEED, Demo, DemoForm, dealt, form_of, names, workbooks
from data.schemes import scheme
from scoring.elements import Indicator
from scoring.marks import Fact, Mark, Sheet

SCHEME = "neimenggu-2018"
INCOME, CONDUCT = 3, 18
NATION = "9.0"
"""示例: what the office fills in for 全国农村居民人均可支配收入增长率, in percent."""


@dataclass(frozen=True)
class Story:
    """One 盟市: about how many percent it earns in 平时 and at the year's end, its income growth, its 作风建设 of 20."""

    name: str
    daily: int
    yearend: int
    growth: str
    conduct: str = "18"
    outstanding: bool = False


STORIES = (
    Story("领先", 96, 97, "10.1", "19.5", outstanding=True),
    Story("紧随其后", 94, 96, "9.8", "19"),
    Story("年终强而平时弱", 64, 96, "9.9", "11"),
    Story("平时强而年终弱", 95, 79, "9.2", "19"),
    Story("增幅与全国持平", 91, 92, "9.0"),
    Story("增幅低于全国", 89, 91, "8.4"),
    Story("作风建设失分", 92, 93, "9.5", "8.5"),
    Story("稳步", 91, 91, "9.6"),
    Story("中游", 86, 88, "9.3", "17"),
    Story("中游之二", 84, 87, "9.1", "16.5"),
    Story("年终待报", 89, 91, "9.4", "17.5"),
    Story("靠后", 70, 72, "8.6", "12"),
)
HELD_BACK = ("年终待报", "yearend")


def story_of(seed: int) -> dict[str, Story]:
    """Which 盟市 plays which story: rotated by the seed."""
    return dealt(names(scheme(SCHEME), "league"), STORIES, seed)


def forms(seed: int) -> list[DemoForm]:
    """Two workbooks: 平时监控 of all twelve, 年终考核 of eleven."""
    return workbooks(scheme(SCHEME), [sheet for sheet in _sheets(seed) if _key(sheet, seed) != HELD_BACK])


@lru_cache(maxsize=4)
def last_form(seed: int = SEED) -> DemoForm:
    """The twelfth 年终考核, which lies ready to be uploaded live."""
    return form_of(scheme(SCHEME), next(sheet for sheet in _sheets(seed) if _key(sheet, seed) == HELD_BACK))


def facts(seed: int) -> list[Fact]:
    """完成年度计划减贫成效显著, of the first."""
    found = (unit for unit, story in story_of(seed).items() if story.outstanding)
    return [Fact(unit, "outstanding", "是", "2019-02-20", "示例扶组〔2019〕5号") for unit in found]


def _key(sheet: Sheet, seed: int) -> tuple[str, str]:
    return story_of(seed)[sheet.unit].name, sheet.component


def _sheets(seed: int) -> list[Sheet]:
    rules, dice = scheme(SCHEME), random.Random(seed)
    return [
        Sheet(unit, component, tuple(
            _mark(item, component, story, dice) for item in rules.items_for("league", component, unit)
        ))
        for unit, story in story_of(seed).items()
        for component in ("daily", "yearend")
    ]  # fmt: skip


def _mark(item: Indicator, component: str, story: Story, dice: random.Random) -> Mark:
    level = min(Fraction(100), getattr(story, component) + Fraction(dice.randint(-20, 20), 10))
    if item.no == INCOME:
        return Mark(item.no, value=Fraction(story.growth))
    if item.no == CONDUCT:
        return Mark(item.no, score=Fraction(story.conduct))
    if item.kind == "ratio":
        return Mark(item.no, value=level)
    return Mark(item.no, score=Fraction(round(item.full[component] * level / 10), 10))


DEMOS = (
    Demo(SCHEME, "2018年内蒙古盟市（示例数据）", forms, facts, targets={"national-income": NATION}, last=last_form),
)
