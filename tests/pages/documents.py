"""Assessments of every document beyond 江门, made by hand: whole, with half of their sheets, or with none.

``every[scheme id](store, share)`` makes one; ``share`` is 1 for every sheet, 0 for none. Sheets are made directly, so that the
pages are tried without the reading of forms. Unit number ``at`` of a roster is marked by a rule that can be done in the head.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from data.schemes import scheme, scheme_text
from data.store import READING, Assessment, Store, UnitRow
from scoring.elements import Indicator
from scoring.marks import Fact, Mark, Sheet
from tests.pages.builders import CHECKER, CLERK

GUANGDONG, NEIMENGGU, RUYUAN = "guangdong-2019", "neimenggu-2018", "ruyuan-2017"
CITY, DEPARTMENT, QUJIANG = "dongxi-2019-city", "dongxi-2019-department", "qujiang-2018"

Share = Fraction | int
HALF = Fraction(1, 2)
OPINION = "年度任务总体完成较好，资金拨付进度偏慢。"


def guangdong(store: Store, share: Share = 1) -> Assessment:
    """20 cities in two groups. The k-th city (from 0) has k items 较好 in 交叉考核, and 95 - k in both totals."""
    made = _made(store, GUANGDONG, "2019年广东省 · 地级以上市")
    units = _some(made, share)
    _take(store, made, "cross", [_ticked(GUANGDONG, row.name, "cross", at) for at, row in _counted(units)])
    for component in ("third", "daily"):
        _take(store, made, component, [_total(row.name, component, 95 - at) for at, row in _counted(units)])
    return store.assessment(made.id)


def borrow_lines(store: Store, made: Assessment) -> None:
    """The reading that borrows 江门2020's lines, confirmed."""
    store.confirm(made.id, {READING + "bands": "借用江门2020的90/80/70"}, CHECKER, "等次线")


def neimenggu(store: Store, share: Share = 1) -> Assessment:
    """Twelve 盟市: 平时监控 item by item, 年终考核 too for the first five and a total for the others."""
    made = _made(store, NEIMENGGU, "2018年内蒙古 · 盟市")
    units = list(_counted(_some(made, share)))
    _take(store, made, "daily", [_pointed(row.name, "daily", at) for at, row in units])
    _take(
        store, made, "yearend",
        [_pointed(row.name, "yearend", at) if at < 5 else _total(row.name, "yearend", 96 - 3 * at) for at, row in units],
    )  # fmt: skip
    return store.assessment(made.id)


def ruyuan(store: Store, share: Share = 1) -> Assessment:
    """Nine towns, 76 units that help them and five teams. The k-th town has 96 - 5k; the first unit helps two towns."""
    rules = scheme(RUYUAN)
    towns = [unit.name for unit in rules.groups[0].units]
    helping = [
        UnitRow(f"{group.name[:4]}第{n + 1}单位", group.id, "", _helps(towns, n))
        for group in rules.groups[1:]
        for n in range(group.size or 0)
    ]
    made = _made(store, RUYUAN, "2017年乳源 · 镇与帮扶单位", helping)
    marked = [unit.name for unit in made.units if unit.group == "town"]
    _take(store, made, "county", [_total(t, "county", 96 - 5 * at) for at, t in enumerate(marked[: int(9 * share)])])
    return store.assessment(made.id)


def _helps(towns: Sequence[str], at: int) -> tuple[tuple[str, Fraction | None], ...]:
    first = (towns[at % 9], Fraction(30))
    return (first, (towns[(at + 1) % 9], Fraction(10))) if at % 7 == 0 else ((towns[at % 9], None),)


def dongxi_city(store: Store, share: Share = 1) -> Assessment:
    """Ten cities. 江门市 is 一般 throughout (75) and has met its targets; 珠海市 is 好 but for one category (91.67);
    湛江市 falsified data, 广州市 was praised twice, 深圳市's money came in May."""
    made = _made(store, CITY, "2019年东西部协作 · 帮扶市")
    units = list(_counted(_some(made, share)))
    rows = scheme(CITY).indicators
    by_hand = {
        "江门市": {},
        "珠海市": dict.fromkeys(("组织领导", "人才支援", "资金支持", "产业合作", "携手奔小康行动"), "好"),
    }
    _take(
        store, made, "review",
        [
            _graded(row.name, rows, by_hand[row.name]) if row.name in by_hand else _measured(row.name, rows, at)
            for at, row in units
        ],
    )  # fmt: skip
    _take(store, made, "self", [_ticked(CITY, row.name, "self", 3) for at, row in units[:2]])
    _declare(
        store, made, ("江门市", "targets_met", "是"), ("湛江市", "falsified", "是"), ("广州市", "praise", "有"),
        ("广州市", "praise", "有", "2019-08-01"), ("深圳市", "arrival", "市级安排", "2019-05-10"),
    )  # fmt: skip
    return store.assessment(made.id)


def dongxi_department(store: Store, share: Share = 1) -> Assessment:
    """Fifteen departments, each with nine common items and one of its own; 省残联 has grown, 团省委 has broken the law."""
    made = _made(store, DEPARTMENT, "2019年东西部协作 · 省直单位")
    units = list(_counted(_some(made, share)))
    rules = scheme(DEPARTMENT)
    items = {row.name: rules.items_for("department", "review", row.name) for _, row in units}
    _take(store, made, "review", [_measured(row.name, items[row.name], at) for at, row in units])
    _declare(store, made, ("团省委", "violation", "是"), ("省残联", "growth", "是"))
    return store.assessment(made.id)


