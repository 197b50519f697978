"""Two versions read from a store and compared: with who, when, which file and which cell, exactly."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import openpyxl
import pytest

from data.changes import compare, ends_of, kind_of, may_matter
from data.demo import load_all, load_demo
from data.documents.change_table import to_text, to_xlsx
from data.state import load_state, load_state_at
from data.store import READING, SHOWN, TARGET, Assessment, Store, StoreProblem
from scoring.change_heads import headlines, summary
from scoring.change_words import causes, passed, unit_sentence
from scoring.changes import UnitChange
from scoring.marks import Fact, Sheet
from scoring.speech import plain_text
from tests.pages import builders

AT = "2026年7月3日 09:30"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/t.db") as opened:
        yield opened


@pytest.fixture
def county(store: Store) -> Assessment:
    return builders.county(store)


def mended(unit: str = "江海区") -> Sheet:
    """江海区's 交叉考核 with item 17, an 一般 before, as 较好."""
    code = builders.CROSS_AND_MUNICIPAL[unit][0]
    return builders.ticks(unit, "cross", code[:16] + "2" + code[17:])


def of(change, unit: str) -> UnitChange:
    return next(each for each in change.comparison.units if each.unit == unit)


def test_a_corrected_sheet_is_told_with_the_cell_the_file_the_clerk_and_the_part(store: Store, county: Assessment) -> None:
    """Item 17: 一般 75 → 较好 85, one of 19 in a component that weighs 40: 4/19 = 0.2105…"""
    before = load_state(store, county.id).results.of("江海区").score
    assert builders.CROSS_AND_MUNICIPAL["江海区"][0][16] == "3"
    made = store.take(county.id, "更正.xlsx", b"x", [mended()], "李四")[0]
    change = compare(store, county.id, county.version, county.version + 1)
    unit = of(change, "江海区")
    (line, *_) = causes(unit, made.at.year)
    name = next(row.name for row in change.after.scheme.indicators if row.no == 17)
    cell = next(mark.cell for mark in mended().marks if mark.indicator == 17)
    day = f"{unit.causes[0].deed.at.month}月{unit.causes[0].deed.at.day}日"
    place = next("!".join(filter(None, (m.sheet, m.cell))) for m in mended().marks if m.indicator == 17)
    assert place.endswith(cell)
    assert line == f"交叉考核第17项“{name}”由一般改为较好（{day} 李四重新上报《更正.xlsx》{place}），影响+0.2105…分"
    assert unit.causes[0].part == Fraction(4, 19)
    assert before is not None
    assert sum((cause.part or Fraction(0) for cause in unit.causes), Fraction(0)) == unit.delta


def test_withdrawing_the_correction_and_restoring_the_first_sheet_leaves_no_difference(
    store: Store, county: Assessment
) -> None:
    (first,) = (s for s in store.submissions(county.id) if (s.unit, s.component) == ("江海区", "cross"))
    (second,) = store.take(county.id, "更正.xlsx", b"x", [mended()], "李四")
    store.withdraw(second.id, "李四", "更正有误")
    store.restore(first.id, "李四", "以首次为准")
    change = compare(store, county.id, county.version, county.version + 3)
    assert change.comparison.changed == ()
    assert "得分、等次、位次均无变化" in plain_text(headlines(change.comparison)[0])
    assert [deed.reason for deed in change.comparison.deeds] == ["", "更正有误", "以首次为准"]


def test_both_states_are_what_they_were(store: Store, county: Assessment) -> None:
    change = compare(store, county.id, 3, county.version)
    assert change.before.results == load_state_at(store, county.id, 3).results
    assert change.after.results == load_state(store, county.id).results
    assert change.after == load_state(store, county.id)


def test_what_no_result_can_feel_is_not_scored_anew_and_changes_nothing(store: Store, county: Assessment) -> None:
    store.set_setting(county.id, f"{SHOWN}county", "1", "张三", action="公开镇级成绩", subject="县级")
    change = compare(store, county.id, county.version, county.version + 1)
    assert change.comparison.units == ()
    assert change.after.settings == load_state(store, county.id).settings
    assert not may_matter(store.versions(county.id)[-1])


