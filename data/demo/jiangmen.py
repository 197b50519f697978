"""江门2020: seven stories for the seven 市（区）, seventy-three towns, and the city's own sheet.

One 市（区） safely 好, one at exactly 90.00, one just below the line, one limited by a 记过, one firmly 较好, one 一般 with
a 突出问题, one 较差. Item 10 (党建扶贫) is 好 everywhere, item 15 (资产管理长效机制) is the common weakness. One sheet
of the 21 is held back, to be uploaded live; one county has not assessed its towns.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from data.demo.parts import SEED, Demo, DemoForm, Tally, dealt, form_of, names, ticked
from data.documents.forms import filled_workbook
from data.schemes import scheme
from scoring.marks import Fact, Mark, Sheet
from scoring.scheme import Scheme

COUNTY, TOWN, CITY = "jiangmen-2020-county", "jiangmen-2020-town", "jiangmen-2020-city"
ALWAYS_BEST, COMMON_WEAKNESS = 10, 15


@dataclass(frozen=True)
class Story:
    """What one 市（区） shows: its tallies per component, or for 日常工作 a total with its 评价意见."""

    name: str
    cross: Tally
    municipal: Tally
    daily: Tally | str
    self_assessed: Tally
    fact: tuple[str, str, str, str] | None = None


STORIES = (
    Story("稳居“好”", (17, 2, 0, 0), (16, 3, 0, 0), (15, 4, 0, 0), (18, 1, 0, 0)),
    # 4·(11·95+8·85) + 3·(9·95+10·85) + 3·(8·95+11·85) = 17100 = 10·19·90
    Story("恰为90.00", (11, 8, 0, 0), (9, 10, 0, 0), (8, 11, 0, 0), (12, 7, 0, 0)),
    Story("距“好”一步", (9, 10, 0, 0), (8, 11, 0, 0), (8, 10, 1, 0), (14, 5, 0, 0)),
    Story("受记过限制", (16, 3, 0, 0), (15, 3, 1, 0), (15, 4, 0, 0), (17, 2, 0, 0),
          ("sanction", "记过", "2020-06-01", "示例纪〔2020〕1号")),
    Story("稳居“较好”", (5, 11, 3, 0), (3, 12, 4, 0), (4, 12, 3, 0), (18, 1, 0, 0)),
    Story("有突出问题", (1, 4, 12, 2), (0, 3, 14, 2), "74.50", (6, 10, 3, 0),
          ("prominent", "有", "2020-11-20", "示例督〔2020〕3号")),
    Story("靠后", (0, 1, 9, 9), (0, 2, 9, 8), (0, 1, 8, 10), (3, 9, 7, 0)),
)  # fmt: skip
HELD_BACK = ("稳居“较好”", "daily")
OPINION = "资金拨付和问题整改进度偏慢，数据报送基本及时。"


def story_of(seed: int = SEED) -> dict[str, Story]:
    """Which 市（区） plays which story: rotated by the seed."""
    return dealt(names(scheme(COUNTY), "county"), STORIES, seed)


def county_forms(seed: int = SEED) -> list[DemoForm]:
    """The 20 workbooks that have come in, one a unit and component, and one workbook of all seven 自查自评."""
    rules = scheme(COUNTY)
    sheets = [sheet for sheet in _county_sheets(seed) if _key(sheet, seed) != HELD_BACK]
    forms = [form_of(rules, sheet) for sheet in sheets if sheet.component != "self"]
    own = [sheet for sheet in sheets if sheet.component == "self"]
    return [*forms, DemoForm("自查自评汇总.xlsx", filled_workbook(rules, own))]


@lru_cache(maxsize=4)
def last_form(seed: int = SEED) -> DemoForm:
    """The 21st workbook, which lies ready to be uploaded live."""
    sheet = next(sheet for sheet in _county_sheets(seed) if _key(sheet, seed) == HELD_BACK)
    return form_of(scheme(COUNTY), sheet)


def town_forms(seed: int = SEED) -> list[DemoForm]:
    """One workbook a county with a sheet for each of its towns; the last county has not begun (未开展)."""
    rules, dice = scheme(TOWN), random.Random(seed + 1)
    forms = []
    for group in rules.groups[:-1]:
        sheets = [Sheet(u.name, "county", _ticks(rules, group.id, _town_tally(dice), dice)) for u in group.units]
        forms.append(DemoForm(f"镇级考核_{group.name}.xlsx", filled_workbook(rules, sheets)))
    return forms


def city_forms(seed: int = SEED) -> list[DemoForm]:
    """The city's own sheet (自查自评): one workbook."""
    rules, dice = scheme(CITY), random.Random(seed + 2)
    (unit,) = names(rules, "city")
    return [form_of(rules, Sheet(unit, "self", _ticks(rules, "city", (11, 7, 1, 0), dice)))]


def county_facts(seed: int = SEED) -> list[Fact]:
    """The 记过 and the 突出问题."""
    told = ((unit, story.fact) for unit, story in story_of(seed).items() if story.fact)
    return [Fact(unit, kind, value, day, basis) for unit, (kind, value, day, basis) in told]


DEMOS = (
    Demo(COUNTY, "2020年江门市县级（示例数据）", county_forms, county_facts, last=last_form),
    Demo(TOWN, "2020年江门市镇级（示例数据）", town_forms, shown=tuple(g.id for g in scheme(TOWN).groups[:-1])),
    Demo(CITY, "2020年江门市市本级（示例数据）", city_forms),
)


def _county_sheets(seed: int) -> list[Sheet]:
    rules, dice = scheme(COUNTY), random.Random(seed)
    sheets = []
    for unit, story in story_of(seed).items():
        told = {"cross": story.cross, "municipal": story.municipal, "daily": story.daily, "self": story.self_assessed}
        for component, tally in told.items():
            if isinstance(tally, str):
                sheets.append(Sheet(unit, component, (Mark(None, score=Fraction(tally)),), OPINION))
            else:
                sheets.append(Sheet(unit, component, _ticks(rules, "county", tally, dice)))
    return sheets


def _key(sheet: Sheet, seed: int) -> tuple[str, str]:
    return story_of(seed)[sheet.unit].name, sheet.component


def _ticks(rules: Scheme, group: str, tally: Tally, dice: random.Random) -> tuple[Mark, ...]:
    """The tally dealt over the items: the best tick to item 10, the worst to item 15, the rest by the dice."""
    numbers = [indicator.no for indicator in rules.indicators_of(group)]
    return ticked(numbers, rules.grades, tally, dice, {ALWAYS_BEST: 0, COMMON_WEAKNESS: -1})


def _town_tally(dice: random.Random) -> Tally:
    """A plausible town: mostly 好 and 较好, now and then weak."""
    best = dice.choice((3, 5, 7, 8, 10, 11, 13, 15))
    worst = dice.choice((0, 0, 0, 0, 1, 2))
    middling = dice.randint(0, min(6, 19 - best - worst))
    return best, 19 - best - middling - worst, middling, worst
