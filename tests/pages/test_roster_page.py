"""考核对象名单 on 年度考核: brought when an assessment begins, looked at, and corrected with a reason."""

from __future__ import annotations

import io
from collections.abc import Callable
from fractions import Fraction

import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

from components.navigation import ASSESSMENTS
from data.rosters_units import scheme_units
from data.schemes import scheme, scheme_text
from data.store import Assessment, Store, UnitRow
from scoring.marks import Fact
from tests.pages.builders import CLERK, county

RUYUAN = "ruyuan-2017"
ECONOMY, TEAM = "县直经济发展与管理部门", "市驻镇工作队"
HEAD = ("组别", "名称", "帮扶镇", "户数")
Visit = Callable[..., AppTest]


def roster(*rows: tuple[str, ...]) -> tuple[str, bytes, str]:
    book = Workbook()
    for row in (HEAD, *rows):
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return "名单.xlsx", kept.getvalue(), "application/octet-stream"


def bring(at: AppTest, start: str, *rows: tuple[str, ...]) -> AppTest:
    zone = next(zone for zone in at.file_uploader if str(zone.key).startswith(start))
    zone.upload(*roster(*rows))
    return run(at)


def run(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception, at.exception[0].stack_trace
    return at


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click()
    return run(at)


def text(at: AppTest) -> str:
    drawn = [*at.markdown, *at.caption, *at.error, *at.success, *at.info]
    return "\n".join(one.value for one in drawn) + "\n".join(table.value.to_string() for table in at.table)


def begin_with(at: AppTest, scheme_id: str) -> AppTest:
    at.selectbox(key="new-scheme").select(scheme_id)
    return run(at)


@pytest.fixture
def ruyuan(page_store: Store) -> Assessment:
    rules = scheme(RUYUAN)
    units = [*scheme_units(rules), UnitRow("县农业局", "economy", "", (("桂头镇", Fraction(30)),))]
    return page_store.create_assessment("2017年乳源", RUYUAN, scheme_text(RUYUAN), rules.hash, units, CLERK)


def test_an_assessment_begins_with_the_offices_own_roster(page_store: Store, visit: Visit) -> None:
    at = begin_with(visit(ASSESSMENTS), RUYUAN)
    assert "原文没有列出" in text(at)
    assert f"{ECONOMY}（28个）" in text(at).replace("\\", "")
    bring(at, "new-roster", (ECONOMY, "县农业局", "桂头镇30、一六镇10", ""), (TEAM, "驻桂头队", "桂头镇", ""))
    assert "考核对象共11个" in text(at)
    assert "名单有1个，原文为28个" in text(at)
    press(at, "new-create")
    (made,) = page_store.assessments()
    assert made.units[9:] == (
        UnitRow("县农业局", "economy", "", (("桂头镇", Fraction(30)), ("一六镇", Fraction(10)))),
        UnitRow("驻桂头队", "team", "", (("桂头镇", None),)),
    )
    assert f"new-roster-{RUYUAN}-file" not in at.session_state  # the next assessment begins with a roster of its own


def test_a_wrong_file_can_be_taken_away_again(page_store: Store, visit: Visit) -> None:
    at = begin_with(visit(ASSESSMENTS), RUYUAN)
    bring(at, "new-roster", (ECONOMY, "县农业局", "桂林镇", ""))
    press(at, f"new-roster-{RUYUAN}-remove")
    assert "桂林镇" not in text(at)
    press(at, "new-create")
    assert len(page_store.assessments()) == 1


def test_without_a_file_the_assessment_begins_with_the_units_that_the_document_lists(
    page_store: Store, visit: Visit
) -> None:
    at = begin_with(visit(ASSESSMENTS), RUYUAN)
    press(at, "new-create")
    assert [unit.group for unit in page_store.assessments()[0].units] == ["town"] * 9


def test_organs_of_a_scheme_without_inheritance_are_brought_too(page_store: Store, visit: Visit) -> None:
    at = begin_with(visit(ASSESSMENTS), "qujiang-2018")
    bring(at, "new-roster", ("区直机关、企事业单位", "区财政局", "", ""))
    press(at, "new-create")
    assert page_store.assessments()[0].units[-1] == UnitRow("区财政局", "organ")


def test_a_group_that_nobody_was_named_for_is_told(page_store: Store, visit: Visit) -> None:
    at = begin_with(visit(ASSESSMENTS), "qujiang-2018")
    press(at, "new-create")
    assert any("组别“区直机关、企事业单位”没有名单" in each.value.replace("\\", "") for each in visit(ASSESSMENTS).warning)


def test_a_wrong_roster_says_cell_and_mend_and_nothing_begins(page_store: Store, visit: Visit) -> None:
    at = begin_with(visit(ASSESSMENTS), RUYUAN)
    bring(at, "new-roster", (ECONOMY, "县农业局", "桂林镇", ""))
    assert "C2的“桂林镇”不是“镇”组的考核对象，是否为“桂头镇”" in text(at)
    press(at, "new-create")
    assert "名单有须改正之处，未新建" in text(at)
    assert page_store.assessments() == []


def test_a_scheme_that_lists_everyone_asks_for_no_file(page_store: Store, visit: Visit) -> None:
    at = begin_with(visit(ASSESSMENTS), "neimenggu-2018")
    assert not [zone for zone in at.file_uploader if str(zone.key).startswith("new-roster")]


def test_the_roster_is_shown_by_group_beside_what_the_document_says(ruyuan: Assessment, visit: Visit) -> None:
    at = visit(ASSESSMENTS)
    rows = at.table[0].value.to_dict("records")
    assert rows[1] == {"组别": ECONOMY, "名单": "1个", "原文": "28个"}
    assert rows[2]["名单"] == "0个"
    assert "桂头镇30" in text(at)


def test_a_correction_says_what_changes_and_needs_a_reason(page_store: Store, ruyuan: Assessment, visit: Visit) -> None:
    at = visit(ASSESSMENTS)
    bring(at, "roster-file", (ECONOMY, "县农业局", "一六镇", ""), (ECONOMY, "县水务局", "桂头镇", ""))
    assert "新增1个：县水务局" in text(at)
    assert "改动1个：县农业局（帮扶镇桂头镇30→一六镇）" in text(at)
    press(at, "roster-correct")
    assert "更正理由不能为空" in text(at)
    at.text_input(key="roster-reason").set_value("县编办核对")
    press(at, "roster-correct")
    assert "名单已更正，现有考核对象11个" in text(at)
    now = page_store.assessment(ruyuan.id)
    assert (now.version, [unit.name for unit in now.units[9:]]) == (2, ["县农业局", "县水务局"])
    assert page_store.log()[0].action == "更正名单"


def test_a_unit_that_has_handed_in_is_named_and_stays(page_store: Store, visit: Visit) -> None:
    made = county(page_store)
    page_store.add_fact(made.id, Fact("恩平市", "prominent", "有", "2020-11-20", "督1号"), "", CLERK)
    at = visit(ASSESSMENTS)
    kept = [unit.name for unit in made.units if unit.name != "恩平市"]
    bring(at, "roster-file", *((("市（区）", name, "", "")) for name in kept))
    assert "删去1个：恩平市" in text(at)
    at.text_input(key="roster-reason").set_value("撤并")
    press(at, "roster-correct")
    assert "“恩平市”（评分表2份、情形1条）" in text(at)
    assert len(page_store.assessment(made.id).units) == 7


def test_the_same_roster_again_changes_nothing(page_store: Store, ruyuan: Assessment, visit: Visit) -> None:
    at = bring(visit(ASSESSMENTS), "roster-file", (ECONOMY, "县农业局", "桂头镇", "30"))
    assert "与现有名单完全相同" in text(at)
    assert "roster-correct" not in [button.key for button in at.button]


def test_a_final_assessment_offers_no_correction(page_store: Store, ruyuan: Assessment, visit: Visit) -> None:
    page_store.finalise(ruyuan.id, CLERK)
    assert "本考核已定稿，名单不再改动" in text(visit(ASSESSMENTS))
