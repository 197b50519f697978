"""东西部2019: ten 帮扶市 on 40 items, most of them measured and graded among their peers; 15 省直单位 on ten tasks each.

Of the cities one scores 好 and has one 大项 一般 (so at most 较好), one reported false figures (差 whatever its score), one
got its money on 31 March, which is in neither rule (shown, nothing taken off), one in May, one crosses the line to 好 by
the leaders' praise, and one met every target with a score below 较好: the floor is recommended until a person confirms it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction

from data.demo.parts import Demo, DemoForm, dealt, names, workbooks
from data.schemes import scheme
from scoring.elements import Indicator
from scoring.marks import Fact, Mark, Sheet

CITY, DEPARTMENT = "dongxi-2019-city", "dongxi-2019-department"
Told = tuple[tuple[str, str, str, str], ...]
"""情形: (fact id, value, day, amount in 万元 or "")."""

ON_TIME = ("arrival", "市级安排", "2019-03-15", "6000")
MET = ("targets_met", "是", "2020-01-10", "")


@dataclass(frozen=True)
class City:
    """One city: its place among the ten (0 best) and how its tasks went (0 best, to 3), in each of the six 大项."""

    name: str
    places: str
    tasks: str
    facts: Told = (ON_TIME,)


CITIES = (
    City("领先", "001010", "000000", (ON_TIME, MET, ("arrival", "县市区新增", "2019-08-20", "800"))),
    City("一大项一般", "110501", "000000", (ON_TIME, MET)),
    City("批示加分", "323132", "111111", (ON_TIME, MET, ("praise", "有", "2019-11-05", ""))),
    City("3月31日到账", "232243", "111111", (("arrival", "市级安排", "2019-03-31", "5000"), MET)),
    City("5月到账", "444324", "011111", (("arrival", "市级安排", "2019-05-10", "4500"), MET)),
    City("虚报数据", "555465", "000000", (ON_TIME, ("falsified", "是", "2020-02-18", ""))),
    City("完成目标，保底待认定", "666656", "222222", (ON_TIME, MET)),
    City("中游", "777877", "000000"),
    City("偏后", "888788", "111111"),
    City("靠后", "999999", "333232"),
)
SCALES: dict[int, tuple[str, str]] = {
    1: ("14", "1"), 2: ("11", "1"), 8: ("186", "9"), 9: ("24", "2"), 10: ("1680", "95"), 11: ("42", "2"),
    12: ("12600", "640"), 13: ("3150", "160"), 15: ("99.6", "1.4"), 16: ("860", "47"), 17: ("1290", "63"),
    18: ("63", "4"), 19: ("48600", "2750"), 20: ("5120", "310"), 21: ("28.5", "2.3"), 22: ("31", "2"),
    25: ("36", "2"), 26: ("7350", "420"), 30: ("58", "3"), 31: ("96", "6"), 32: ("124", "8"), 33: ("77", "5"),
    34: ("2380", "135"), 35: ("9640", "515"), 37: ("410", "24"), 38: ("268", "17"), 39: ("540", "33"),
}  # fmt: skip
"""Item → the best city's value and how much less each next one has."""


@dataclass(frozen=True)
class Department:
    """One 省直单位: how each task of 组织领导, 基础工作 and 重点工作 went, 0 best to 3."""

    name: str
    lead: str
    base: str
    key: str
    facts: Told = ()


DEPARTMENTS = (
    Department("领先", "000000", "00", "00", (MET,)),
    Department("批示加分", "000001", "01", "11", (MET, ("praise", "有", "2019-10-21", ""))),
    Department("一大项差", "000000", "33", "00", (MET,)),
    Department("虚报数据", "000001", "00", "01", (("falsified", "情节严重", "2020-02-18", ""),)),
    Department("完成目标，保底待认定", "112222", "22", "22", (MET,)),
    Department("好", "000000", "00", "01"),
    Department("好之二", "000001", "01", "00"),
    Department("较好", "001111", "11", "11"),
    Department("较好之二", "001111", "01", "11"),
    Department("较好之三", "111111", "01", "12"),
    Department("较好之四", "000111", "12", "01"),
    Department("任务全部完成", "111111", "11", "11"),
    Department("一般", "112222", "12", "22"),
    Department("一般之二", "122222", "22", "12"),
    Department("靠后", "122223", "22", "23"),
)  # fmt: skip


def cities(seed: int) -> dict[str, City]:
    """Which city plays which story: rotated by the seed."""
    return dealt(names(scheme(CITY), "city"), CITIES, seed)


def departments(seed: int) -> dict[str, Department]:
    """Which 省直单位 plays which story: rotated by the seed."""
    return dealt(names(scheme(DEPARTMENT), "department"), DEPARTMENTS, seed)


def city_forms(seed: int) -> list[DemoForm]:
    """One workbook with a page for each city."""
    rules = scheme(CITY)
    tops = list(dict.fromkeys(item.path[0] for item in rules.indicators))
    answers = tuple(rules.tasks.answers) if rules.tasks else ()

    def mark(item: Indicator, story: City) -> Mark:
        at = tops.index(item.path[0])
        went = int(story.tasks[at])
        if item.kind == "task":
            return Mark(item.no, answer=answers[went])
        if item.kind == "judged":
            return Mark(item.no, grade=rules.grades[went])
        best, less = map(Fraction, SCALES[item.no])
        return Mark(item.no, value=best - int(story.places[at]) * less)

    told = cities(seed).items()
    return workbooks(rules, [Sheet(u, "review", tuple(mark(i, story) for i in rules.indicators)) for u, story in told])


def department_forms(seed: int) -> list[DemoForm]:
    """One workbook with a page for each 省直单位."""
    rules, dice = scheme(DEPARTMENT), random.Random(seed)
    answers = tuple(rules.tasks.answers) if rules.tasks else ()
    sheets = []
    for unit, story in departments(seed).items():
        went = ["".join(dice.sample(part, len(part))) for part in (story.lead, story.base, story.key)]
        items = rules.items_for("department", "review", unit)
        marks = (Mark(item.no, answer=answers[int(w)]) for item, w in zip(items, "".join(went), strict=True))
        sheets.append(Sheet(unit, "review", tuple(marks)))
    return workbooks(rules, sheets)


def city_facts(seed: int) -> list[Fact]:
    """The cities' 情形, money that arrived among them."""
    return _facts({unit: story.facts for unit, story in cities(seed).items()})


def department_facts(seed: int) -> list[Fact]:
    """The departments' 情形."""
    return _facts({unit: story.facts for unit, story in departments(seed).items()})


def _facts(told: dict[str, Told]) -> list[Fact]:
    found = [(unit, *fact) for unit, facts in told.items() for fact in facts]
    return [
        Fact(unit, kind, value, day, f"示例协作〔{day[:4]}〕{number}号", amount=Fraction(amount) if amount else None)
        for number, (unit, kind, value, day, amount) in enumerate(found, 1)
    ]


DEMOS = (
    Demo(CITY, "2019年东西部协作帮扶市（示例数据）", city_forms, city_facts),
    Demo(DEPARTMENT, "2019年东西部协作省直单位（示例数据）", department_forms, department_facts),
)
