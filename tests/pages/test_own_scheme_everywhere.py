"""An office's own scheme: chosen for a new assessment once agreed, looked at in every 版, and sound on every page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import ASSESSMENTS, MAP, PAGES, SCHEME
from data.schemes import scheme_text
from data.store import Assessment, OwnScheme, Store, UnitRow
from scoring.load import load_scheme
from tests.pages import builders

TITLE = "2026年江门市常态化帮扶考核"
TEXT = scheme_text("jiangmen-2020-county")
Visit = Callable[..., AppTest]


def agreed(store: Store) -> OwnScheme:
    made = store.create_scheme(TITLE, TEXT, "张三", based_on="jiangmen-2020-county")
    return store.advance_scheme(made.id, "李四", made.revision)


def assess(store: Store, kept: OwnScheme) -> Assessment:
    """An assessment from it with two units' sheets from all three 考核方式."""
    units = [UnitRow(u.name, g.id, u.region) for g in load_scheme(kept.text).groups for u in g.units]
    made = store.create_assessment("2026年考核", kept.scheme_id, kept.text, kept.hash, units, "张三")
    for at, unit in enumerate(("台山市", "开平市")):
        for way in ("cross", "municipal"):
            sheet = builders.ticks(unit, way, "1" * (10 + at) + "2" * (9 - at))
            store.take(made.id, f"{unit}{way}.xlsx", f"{sheet}".encode(), [sheet], "张三")
        sheet = builders.total(unit, "daily", "88.00")
        store.take(made.id, f"{unit}.xlsx", f"{sheet}".encode(), [sheet], "张三")
    return made


def words(at: AppTest) -> str:
    drawn = [*at.markdown, *at.caption, *at.error, *at.success, *at.info]
    return "\n".join(one.value for one in drawn) + "\n".join(table.value.to_string() for table in at.table)


def test_a_draft_is_not_offered_and_it_is_said_why(page_store: Store, visit: Visit) -> None:
    page_store.create_scheme(TITLE, TEXT, "张三")
    at = visit(ASSESSMENTS)
    assert all(TITLE not in option for option in at.selectbox(key="new-scheme").options)
    assert f"自编方案“{TITLE}”还是草案，内容仍可改动，不能据以新建考核；办理“已同意”后可选。" in words(at)


def test_an_agreed_scheme_makes_an_assessment_that_keeps_its_words(page_store: Store, visit: Visit) -> None:
    kept = agreed(page_store)
    at = visit(ASSESSMENTS)
    box = at.selectbox(key="new-scheme")
    assert box.options[0] == f"{TITLE}（自编，已同意，第2版）"
    at.button(key="new-create").click().run()
    assert not at.exception, at.exception[0].stack_trace
    (made,) = page_store.assessments()
    assert (made.name, made.scheme_id, made.scheme_text) == (TITLE, kept.scheme_id, kept.text)
    assert len(made.units) == 7


@pytest.mark.parametrize("script", [page.script for page in PAGES])
def test_an_assessment_from_an_own_scheme_opens_on_every_page(page_store: Store, visit: Visit, script: str) -> None:
    made = assess(page_store, agreed(page_store))
    at = visit(script, a=str(made.id))
    assert [each.value for each in at.error] == []


def test_the_scheme_tells_which_assessment_was_made_from_which_revision(page_store: Store, visit: Visit) -> None:
    kept = agreed(page_store)
    assess(page_store, kept)
    back = page_store.return_scheme(kept.id, "李四", "权重有误", kept.revision)
    page_store.save_scheme(kept.id, back.text + "# 改\n", "张三", back.revision)
    told = words(visit(SCHEME, scheme=f"own-{kept.id}"))
    assert "现查看第4版（草案），共4版。已有1个年度考核采用：“2026年考核”（第2版）。" in told
    assert "方案以后的改动不影响已建的考核。" in told


def test_an_earlier_revision_can_be_looked_at(page_store: Store, visit: Visit) -> None:
    made = page_store.create_scheme(TITLE, TEXT, "张三")
    page_store.save_scheme(made.id, made.text.replace("减贫成效", "帮扶成效"), "张三", 1)
    at = visit(SCHEME, scheme=f"own-{made.id}")
    assert "现查看第2版（草案），共2版。尚无年度考核采用。" in words(at)
    at.button(key=f"see-own-{made.id}-1").click().run()
    assert not at.exception, at.exception[0].stack_trace
    assert "现查看第1版（草案），共2版。" in words(at)
    assert at.selectbox(key="scheme-box").value == f"own-{made.id}-1"


def test_a_faulty_draft_leaves_the_page_of_schemes_sound(page_store: Store, visit: Visit) -> None:
    made = page_store.create_scheme("未写完", "id: x\ngrades: [好\n", "张三")
    at = visit(SCHEME, scheme=f"own-{made.id}")
    assert all("未写完" not in option for option in at.selectbox(key="scheme-box").options)


def test_a_copy_of_a_scheme_is_not_drawn_on_the_map_beside_what_it_was_copied_from(
    county_store: Store, visit: Visit
) -> None:
    made = assess(county_store, agreed(county_store))
    assert "2020年江门市 · 县级" not in words(visit(MAP, a=str(made.id)))