def test_a_reading_is_told_by_its_name_and_by_what_it_was(store: Store, county: Assessment) -> None:
    store.set_setting(county.id, f"{READING}ticks", "100/85/75/60", "王五", subject="四档赋分", paper="纪要1号")
    store.set_setting(county.id, f"{READING}ticks", "默认", "王五", subject="四档赋分")
    change = compare(store, county.id, county.version, county.version + 2)
    texts = [deed.text for deed in change.comparison.deeds]
    assert texts == ["口径“四档赋分”由方案所列口径改为100/85/75/60", "口径“四档赋分”由100/85/75/60改为方案所列口径"]
    assert change.comparison.changed == ()


def test_a_way_longer_than_can_be_told_one_by_one_is_shortened_at_its_beginning_and_still_adds_up(
    store: Store, county: Assessment
) -> None:
    for at in range(1, 6):
        sheets = [builders.total("台山市", "daily", str(80 + at))]
        store.take(county.id, f"{at}.xlsx", f"{at}".encode(), sheets, "张三")
    change = compare(store, county.id, county.version, county.version + 5, most=2)
    unit = of(change, "台山市")
    assert change.together == 4
    assert len(change.comparison.deeds) == 5
    assert sum((cause.part or Fraction(0) for cause in unit.trail), Fraction(0)) == unit.delta == Fraction("0.6")


def test_a_fact_registered_checked_and_revoked_is_told_as_what_it_came_to(store: Store, county: Assessment) -> None:
    row = store.add_fact(county.id, Fact("台山市", "sanction", "记过", "2020-06-01", "江纪2号"), "", "张三")
    store.confirm_fact(row.id, "李四")
    at = county.version
    told = causes(of(compare(store, county.id, at, at + 2), "台山市"), 0)
    assert told[0].startswith("登记并核对情形“班子成员受政务处分：记过”（江纪2号）（")
    assert told[0].endswith("李四核对）")
    store.withdraw_fact(row.id, "李四", "查无此事")
    assert compare(store, county.id, at, at + 3).comparison.units == ()
    (gone,) = causes(of(compare(store, county.id, at + 2, at + 3), "台山市"), 0)
    assert gone.startswith("撤销情形“班子成员受政务处分：记过”")
    assert "理由：查无此事" in gone


def test_a_roster_corrected_says_who_came_and_who_went(store: Store, county: Assessment) -> None:
    for sheet in [s for s in store.submissions(county.id) if s.unit == "恩平市"]:
        store.withdraw(sheet.id, "张三", "移出")
    at = store.version(county.id)
    store.correct_roster(county.id, [u for u in county.units if u.name != "恩平市"], "张三", "区划调整")
    change = compare(store, county.id, at, at + 1)
    assert plain_text(unit_sentence(change.comparison, of(change, "恩平市"))).startswith("恩平市移出考核对象名单：更正名单（")
    assert change.comparison.deeds[0].reason == "区划调整"


def test_a_target_filled_in_completes_those_who_waited_for_it(store: Store) -> None:
    (made,) = load_demo(store, documents=["neimenggu-2018"])
    entries = store.versions(made.id)
    at = next(entry.version for entry in entries if kind_of(entry) == "target")
    change = compare(store, made.id, at - 1, at)
    assert change.comparison.deeds[0].kind == "target"
    assert any(each.completed for each in change.comparison.units)


@pytest.mark.slow
def test_every_step_of_every_demonstration_adds_up_and_can_be_written_out(store: Store) -> None:
    load_all(store)
    for made in store.assessments():
        change = compare(store, made.id, 1, made.version)
        for each in change.comparison.units:
            told = sum((cause.part for cause in each.trail if cause.part is not None), Fraction(0))
            assert each.delta is None or told == each.delta
        assert made.name in to_text(change, AT).decode()
        assert openpyxl.load_workbook(io.BytesIO(to_xlsx(change, AT))).sheetnames == ["变动说明", "两版之间的操作"]


@pytest.mark.parametrize("seed", range(4))
def test_between_any_two_versions_of_a_random_year_the_parts_add_up(store: Store, county: Assessment, seed: int) -> None:
    """Uploads, withdrawals, 情形, readings in any order; from any version to any other, told singly or taken together."""
    random = Random(seed)
    for at in range(16):
        with contextlib.suppress(StoreProblem, IndexError):
            anything(store, county.id, random, at)
    last = store.version(county.id)
    for first, most in ((county.version, 60), (county.version, 3), (2, 60), (random.randrange(county.version, last), 60)):
        change = compare(store, county.id, first, last, most)
        for each in change.comparison.units:
            for told in (each.causes, each.trail):
                whole = sum((cause.part for cause in told if cause.part is not None), Fraction(0))
                assert each.delta is None or whole == each.delta, (each.unit, told)
            if each.moved and each.before and each.after and each.before.rank and each.after.rank:
                came, left = passed(change.comparison.before.results, change.comparison.after.results, each.unit)
                assert each.after.rank - each.before.rank == len(came) - len(left)


