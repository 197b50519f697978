"""底图与坐标: a file is brought, its questions answered, put in use, taken out of use and brought back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import GEOGRAPHY
from data.geographies import apart, own
from data.sheets.problems import RefusalError
from data.store import Store
from tests.data.geography_files import collection, csv, feature, square


def healthy(at: AppTest) -> AppTest:
    assert not at.exception, at.exception[0].stack_trace
    return at


def bring(at: AppTest, content: bytes, name: str, county: str = "440781") -> AppTest:
    if county:
        at.selectbox("geography-county-440700").set_value(county)
        healthy(at.run())
    at.file_uploader("geography-zone-0").upload(name, content, "application/octet-stream")
    return healthy(at.run())


def words(at: AppTest) -> str:
    said = [*at.markdown, *at.caption, *at.success, *at.error]
    return "\n".join([*(each.value for each in said), *(str(each.value.to_dict("list")) for each in at.table)])


def test_the_scope_begins_at_the_assessments_home(county_store: Store, visit: Callable[..., AppTest]) -> None:
    at = visit(GEOGRAPHY)
    assert at.selectbox("geography-province-100000").value == "440000"
    assert at.selectbox("geography-city-440000").value == "440700"
    assert at.selectbox("geography-county-440700").value == ""
    assert "尚未放入自有底图" in words(at)


def test_the_page_opens_without_any_assessment(page_store: Store, visit: Callable[..., AppTest]) -> None:
    assert visit(GEOGRAPHY).title[0].value == "底图与坐标"


def test_areas_are_put_in_use_only_when_every_name_is_settled(
    county_store: Store, visit: Callable[..., AppTest]
) -> None:
    (assessment,) = county_store.assessments()
    at = bring(visit(GEOGRAPHY), collection(feature("台城街道"), feature("广海慎", square(112.6))), "台山.geojson")
    assert at.button("geography-use").disabled
    assert "1**个待确认" in words(at)
    asked = next(each for each in at.selectbox if each.key and each.key.endswith("-answer-2"))
    assert asked.value is None
    assert "广海镇（台山市），名称相近" in asked.options
    asked.set_value("440781110")
    healthy(at.run())
    at.button("geography-use").click()
    healthy(at.run())
    assert "已启用：江门市台山市界线第1版，共2个" in words(at)
    assert set(own(county_store).areas) == {"440781001", "440781110"}
    (kept,) = county_store.geographies()
    assert kept.reading["confirmed"] == {"第2个要素 广海慎": "440781110"}
    assert county_store.version(assessment.id) == assessment.version


def test_a_list_of_towns_is_used_then_withdrawn_then_restored(
    county_store: Store, visit: Callable[..., AppTest]
) -> None:
    at = bring(visit(GEOGRAPHY), csv(["台城街道,112.79,22.25"]), "台山.csv")
    at.button("geography-use").click()
    healthy(at.run())
    assert own(county_store).points == {"440781001": (112.79, 22.25)}
    for state, verb, used in (("current", "停用", {}), ("withdrawn", "恢复", {"440781001": (112.79, 22.25)})):
        assert at.button(f"geography-do-1-{state}").label == f"确认{verb}"
        assert at.button(f"geography-do-1-{state}").disabled
        at.text_input(f"geography-why-1-{state}").set_value("会议决定")
        healthy(at.run())
        at.button(f"geography-do-1-{state}").click()
        healthy(at.run())
        assert dict(own(county_store).points) == used
        assert f"已{verb}" in words(at)


def test_a_bad_file_is_told_with_where_and_nothing_is_kept(county_store: Store, visit: Callable[..., AppTest]) -> None:
    at = bring(visit(GEOGRAPHY), collection(feature("台城街道"), feature("广海镇", square()[:2])), "坏.geojson")
    assert "第2个要素" in words(at)
    assert "围不成面" in words(at)
    assert not [each for each in at.button if each.key == "geography-use"]
    assert own(county_store).version == ""


def test_a_files_name_and_words_are_only_words(county_store: Store, visit: Callable[..., AppTest]) -> None:
    name = "../../**粗**<b>x</b>.geojson"
    at = bring(visit(GEOGRAPHY), collection(feature("<img src=x> **台**"), feature("台城街道", square(112.6))), name)
    assert "**粗**" not in words(at)
    assert "<b>" not in words(at)
    assert "<img" not in words(at)


def test_swapped_coordinates_wait_for_a_person(county_store: Store, visit: Callable[..., AppTest]) -> None:
    at = bring(visit(GEOGRAPHY), collection(feature("台城街道", [point[::-1] for point in square()])), "颠倒.geojson")
    assert "经纬度可能颠倒" in words(at)
    box = next(each for each in at.checkbox if each.label == "经纬度颠倒，读取时对调")
    box.check()
    healthy(at.run())
    assert not at.button("geography-use").disabled


def test_what_somebody_else_has_put_in_use_meanwhile_is_not_undone_unseen(
    county_store: Store, visit: Callable[..., AppTest]
) -> None:
    at = bring(visit(GEOGRAPHY), csv(["台城街道,112.79,22.25"]), "台山.csv")
    county_store.put_geography(
        "440781", "points", ("别人.csv", b"x"), {"440781001": [112.8, 22.2]}, {}, "李四", "江门市台山市", None
    )
    at.button("geography-use").click()
    healthy(at.run())
    assert [each.file_name for each in county_store.geographies()] == ["别人.csv"]
    assert own(county_store).points == {"440781001": (112.8, 22.2)}
    assert "已启用：" not in words(at)


def test_a_file_that_was_stopped_while_the_machine_was_busy_is_read_when_it_is_dropped_again(
    county_store: Store, visit: Callable[..., AppTest], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = collection(feature("台城街道"))

    def stopped(*_: object, **__: object) -> None:
        raise RefusalError("reader-timeout", seconds="30")

    with monkeypatch.context() as busy:
        busy.setattr(apart, "read_apart", stopped)
        at = bring(visit(GEOGRAPHY), content, "台山.geojson")
        assert "须改正后重新放入" in words(at)
    at.file_uploader("geography-zone-1").upload("台山.geojson", content, "application/octet-stream")
    assert "取用**1**个" in words(healthy(at.run()))
