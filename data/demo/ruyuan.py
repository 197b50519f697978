"""乳源2017: nine towns marked by the county; 76 units and 5 teams that inherit from the towns they help; 绩效.

The plan's 2927 people are split over the towns exactly, in each sheet's first remark. One town stands at 89.5 (较好, and
好 if scores were rounded first), one at 79.4 and one at 60.0, each just on its side of a line. One did not reach its
target for reasons beyond it, approved in time (报批). Units have neutral names; some help two towns, weighed by 户数.
The assessment is final (定稿): its story goes on to 审定, 批复, the 通报 and what follows.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from data.demo.parts import CHECKER, CLERK, Demo, DemoForm, dealt, names, workbooks
from data.finalise import finalise
from data.follow_up import outcome_key
from data.locked import lock, open_locked, settle, suggest
from data.locked.grading import grades_of
from data.rosters_units import scheme_units
from data.schemes import scheme
from data.state import State
from data.store import READING, Finding, Ruling, Store, UnitRow
from scoring.assumptions import DEFAULT
from scoring.marks import Fact, Mark, Sheet
from scoring.sampling import largest_remainder

SCHEME = "ruyuan-2017"
PLAN = 2927
"""人: the year's target, 四（一）."""


@dataclass(frozen=True)
class Story:
    """One town: its score by the county and by itself, out of 100, and how many percent of its target it reached."""

    name: str
    county: str
    own: str
    reached: int = 100
    excused: bool = False


STORIES = (
    Story("领先", "96.2", "97.5", 104),
    Story("好", "93.0", "95.0", 101),
    Story("89.5分", "89.5", "94.0"),
    Story("未完成任务，已报批", "86.4", "88.0", 86, excused=True),
    Story("较好", "83.1", "90.0"),
    Story("79.4分", "79.4", "88.5"),
    Story("一般", "72.5", "85.0"),
    Story("一般之二", "66.8", "80.0"),
    Story("60.0分", "60.0", "82.0"),
)
HELPERS = {"economy": "示例县直单位", "party": "示例党政群团单位", "upper": "示例上级直管单位", "other": "示例帮扶单位",
           "team": "示例驻镇工作队"}  # fmt: skip


def story_of(seed: int) -> dict[str, Story]:
    """Which town plays which story: rotated by the seed."""
    return dealt(names(scheme(SCHEME), "town"), STORIES, seed)


def reduction_tasks(seed: int) -> dict[str, int]:
    """Each town's part of the 2927 people, whole and exact."""
    dice = random.Random(seed)
    shares = {town: Fraction(dice.randint(60, 140)) for town in names(scheme(SCHEME), "town")}
    return largest_remainder(PLAN, shares)


def forms(seed: int) -> list[DemoForm]:
    """Two workbooks: 县考核 and 自查自评 of the nine towns."""
    rules, dice, tasks = scheme(SCHEME), random.Random(seed + 1), reduction_tasks(seed)
    sheets = []
    for component in ("county", "self"):
        for town, story in story_of(seed).items():
            total = story.county if component == "county" else story.own
            sheets.append(Sheet(town, component, _marks(Fraction(total), _remark(story, tasks[town]), dice)))
    return workbooks(rules, sheets)


def facts(seed: int) -> list[Fact]:
    """The approved reasons of the town that missed its target."""
    found = (town for town, story in story_of(seed).items() if story.excused)
    return [Fact(town, "excused", "是", "2017-12-25", "示例扶办〔2017〕18号") for town in found]


def units(seed: int) -> list[UnitRow]:
    """The towns, and the groups that inherit from them, filled to the numbers of the document."""
    rules, dice = scheme(SCHEME), random.Random(seed + 2)
    towns = names(rules, "town")
    rows = scheme_units(rules, ["town"])
    for group, name in HELPERS.items():
        for number in range(1, (rules.group(group).size or 0) + 1):
            rows.append(UnitRow(f"{name}{number:02d}", group, "", _helps(group, number, towns, dice)))
    return rows