def qujiang(store: Store, share: Share = 1) -> Assessment:
    """Nine towns and two 区直单位 that are judged: 马坝镇 missed its plan, 小坑镇 broke the rules of the funds gravely, 大塘镇
    is outstanding; 白土镇's 情形 waits for its second person."""
    more = [UnitRow("区农业农村局", "organ"), UnitRow("区水务局", "organ")]
    made = _made(store, QUJIANG, "2018年曲江 · 镇与区直单位", more)
    units = list(_counted(_some(made, share)))
    _take(store, made, "check", [_total(row.name, "check", 95 - at) for at, row in units])
    if share:
        _declare(
            store, made, ("马坝镇", "missed", "有"), ("小坑镇", "funds", "有"),
            ("小坑镇", "gravity", "情节严重、造成不良影响"), ("大塘镇", "outstanding", "是"),
        )  # fmt: skip
        store.add_fact(made.id, Fact("白土镇", "discipline", "有", "2018-11-20", "示例纪〔2018〕9号"), "", CLERK)
    return store.assessment(made.id)


EVERY: dict[str, Callable[[Store, Share], Assessment]] = {
    GUANGDONG: guangdong, NEIMENGGU: neimenggu, RUYUAN: ruyuan, CITY: dongxi_city, DEPARTMENT: dongxi_department,
    QUJIANG: qujiang,
}  # fmt: skip


def _made(store: Store, scheme_id: str, name: str, more: Iterable[UnitRow] = ()) -> Assessment:
    wanted = scheme(scheme_id)
    units = [UnitRow(unit.name, group.id, unit.region) for group in wanted.groups for unit in group.units]
    return store.create_assessment(name, scheme_id, scheme_text(scheme_id), wanted.hash, [*units, *more], CLERK, True)


def _some(made: Assessment, share: Share) -> tuple[UnitRow, ...]:
    """Every second unit where half is asked for, so that each group has some and lacks some."""
    return made.units if share == 1 else made.units[::2] if share else ()


def _counted(units: Iterable[UnitRow]) -> Iterable[tuple[int, UnitRow]]:
    return enumerate(units)


def _take(store: Store, made: Assessment, component: str, sheets: Sequence[Sheet]) -> None:
    if sheets:
        store.take(made.id, f"{component}.xlsx", f"{made.id}{sheets}".encode(), list(sheets), CLERK)


def _total(unit: str, component: str, score: int) -> Sheet:
    return Sheet(unit, component, (Mark(None, score=Fraction(score), sheet="汇总", cell="C2"),), OPINION)


def _ticked(scheme_id: str, unit: str, component: str, second: int) -> Sheet:
    """The last ``second`` items 较好, all before them 好."""
    rules = scheme(scheme_id)
    rows = rules.items_for((rules.group_of(unit) or rules.groups[0]).id, component, unit)
    marks = [
        Mark(row.no, "较好" if at >= len(rows) - second else "好", sheet=unit, cell=f"D{row.no + 4}")
        for at, row in enumerate(rows)
    ]
    return Sheet(unit, component, tuple(marks))


def _graded(unit: str, rows: Iterable[Indicator], grades: dict[str, str]) -> Sheet:
    """Every item ticked by hand: its category's grade, or 一般."""
    marks = [Mark(row.no, grades.get(row.path[0], "一般"), sheet="评价表", cell=f"F{row.no + 3}") for row in rows]
    return Sheet(unit, "review", tuple(marks))


def _pointed(unit: str, component: str, at: int) -> Sheet:
    """Nine tenths of every item's points less ``at`` tenths of the first; ratios of 98 - at percent; 是 for the question."""
    rows = scheme(NEIMENGGU).items_for("league", component, unit)
    return Sheet(unit, component, tuple(_point(row, component, at) for row in rows))


def _point(row: Indicator, component: str, at: int) -> Mark:
    cell = f"E{row.no + 3}"
    if row.kind == "ratio":
        return Mark(row.no, value=Fraction(98 - at), sheet=component, cell=cell)
    if row.kind == "yesno":
        return Mark(row.no, answer="否" if at % 4 == 3 else "是", sheet=component, cell=cell)
    return Mark(row.no, score=row.full[component] * Fraction(18 - at, 20), sheet=component, cell=cell)


def _measured(unit: str, rows: Iterable[Indicator], at: int) -> Sheet:
    """Amounts fall from city to city; of tasks every fourth unit leaves some unfinished."""
    return Sheet(unit, "review", tuple(_measure(row, at) for row in rows))


def _measure(row: Indicator, at: int) -> Mark:
    cell = f"F{row.no + 3}"
    if row.kind in ("quantity", "ratio"):
        return Mark(row.no, value=Fraction(100 - 7 * at + row.no % 3), sheet="评价表", cell=cell)
    if row.kind == "task":
        answers = ("完成且有亮点", "完成", "部分完成", "未完成")
        return Mark(row.no, answer=answers[min(3, (at * 3 + row.no) // 12)], sheet="评价表", cell=cell)
    return Mark(row.no, "好" if at < 3 else "较好", sheet="评价表", cell=cell)


def _declare(store: Store, made: Assessment, *told: tuple[str, ...]) -> None:
    """Facts, each checked by a second person."""
    for unit, kind, value, *day in told:
        amount = Fraction(3000) if kind == "arrival" else None
        fact = Fact(unit, kind, value, day[0] if day else "2019-11-20", f"示例〔2019〕{len(kind)}号", amount=amount)
        store.confirm_fact(store.add_fact(made.id, fact, "", CLERK).id, CHECKER)
