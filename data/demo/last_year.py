"""示例数据 of the year before 江门2020, for 回测与同比: other weights, one item fewer and one more, one renamed, one unit renamed.

Invented throughout, from the scheme of 2020; loaded only when somebody asks for it.
"""

from __future__ import annotations

import random

from data.demo.jiangmen import COUNTY
from data.demo.parts import CLERK, SEED, Tally, names, ticked, workbooks
from data.rosters_units import scheme_units
from data.schemes import scheme_text
from data.sheets import read_file
from data.store import Assessment, Store
from scoring.load import load_scheme
from scoring.marks import Sheet
from scoring.scheme import Scheme

LAST_YEAR = "jiangmen-2019-demo"
NAME = "2019年江门市县级（示例数据）"
RENAMED = ("新会市", "新会区")
"""Last year's name of one unit and this year's: invented."""
NEAR = ("劳动力就业扶贫情况", "就业扶贫情况")
"""Last year's name of an item and this year's: near, so that it is suggested."""
_CHANGES = (
    (f"id: {COUNTY}", f"id: {LAST_YEAR}"),
    ("title: 2020年江门市县级党委和政府扶贫开发成效考核", "title: 2019年江门市县级扶贫开发成效考核（示例）"),
    ("short: 2020年江门市 · 县级", "short: 2019年江门市 · 县级（示例）"),
    ("title: 2020年江门市城乡精准扶贫工作成效考核实施方案", "title: 2019年考核方案（示例，非正式文件）"),
    ("number: 江扶字〔2020〕8号", "number: 示例扶字〔2019〕1号"),
    ("issued: 2020-11-17", "issued: 2019-11-17"),
    ("period: [2019-12-01, 2020-11-30]", "period: [2018-12-01, 2019-11-30]"),
    ("name: 交叉考核, weight: 40", "name: 交叉考核, weight: 30"),
    ("name: 日常工作, weight: 30", "name: 日常工作, weight: 40"),
    (f"name: {RENAMED[1]}", f"name: {RENAMED[0]}"),
    (f'name: "{NEAR[1]}"', f'name: "{NEAR[0]}"'),
    ('name: "探索推进全面脱贫与乡村振兴有效衔接，建立解决相对贫困人口脱贫长效机制情况"', 'name: "扶贫信息系统数据质量情况"'),
)
_LEVELS: tuple[Tally, ...] = (
    (16, 3, 0, 0), (12, 7, 0, 0), (9, 9, 1, 0), (8, 8, 3, 0), (6, 9, 4, 0), (3, 8, 7, 1), (1, 5, 9, 4),
)  # fmt: skip


def last_year_text() -> str:
    """The scheme of the year before as YAML: the next year's with its changes."""
    text = scheme_text(COUNTY)
    for now, before in _CHANGES:
        assert now in text, now
        text = text.replace(now, before, 1)
    return text


def last_year_scheme() -> Scheme:
    """The scheme of the year before."""
    return load_scheme(last_year_text(), LAST_YEAR)


def last_year_sheets(seed: int = SEED) -> list[Sheet]:
    """All 21 sheets, the levels dealt over the places by the seed alone."""
    rules, dice = last_year_scheme(), random.Random(seed - 1)
    levels = list(_LEVELS)
    dice.shuffle(levels)
    numbers = [row.no for row in rules.indicators]
    return [
        Sheet(unit, part.id, ticked(numbers, rules.grades, level, dice))
        for unit, level in zip(names(rules, "county"), levels, strict=True)
        for part in rules.counted
    ]


def load_last_year(store: Store, actor: str = CLERK, seed: int = SEED) -> Assessment:
    """Put the year before into a store, through the real forms and reader; what is there already is returned."""
    for known in store.assessments(demo=True):
        if known.scheme_id == LAST_YEAR:
            return known
    rules = last_year_scheme()
    made = store.create_assessment(NAME, rules.id, last_year_text(), rules.hash, scheme_units(rules), actor, demo=True)
    for form in workbooks(rules, last_year_sheets(seed)):
        reading = read_file(form.name, form.content, rules)
        assert reading.verdict != "reject", (form.name, reading.problems)
        store.take(made.id, form.name, form.content, reading.sheets, actor)
    return made
