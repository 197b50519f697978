"""年度考核: the 示例数据 of one document or of all are loaded by a press, once."""

from __future__ import annotations

from collections.abc import Callable

from streamlit.testing.v1 import AppTest

from data.schemes import scheme_ids
from data.store import Store

ASSESSMENTS = "pages/rules/assessments.py"


def press(at: AppTest, key: str) -> AppTest:
    at.button(key=key).click().run()
    assert not at.exception, at.exception[0].stack_trace
    return at


def captions(at: AppTest) -> str:
    return "".join(each.value for each in at.caption)


def test_the_demonstration_of_one_document_is_loaded_and_opened(page_store: Store, visit: Callable[..., AppTest]) -> None:
    at = visit(ASSESSMENTS)
    at.selectbox(key="demo-document").select("qujiang-2018").run()
    assert "逐级加重的处理" in captions(at)
    press(at, "load-demo")
    assert [one.scheme_id for one in page_store.assessments(demo=True)] == ["qujiang-2018"]
    assert at.session_state["assessment-told"] == "2018年曲江区镇（示例数据）"
    assert "示例数据" in "".join(each.value for each in at.markdown)


def test_a_document_that_is_loaded_says_so_and_the_others_can_follow(
    page_store: Store, visit: Callable[..., AppTest]
) -> None:
    at = visit(ASSESSMENTS)
    at.selectbox(key="demo-document").select("qujiang-2018").run()
    press(at, "load-demo")
    at = visit(ASSESSMENTS)
    chooser = at.selectbox(key="demo-document")
    assert "曲江2018（已载入）" in chooser.options
    assert not at.button(key="load-demo").disabled
    chooser.select("qujiang-2018").run()
    assert at.button(key="load-demo").disabled
    at.selectbox(key="demo-document").select("all").run()
    press(at, "load-demo")
    assert sorted(one.scheme_id for one in page_store.assessments(demo=True)) == scheme_ids()
