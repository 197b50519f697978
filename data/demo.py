"""示例数据: a seeded, invented assessment in real workbooks of the official form, read by the real reader.

Place names are real, so the roles rotate by the seed and every page says 示例数据. Seven stories for the seven 市（区）:
one safely 好, one at exactly 90.00, one just below the line, one limited by a 记过, one firmly 较好, one 一般 with a
突出问题, one 较差. Item 10 (党建扶贫) is 好 everywhere, item 15 (资产管理长效机制) is the common weakness. One sheet
of the 21 is held back, to be uploaded live; one county has not assessed its towns.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from data.documents.forms import filled_form, filled_workbook
from data.schemes import scheme, scheme_text
from data.sheets import read_file
from data.store import SHOWN, Assessment, Store, UnitRow
from scoring.marks import Fact, Mark, Sheet
from scoring.scheme import Scheme

COUNTY, TOWN = "jiangmen-2020-county", "jiangmen-2020-town"
SEED = 2020
ALWAYS_BEST, COMMON_WEAKNESS = 10, 15
CLERK, CHECKER = "示例·经办", "示例·复核"

Tally = tuple[int, int, int, int]
"""How many of the 19 items are 好, 较好, 一般, 较差."""


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


@dataclass(frozen=True)
class DemoForm:
    """One workbook of the demonstration: its file name and bytes."""

    name: str
    content: bytes


def story_of(seed: int = SEED) -> dict[str, Story]:
    """Which 市（区） plays which story: rotated by the seed."""
    units = [unit.name for unit in scheme(COUNTY).groups[0].units]
    stories = list(STORIES)
    random.Random(seed).shuffle(stories)
    return dict(zip(units, stories, strict=True))


def county_forms(seed: int = SEED) -> list[DemoForm]:
    """The 20 workbooks that have come in, one a unit and component, and one workbook of all seven 自查自评."""
    rules = scheme(COUNTY)
    sheets = [sheet for sheet in _county_sheets(seed) if _key(sheet, seed) != HELD_BACK]
    counted = [sheet for sheet in sheets if sheet.component != "self"]
    forms = [DemoForm(_name(rules, sheet), filled_form(rules, sheet)) for sheet in counted]
    own = [sheet for sheet in sheets if sheet.component == "self"]
    return [*forms, DemoForm("自查自评汇总.xlsx", filled_workbook(rules, own))]


@lru_cache(maxsize=4)
def last_form(seed: int = SEED) -> DemoForm:
    """The 21st workbook, which lies ready to be uploaded live."""
    rules = scheme(COUNTY)
    sheet = next(sheet for sheet in _county_sheets(seed) if _key(sheet, seed) == HELD_BACK)
    return DemoForm(_name(rules, sheet), filled_form(rules, sheet))


def town_forms(seed: int = SEED) -> list[DemoForm]:
    """One workbook a county with a sheet for each of its towns; the last county has not begun (未开展)."""
    rules, dice = scheme(TOWN), random.Random(seed + 1)
    forms = []
    for group in rules.groups[:-1]:
        sheets = [Sheet(u.name, "county", _ticks(rules, group.id, _town_tally(dice), dice)) for u in group.units]
        forms.append(DemoForm(f"镇级考核_{group.name}.xlsx", filled_workbook(rules, sheets)))
    return forms


def load_demo(store: Store, actor: str = CLERK, seed: int = SEED) -> list[Assessment]:
    """Put the demonstration into a store: the county assessment with 20 of 21 sheets, and the towns'.

    Every form goes the way an uploaded one goes: written as a workbook, read by the reader, taken by the store.
    """
    county = _create(store, scheme(COUNTY), "2020年江门市县级（示例数据）", actor)
    town = _create(store, scheme(TOWN), "2020年江门市镇级（示例数据）", actor)
    _take(store, county, county_forms(seed), actor)
    _take(store, town, town_forms(seed), actor)
    for unit, kind, value, day, basis in _facts(seed):
        row = store.add_fact(county.id, Fact(unit, kind, value, day, basis), "示例佐证：处理决定书或督查通报", actor)
        store.confirm_fact(row.id, CHECKER)
    for group in scheme(TOWN).groups[:-1]:
        store.set_setting(town.id, SHOWN + group.id, "1", actor, action="公开镇级成绩", subject=group.name)
    return [store.assessment(county.id), store.assessment(town.id)]


def _create(store: Store, rules: Scheme, name: str, actor: str) -> Assessment:
    units = [UnitRow(unit.name, group.id, unit.region) for group in rules.groups for unit in group.units]
    return store.create_assessment(name, rules.id, scheme_text(rules.id), rules.hash, units, actor, demo=True)


def _take(store: Store, assessment: Assessment, forms: list[DemoForm], actor: str) -> None:
    rules = scheme(assessment.scheme_id)
    for form in forms:
        reading = read_file(form.name, form.content, rules)
        assert reading.verdict != "reject", (form.name, reading.problems)
        store.take(assessment.id, form.name, form.content, reading.sheets, actor)


def _facts(seed: int) -> Iterator[tuple[str, str, str, str, str]]:
    for unit, story in story_of(seed).items():
        if story.fact:
            yield (unit, *story.fact)


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


def _name(rules: Scheme, sheet: Sheet) -> str:
    return f"{rules.component(sheet.component).name}_{sheet.unit}.xlsx"


def _ticks(rules: Scheme, group: str, tally: Tally, dice: random.Random) -> tuple[Mark, ...]:
    """The tally dealt over the items: the best tick to item 10, the worst to item 15, the rest by the dice."""
    grades = [grade for grade, count in zip(rules.grades, tally, strict=True) for _ in range(count)]
    numbers = [indicator.no for indicator in rules.indicators_of(group)]
    dealt = {ALWAYS_BEST: grades.pop(0), COMMON_WEAKNESS: grades.pop()}
    dice.shuffle(grades)
    rest = iter(grades)
    return tuple(Mark(no, grade=dealt[no] if no in dealt else next(rest)) for no in numbers)


def _town_tally(dice: random.Random) -> Tally:
    """A plausible town: mostly 好 and 较好, now and then weak."""
    best = dice.choice((3, 5, 7, 8, 10, 11, 13, 15))
    worst = dice.choice((0, 0, 0, 0, 1, 2))
    middling = dice.randint(0, min(6, 19 - best - worst))
    return best, 19 - best - middling - worst, middling, worst
