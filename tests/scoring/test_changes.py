"""为什么变了: every difference has its causes, each with its exact part, and the parts add up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.schemes import scheme, scheme_ids
from scoring.assess import assess
from scoring.assumptions import with_reading
from scoring.change_heads import headlines
from scoring.change_words import passed, place_reasons, unit_sentence
from scoring.changes import Comparison, Deed, DeedKind, Moment, UnitChange, compared
from scoring.marks import Fact, Mark, Sheet
from scoring.scheme import Scheme
from scoring.speech import plain_text
from tests.scoring.extras_scheme import TODAY
from tests.scoring.filling import all_sheets, full_sheet, some_facts, with_figures
from tests.scoring.strategies import extra_schemes

RULES = scheme("jiangmen-2020-county")
Version = tuple[Scheme, Sequence[Sheet], Sequence[Fact]]


def ticks(unit: str, component: str, grades: dict[int, str], rest: str = "较好") -> Sheet:
    marks = tuple(Mark(no, grade=grades.get(no, rest), sheet="评分表", cell=f"F{no + 3}") for no in range(1, 20))
    return Sheet(unit, component, marks)


def total(unit: str, component: str, score: str) -> Sheet:
    return Sheet(unit, component, (Mark(None, score=Fraction(score), sheet="日常", cell="C2"),))


def totals(unit: str, score: str, but: str = "") -> list[Sheet]:
    return [total(unit, each, score) for each in ("cross", "municipal", "daily") if each != but]


def deed(version: int, kind: DeedKind = "sheets", action: str = "上报", text: str = "", unit: str = "") -> Deed:
    return Deed(version, datetime(2026, 7, 3, 9, version), "张三", action, text or action, kind, unit, fact=1)


def story(*versions: Version, deeds: Iterable[Deed] = ()) -> Comparison:
    """Versions in a row; each change an upload unless ``deeds`` say otherwise."""
    moments = [
        Moment(at, assess(rules, sheets, facts), {(s.unit, s.component): f"{s.unit}.xlsx" for s in sheets})
        for at, (rules, sheets, facts) in enumerate(versions, start=1)
    ]
    done = list(deeds) or [deed(at + 2) for at in range(len(versions) - 1)]
    return compared(moments, [[each] for each in done])


def of(comparison: Comparison, unit: str) -> UnitChange:
    return next(each for each in comparison.units if each.unit == unit)


def parts(change: UnitChange) -> list[tuple[str, Fraction | None]]:
    return [(cause.piece.kind, cause.part) for cause in change.causes]


def test_a_mark_counts_by_its_share_of_the_total_and_rounding_is_told_apart() -> None:
    """One of 19 items, from 75 to 85, in a component that weighs 30: 3/19. 87.5421… → 87.54, 87.70 → the rest is rounding."""
    others = [total("鹤山市", "cross", "88"), total("鹤山市", "municipal", "90")]
    comparison = story(
        (RULES, [*others, ticks("鹤山市", "daily", {14: "一般"})], ()),
        (RULES, [*others, ticks("鹤山市", "daily", {})], ()),
    )
    change = of(comparison, "鹤山市")
    assert change.delta == Fraction("0.16")
    assert parts(change) == [("mark", Fraction(3, 19)), ("rounding", Fraction(1, 475))]
    assert plain_text(unit_sentence(comparison, change)) == (
        "鹤山市由87.54分升至87.70分：日常工作第14项“帮扶工作成效情况”由一般改为较好"
        "（7月3日 张三上报《鹤山市.xlsx》评分表!F17），影响+0.1578…分；综合得分四舍五入，影响+0.0021…分。"
    ).replace("帮扶工作成效情况", next(row.name for row in RULES.indicators if row.no == 14))


def test_a_total_replaced_by_another_counts_by_its_weight() -> None:
    change = of(
        story(
            (RULES, [*totals("鹤山市", "80", "cross"), total("鹤山市", "cross", "82")], ()),
            (RULES, [*totals("鹤山市", "80", "cross"), total("鹤山市", "cross", "84")], ()),
        ),
        "鹤山市",
    )
    assert parts(change) == [("total", Fraction("0.8"))]
    assert (change.causes[0].piece.was, change.causes[0].piece.now) == ("82分", "84分")


def test_what_an_item_that_is_not_applicable_gives_to_its_siblings_is_told_with_it() -> None:
    """Equal items: without the one 一般 (75) of 19 the other 18, all 85, are the mean: (18×85+75)/19 → 85, that is +10/19."""
    sheet = ticks("鹤山市", "cross", {14: "一般"})
    off = tuple(Mark(14, applicable=False, remark="无此项") if m.indicator == 14 else m for m in sheet.marks)
    rest = totals("鹤山市", "80", "cross")
    change = of(story((RULES, [sheet, *rest], ()), (RULES, [replace(sheet, marks=off), *rest], ())), "鹤山市")
    assert parts(change)[0] == ("mark", Fraction(10, 19) * Fraction(2, 5))
    assert change.causes[0].piece.now == "不适用"


def test_a_sheet_withdrawn_and_restored_leaves_nothing_to_tell() -> None:
    full, less = totals("鹤山市", "80"), totals("鹤山市", "80", "daily")
    comparison = story((RULES, full, ()), (RULES, less, ()), (RULES, full, ()))
    assert comparison.units == ()
    assert plain_text(headlines(comparison)[0]) == "第1版与第3版之间得分、等次、位次均无变化。"
    assert [each.version for each in comparison.deeds] == [2, 3]


def test_a_sheet_withdrawn_and_handed_in_mended_counts_from_the_last_score() -> None:
    before = [total("鹤山市", "daily", "82"), *totals("鹤山市", "80", "daily")]
    after = [total("鹤山市", "daily", "84"), *totals("鹤山市", "80", "daily")]
    change = of(story((RULES, before, ()), (RULES, totals("鹤山市", "80", "daily"), ()), (RULES, after, ())), "鹤山市")
    assert parts(change) == [("total", Fraction("0.6"))]
    assert [cause.piece.kind for cause in change.trail] == ["sheet", "sheet", "total"]


def test_a_mark_changed_while_another_sheet_was_away_is_told_by_whoever_changed_it() -> None:
    def version(cross: str, daily: bool = True) -> Version:
        sheets = [total("鹤山市", "cross", cross), total("鹤山市", "municipal", "80")]
        return RULES, [*sheets, total("鹤山市", "daily", "80")] if daily else sheets, ()

    deeds = [deed(2, action="撤回"), deed(3, action="替换"), deed(4, action="恢复")]
    change = of(story(version("80"), version("80", False), version("90", False), version("90"), deeds=deeds), "鹤山市")
    assert [(cause.part, cause.deed.version) for cause in change.causes] == [(Fraction(4), 3)]


def test_the_sheet_that_completes_a_unit_is_named_and_no_part_is_made_up() -> None:
    comparison = story((RULES, totals("鹤山市", "80", "daily"), ()), (RULES, totals("鹤山市", "80"), ()))
    change = of(comparison, "鹤山市")
    assert change.completed
    assert parts(change) == [("sheet", None)]
    told = plain_text(unit_sentence(comparison, change))
    assert (
        told == "鹤山市由暂缺变为80.00分，等次为“较好”，列第1：收到日常工作评分表（7月3日 张三上报《鹤山市.xlsx》）。"
    )


def test_of_a_unit_that_became_complete_and_then_moved_the_score_it_began_with_is_said() -> None:
    """80 when complete; then 日常工作 from 80 to 90 at 30 %: +3."""
    full = totals("鹤山市", "80")
    moved = [*totals("鹤山市", "80", "daily"), total("鹤山市", "daily", "90")]
    comparison = story((RULES, totals("鹤山市", "80", "daily"), ()), (RULES, full, ()), (RULES, moved, ()))
    told = plain_text(unit_sentence(comparison, of(comparison, "鹤山市")))
    assert told.startswith("鹤山市由暂缺变为83.00分")
    assert told.endswith(
        "由80分改为90分（7月3日 张三上报《鹤山市.xlsx》日常!C2），影响+3.00分；补齐时得分80分，此后各项影响合计+3.00分。"
    )


def test_a_limit_that_binds_is_the_reason_of_another_grade_at_the_same_score() -> None:
    sheets, fact = totals("鹤山市", "92"), Fact("鹤山市", "sanction", "记过", basis="江纪1号")
    comparison = story(
        (RULES, sheets, [replace(fact, confirmed=False)]), (RULES, sheets, [fact]),
        deeds=[deed(2, "fact", "核对情形", "情形“记过”", "鹤山市")],
    )  # fmt: skip
    change = of(comparison, "鹤山市")
    assert parts(change) == [("fact", Fraction(0))]
    told = plain_text(unit_sentence(comparison, change))
    assert told.startswith("鹤山市得分不变（92.00分），等次由“好”降为“较好”")
    assert (
        "核对情形“记过”（7月3日 张三核对）；因有“记过”情形（班子成员受政务处分），按五（四）等次最高为“较好”。" in told
    )
    back = story(
        (RULES, sheets, [fact]), (RULES, sheets, []), deeds=[deed(2, "fact", "撤销情形", "情形“记过”", "鹤山市")]
    )
    assert "按五（四）等次最高为“较好”的限制不再起作用" in plain_text(unit_sentence(back, of(back, "鹤山市")))


def test_a_place_moves_by_exactly_those_who_came_before_and_those_who_fell_behind() -> None:
    """80, 82, 81: 鹤山市 third; then 恩平市 falls from 82 to 79 and 台山市 (new, 85) comes: third again after two moves."""

    def version(*scores: tuple[str, str]) -> Version:
        return RULES, [sheet for unit, score in scores for sheet in totals(unit, score)], ()

    comparison = story(
        version(("鹤山市", "80"), ("恩平市", "82"), ("开平市", "81")),
        version(("鹤山市", "80"), ("恩平市", "79"), ("开平市", "81")),
    )
    change = of(comparison, "鹤山市")
    assert place_reasons(comparison, change) == ["恩平市退到其后"]
    assert (
        plain_text(unit_sentence(comparison, change)) == "鹤山市得分不变（80.00分），位次由第3升至第2：恩平市退到其后。"
    )
    risen = story(version(("鹤山市", "80"), ("恩平市", "82")), version(("鹤山市", "83"), ("恩平市", "82")))
    assert place_reasons(risen, of(risen, "鹤山市")) == ["超过恩平市"]
    new = story(version(("鹤山市", "80")), version(("鹤山市", "80"), ("台山市", "85")))
    assert place_reasons(new, of(new, "鹤山市")) == ["台山市新列其前"]


def test_a_reading_is_one_cause_with_the_whole_difference() -> None:
    """All 较好: 85 under 95/85/75/60 and under 100/85/75/60; all 好: 95, then 100."""
    sheets = [ticks("鹤山市", name, {}, "好") for name in ("cross", "municipal", "daily")]
    sheets += [ticks("恩平市", name, {}) for name in ("cross", "municipal", "daily")]
    other = with_reading(RULES, "ticks", "100/85/75/60")
    comparison = story(
        (RULES, sheets, ()), (other, sheets, ()), deeds=[deed(2, "reading", "确认口径", "口径“四档赋分”改变")]
    )
    assert parts(of(comparison, "鹤山市")) == [("reading", Fraction(5))]
    assert [each.unit for each in comparison.units] == ["鹤山市"]


def test_a_new_sheet_with_the_same_marks_is_said_to_change_nothing() -> None:
    sheet = ticks("鹤山市", "cross", {})
    moved = replace(sheet, marks=tuple(replace(mark, cell=f"G{mark.indicator}") for mark in sheet.marks))
    rest = totals("鹤山市", "80", "cross")
    comparison = story((RULES, [sheet, *rest], ()), (RULES, [moved, *rest], ()))
    assert [cause.piece.subject for cause in of(comparison, "鹤山市").causes] == ["交叉考核评分表重新上报，评分未变"]
    assert comparison.changed == ()


def test_another_units_figures_that_regrade_an_item_are_told_as_such() -> None:
    """中位法: the figure of one moves the lines for the others, whose own sheets nobody touched."""
    rules, random = scheme("dongxi-2019-city"), Random(7)
    rows = [row for row in rules.indicators_of(rules.marked_groups[0].id) if row.kind == "quantity"]
    if not rows:
        pytest.skip("no item of this table is compared with the peers")
    units, row = [unit.name for unit in rules.marked_groups[0].units], rows[0]
    base = [
        full_sheet(rules, rules.marked_groups[0].id, part.id, unit, random, True)
        for unit in units
        for part in rules.counted
    ]

    def with_values(values: dict[str, int]) -> list[Sheet]:
        return [
            replace(s, marks=tuple(
                Mark(row.no, value=Fraction(values[s.unit])) if m.indicator == row.no else m for m in s.marks
            )) for s in base
        ]  # fmt: skip

    first = {unit: 10 * (at + 1) for at, unit in enumerate(units)}
    then = first | {units[0]: 1000}
    comparison = story((rules, with_values(first), ()), (rules, with_values(then), ()))
    around = [c for each in comparison.units for c in each.causes if c.piece.kind == "around" and each.unit != units[0]]
    assert around
    assert all(cause.piece.was != cause.piece.now for cause in around)
    assert adds_up(comparison)


def adds_up(comparison: Comparison) -> bool:
    return all(
        sum((c.part for c in each.causes if c.part is not None), Fraction(0)) == each.delta
        == sum((c.part for c in each.trail if c.part is not None), Fraction(0))
        for each in comparison.units if each.delta is not None
    )  # fmt: skip


def told_exactly(rules: Scheme, random: Random) -> None:
    """Sheets and 情形 that come and go in seven versions: the parts add up, and every sentence can be said."""
    units = [(g.id, u.name) for g in rules.marked_groups for u in g.units]
    sheets = {(s.unit, s.component): s for s in all_sheets(rules, random, bare=True)}
    facts = [fact for _, unit in units for fact in some_facts(rules, unit, random)] if not rules.late else []
    versions: list[Version] = [(rules, list(sheets.values()), tuple(facts))]
    deeds: list[Deed] = []
    gone: dict[tuple[str, str], Sheet] = {}
    for at in range(2, 8):
        group, unit = random.choice(units)
        key = (unit, random.choice(rules.counted or rules.components).id)
        if facts and random.random() < 0.2:
            left = facts.pop(random.randrange(len(facts)))
            deeds.append(deed(at, "fact", "撤销情形", f"情形“{left.value}”", left.unit))
        else:
            deeds.append(deed(at))
            _hand_in_or_take_back(rules, group, key, sheets, gone, random)
        versions.append((rules, list(sheets.values()), tuple(facts)))
    comparison = story(*versions, deeds=deeds)
    assert adds_up(comparison)
    for each in comparison.units:
        assert plain_text(unit_sentence(comparison, each)).startswith(each.unit)
        if each.moved and each.before and each.after and each.before.rank and each.after.rank:
            came, left_behind = passed(comparison.before.results, comparison.after.results, each.unit)
            assert each.after.rank - each.before.rank == len(came) - len(left_behind)


def _hand_in_or_take_back(
    rules: Scheme, group: str, key: tuple[str, str], sheets: dict[tuple[str, str], Sheet],
    gone: dict[tuple[str, str], Sheet], random: Random,
) -> None:  # fmt: skip
    if gone and random.random() < 0.5:
        back = random.choice(list(gone))
        sheets[back] = gone.pop(back)
    elif key in sheets and random.random() < 0.3:
        gone[key] = sheets.pop(key)
    else:
        sheets[key] = full_sheet(rules, group, key[1], key[0], random)
        gone.pop(key, None)


@pytest.mark.parametrize("name", [one for one in scheme_ids() if scheme(one).status != "skeleton"])
@settings(max_examples=4, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_parts_add_up_to_the_change_whatever_was_handed_in_or_taken_back(name: str, seed: int) -> None:
    told_exactly(with_figures(scheme(name)), Random(seed))


@settings(max_examples=60, deadline=None)
@given(rules=extra_schemes(), seed=st.integers(0, 10**6))
def test_the_parts_add_up_whatever_comes_on_top_or_off_within_whatever_bounds(rules: Scheme, seed: int) -> None:
    told_exactly(rules, Random(seed))


def extra_story(
    was: tuple[Sheet, ...], now: tuple[Sheet, ...], facts: Sequence[Fact] = (), rules: Scheme = TODAY
) -> UnitChange:
    return of(story((rules, was, facts), (rules, now, facts)), "甲镇")


def today(one: str = "20", two: str = "40", plus: str = "0", minus: str = "0") -> tuple[Sheet, ...]:
    """甲镇's two sheets under today's scheme: items 1 and 2, 加分项 6 and 扣分项 7; the other 40 points are full."""
    field = (Mark(1, score=Fraction(one)), Mark(2, score=Fraction(two)), Mark(6, score=Fraction(plus)))
    data = (
        Mark(3, value=Fraction(250)),
        Mark(4, value=Fraction(100)),
        Mark(5, value=Fraction(2)),
        Mark(7, score=Fraction(minus)),
    )
    return Sheet("甲镇", "field", field), Sheet("甲镇", "data", data)


def test_a_bonus_item_and_a_deduction_item_are_told_by_their_own_marks() -> None:
    """90 → 90 + 3 − 2: each counts whole, not by a share."""
    change = extra_story(today("10"), today("10", plus="3", minus="2"))
    assert [(c.piece.kind, c.piece.no, c.part) for c in change.causes] == [("mark", 6, 3), ("mark", 7, -2)]
    assert change.causes[0].piece.subject == "实地考核第6项“典型经验”"


def test_what_the_bound_of_the_total_takes_from_added_points_is_told_with_them() -> None:
    """100 + 5 + 2 would be 107, of which 106 stand: of the five points of the item four count beside the two of the fact."""
    honour = [Fact("甲镇", "honour", "市级")]
    change = extra_story(today(), today(plus="5"), honour)
    assert parts(change) == [("mark", Fraction(4))]


def test_a_mark_that_lowers_what_a_deduction_can_take_gives_that_back() -> None:
    """扣完为止: item 1 earns 4 and 4 of 6 are taken; earning 5 it gains one and loses it again to the 扣分."""
    misuse = [Fact("甲镇", "misuse", "是", amount=Fraction(3))]
    change = extra_story(today("4"), today("5"), misuse)
    assert parts(change) == [("mark", Fraction(1)), ("bonus", Fraction(-1))]
    piece = change.causes[1].piece
    assert (piece.subject, piece.was, piece.now) == ("扣分“资金违规从第1项扣”（从第1项所得中扣）", "4分", "5分")


def test_points_lost_to_a_bound_because_the_marks_rose_are_told_as_the_bounds() -> None:
    """95 + 2 stand under a bound of 97; marks up by three make 98, and the two added points count nothing: +3 − 2."""
    bound = TODAY.with_elements(extras={"total_max": 97, "assumed": "试算"})
    change = extra_story(today("15"), today("18"), [Fact("甲镇", "honour", "市级")], bound)
    assert parts(change) == [("mark", Fraction(3)), ("bonus", Fraction(-2))]
    assert change.causes[1].piece.subject == "加分、扣分的上下限"
