"""核对Excel as its user meets it: drop the workbook, confirm its columns, read what differs and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import CROSSCHECK
from data.store import Store
from scoring.crosscheck.book import letters
from tests.data.summary_books import across, plain, saved, unsaved
from tests.pages import builders

Visit = Callable[..., AppTest]


def dropped(page: AppTest, content: bytes, name: str = "2020年汇总.xlsx") -> AppTest:
    page.file_uploader(key="crosscheck-0").upload(name, content, "application/octet-stream")
    return page.run()


def text(page: AppTest) -> str:
    elements = (*page.markdown, *page.caption, *page.error, *page.success, *page.warning, *page.info)
    return "\n".join(str(each.value) for each in elements).replace("\u2060", "").replace("\\", "").replace("**", "")


@pytest.fixture
def whole(county_store: Store) -> Store:
    """All 21 sheets are in."""
    builders.last_sheet(county_store, county_store.assessments()[0])
    return county_store


def right(store: Store):  # type: ignore[no-untyped-def]
    from data.state import load_state

    return load_state(store, store.assessments()[0].id).results


def test_a_column_that_is_not_recognised_is_asked_before_anything_is_compared(whole: Store, visit: Visit) -> None:
    page = dropped(visit(CROSSCHECK), saved({"汇总": plain(right(whole))}))
    assert "还有1列没有认出：J列“辅助”" in text(page)
    assert page.button(key="crosscheck-confirm").disabled
    assert "完全一致" not in text(page)


def test_a_right_workbook_is_wholly_the_same(whole: Store, visit: Visit) -> None:
    page = dropped(visit(CROSSCHECK), saved({"汇总": across(right(whole))}))
    page.button(key="crosscheck-confirm").click().run()
    assert not page.exception
    assert "完全一致：核对45格，无一不同。" in text(page)
    assert "表中没有公式，只核对了数值" in text(page)


def test_a_wrong_cell_is_told_with_its_cause_and_what_follows_from_it(whole: Store, visit: Visit) -> None:
    cells = unsaved(plain(right(whole)), F8="=ROUND(C8*$C$4+E8*$E$4,2)", J3=None)
    page = dropped(visit(CROSSCHECK), saved({"汇总": cells}))
    ask = next(box for box in page.selectbox if "J列" in box.label)
    ask.select("ignore").run()
    page.button(key="crosscheck-confirm").click().run()
    assert not page.exception
    told = text(page)
    assert "归为1处原因" in told
    assert "公式漏算（综合得分）：1格，另有4格由此引起" in told
    assert "汇总!F8 台山市 综合得分：表中60.16，本系统86.14" in told
    assert "D8（市级考核）" in told
    assert "“备注”" in told.partition("未核对")[2]


def test_a_file_that_is_no_workbook_is_refused_with_its_reason_and_mend(whole: Store, visit: Visit) -> None:
    page = dropped(visit(CROSSCHECK), b"%PDF-1.7 ...", "汇总.pdf")
    assert "不是电子表格" in text(page)


def test_a_workbook_without_any_unit_says_what_it_must_have(whole: Store, visit: Visit) -> None:
    page = dropped(visit(CROSSCHECK), "甲,乙\n1,2\n".encode(), "表.csv")
    assert "没有找到写有考核对象的表" in text(page)


def test_a_sheet_that_has_not_come_is_told_before_the_comparison(county_store: Store, visit: Visit) -> None:
    assert "系统尚缺恩平市的日常工作" in text(visit(CROSSCHECK))


def test_items_of_which_nothing_says_whose_they_are_are_asked_once_for_all(whole: Store, visit: Visit) -> None:
    found = right(whole)
    cells = {"A1": "单位"} | {f"{letters(no + 1)}1": no for no in range(1, 20)}
    for row, one in enumerate(found.units, start=2):
        cells |= {f"A{row}": one.unit} | {f"{letters(no + 1)}{row}": int(p) for no, p in one.components["cross"].items.items()}
    page = dropped(visit(CROSSCHECK), saved({"Sheet1": cells}))
    assert page.button(key="crosscheck-confirm").disabled
    next(box for box in page.selectbox if "是哪种考核方式" in box.label).select("cross").run()
    page.button(key="crosscheck-confirm").click().run()
    assert not page.exception
    assert "完全一致：核对133格，无一不同。" in text(page)