def _helps(group: str, number: int, towns: list[str], dice: random.Random) -> tuple[tuple[str, Fraction | None], ...]:
    """A team helps one town; of the units every third helps two by 户数, and every tenth two without 户数 told."""
    if group == "team":
        return ((towns[number - 1], None),)
    first, second = dice.sample(towns, 2)
    if number % 10 == 0:
        return ((first, None), (second, None))
    if number % 3 == 0:
        return ((first, Fraction(dice.randint(4, 40))), (second, Fraction(dice.randint(4, 40))))
    return ((first, Fraction(dice.randint(8, 60))),)


def _remark(story: Story, task: int) -> str:
    done = task * story.reached // 100
    excuse = "；因客观原因未完成，已按程序报批" if story.excused else ""
    return f"减贫任务{task}人，实际减贫{done}人{excuse}"


def _marks(total: Fraction, remark: str, dice: random.Random) -> tuple[Mark, ...]:
    """Ten items of 10 points that make the total exactly: spread evenly in tenths, then a few tenths moved about."""
    tenths = list(largest_remainder(int(total * 10), dict.fromkeys(range(10), Fraction(1))).values())
    for _ in range(12):
        giver, taker = dice.sample(range(10), 2)
        moved = min(dice.randint(1, 8), tenths[giver], 100 - tenths[taker])
        tenths[giver] -= moved
        tenths[taker] += moved
    return tuple(
        Mark(no, score=Fraction(tenth, 10), remark=remark if no == 1 else "") for no, tenth in enumerate(tenths, 1)
    )


SETTLED, APPROVED, NOTICE = date(2018, 1, 25), date(2018, 2, 1), date(2018, 2, 5)
"""The days of the invented 审定, 批复 and 通报: the two months for mending ended on 2018-04-05."""


def follow_up(store: Store, state: State, seed: int) -> None:
    """Final, 审定, 批复 and announced: two towns have been talked to, and of four problems one is closed and one overdue."""
    made = state.assessment.id
    readings = {READING + reading.key: DEFAULT for reading in state.unconfirmed}
    store.confirm(made, readings, CLERK, f"各项口径（{len(readings)}项）", "示例扶组纪要〔2018〕1号")
    finalise(store, made, CHECKER)
    _approve(store, made)
    played = {story.name: town for town, story in story_of(seed).items()}
    store.put_notice(made, NOTICE, "示例扶组〔2018〕3号", "", CLERK)
    talk = next(outcome for outcome in state.scheme.outcomes if outcome.action == "约谈")
    key = outcome_key(state.scheme, talk)
    store.decide(made, [
        Ruling(played[name], key, talk.action, "adopted", held=date(2018, 2, 28), attended=("镇委、政府主要负责人",),
               evidence="示例约谈记录")
        for name in ("79.4分", "60.0分")
    ], CLERK)  # fmt: skip
    items = store.add_rectifications(made, [
        Finding(played["60.0分"], "扶贫资金使用进度偏慢", "项目前期工作启动晚", "按月调度，加快报账", "镇扶贫办"),
        Finding(played["60.0分"], "部分帮扶台账不完整", "经办人员更换", "逐户补齐并专柜管理", "各村工作队"),
        Finding(played["79.4分"], "产业项目带动户数少", "合作社规模小", "引入龙头企业联建", "镇农业办"),
        Finding(played["一般"], "危房改造个别户未竣工", "", "", "", date(2018, 6, 30)),
    ], CLERK)  # fmt: skip
    reported = store.report_rectification(items[1].id, "示例佐证：台账抽查记录", CLERK)
    store.close_rectification(reported.id, CHECKER)
    store.edit_rectification(items[2].id, items[2].finding, "doing", CLERK)


def _approve(store: Store, made: int) -> None:
    """Locked, and settled as computed."""
    locked = open_locked(store, made, lock(store, made, CLERK, "示例：提交审定").number, SETTLED)
    grades = grades_of(locked.state)
    suggest(store, locked, grades, "", CLERK)
    settle(store, locked, "示例扶组纪要〔2018〕2号", SETTLED, "示例扶贫开发领导小组会议", grades, "", CHECKER)
    store.approve(made, "示例函〔2018〕5号", APPROVED, "示例县人民政府", "", CHECKER)


DEMOS = (Demo(SCHEME, "2017年乳源县镇和帮扶单位（示例数据）", forms, facts, units, follow_up=follow_up),)