@pytest.mark.parametrize("seed", range(3))
def test_both_ends_alone_tell_the_same_differences_as_the_whole_way(store: Store, county: Assessment, seed: int) -> None:
    random = Random(seed)
    for at in range(12):
        with contextlib.suppress(StoreProblem, IndexError):
            anything(store, county.id, random, at)
    last = store.version(county.id)
    whole = compare(store, county.id, 2, last).comparison
    ends = ends_of(load_state_at(store, county.id, 2), load_state(store, county.id), store.versions(county.id)).comparison
    assert len(whole.changed) > 0
    assert [(each.unit, each.before, each.after) for each in ends.changed] == [
        (each.unit, each.before, each.after) for each in whole.changed
    ]
    assert summary(ends) == summary(whole)
    assert headlines(ends) == headlines(whole)


def anything(store: Store, made: int, random: Random, at: int) -> None:
    unit = random.choice(list(builders.CROSS_AND_MUNICIPAL))
    row = random.choice([None, *store.facts(made)])
    match random.choice(("ticks", "ticks", "total", "withdraw", "restore", "fact", "confirm", "revoke", "reading")):
        case "ticks":
            code = "".join(random.choice("1123") for _ in range(19))
            store.take(made, f"{at}.xlsx", f"{at}".encode(), [builders.ticks(unit, "cross", code)], "张三")
        case "total":
            store.take(made, f"{at}.xlsx", f"{at}".encode(), [builders.total(unit, "daily", f"{random.randrange(60, 99)}.5")], "张三")
        case "withdraw":
            store.withdraw(random.choice(store.submissions(made)).id, "李四", "试")
        case "restore":
            store.restore(random.choice(store.history(made)).id, "李四", "试")
        case "fact":
            store.add_fact(made, Fact(unit, "sanction", random.choice(["警告", "记过", "开除"])), "", "张三")
        case "confirm" if row:
            store.confirm_fact(row.id, "赵六")
        case "revoke" if row:
            store.withdraw_fact(row.id, "赵六", "试")
        case "reading":
            label = random.choice(["默认", "100/85/75/60", "100/80/60/40"])
            store.set_setting(made, f"{READING}ticks", label, "王五")


def test_the_workbook_has_a_row_for_each_cause_and_no_text_in_it_is_a_formula(store: Store, county: Assessment) -> None:
    store.take(county.id, "=1+1.xlsx", b"x", [mended()], "=cmd")
    change = compare(store, county.id, county.version, county.version + 1)
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(change, AT))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    head = next(cell.row for cell in cells if cell.value == "单位")
    titles = {cell.value: cell.column for cell in sheet[head]}
    first = [row for row in range(head + 1, sheet.max_row + 1) if sheet.cell(row, 1).value == "江海区"]
    assert len(first) >= len(of(change, "江海区").causes)
    assert "《=1+1.xlsx》" in str(sheet.cell(first[0], titles["文件、单元格"]).value)
    assert sheet.cell(first[0], titles["操作人"]).quotePrefix
    scores = [sheet.cell(row, titles["现得分"]).value for row in first]
    assert scores == [float(of(change, "江海区").after.score), *[None] * (len(first) - 1)], "no sum counts a unit twice"
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]


def test_versions_that_are_not_there_are_refused_in_words(store: Store, county: Assessment) -> None:
    with pytest.raises(StoreProblem, match="没有第99版"):
        compare(store, county.id, 1, 99)


def test_each_kind_of_change_is_known_by_what_the_log_keeps(store: Store, county: Assessment) -> None:
    store.set_setting(county.id, f"{READING}ticks", "默认", "王五")
    store.set_setting(county.id, f"{TARGET}growth", "9", "王五", action="填报目标数值")
    store.correct_roster(county.id, [replace(u, region="") for u in county.units], "张三", "更正代码")
    kinds = [kind_of(entry) for entry in store.versions(county.id)]
    assert kinds[0] == "state"
    assert kinds[1] == "sheets"
    assert kinds[-5:] == ["fact", "fact", "reading", "target", "roster"]
