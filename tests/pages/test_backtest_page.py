"""回测与同比 as a visitor meets it: nothing to compare, the year before, suggestions to confirm, hidden names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import BACKTEST
from data.demo.last_year import load_last_year
from data.store import Store
from tests.pages import builders

NAMES = ("蓬江区", "江海区", "台山市", "开平市", "鹤山市")


def said(at: AppTest) -> str:
    """Everything the page says in running text."""
    parts = [e.value for kind in (at.markdown, at.caption, at.info, at.warning, at.error) for e in kind]
    return "\n".join(parts).replace("\u2060", "").replace("**", "").replace("\\", "")


def tables(at: AppTest) -> str:
    return "\n".join(each.value.to_string() for each in at.table)


@pytest.fixture
def two_years(page_store: Store) -> tuple[Store, int, int]:
    """江门 2020 of the tests and the invented year before."""
    last = load_last_year(page_store)
    now = builders.county(page_store)
    return page_store, last.id, now.id


def test_without_another_year_the_page_says_what_to_do_and_offers_the_demonstration(
    county_store: Store, visit: Callable[..., AppTest]
) -> None:
    at = visit(BACKTEST)
    assert "还没有上年的考核可以比较" in said(at)
    at.button(key="backtest-demo").click().run(timeout=120)
    assert not at.exception
    assert "个市（区）可比" in said(at)


def test_the_change_is_told_in_sentences_with_its_parts(two_years, visit: Callable[..., AppTest]) -> None:
    at = visit(BACKTEST, a=str(two_years[2]))
    text = said(at)
    assert "蓬江区由" in text
    assert "至90.00分" in text
    assert "评分主要因" in text
    assert "恩平市：本年得分不全" in text
    assert "新会区：无上年数据" in text
    assert "疑似更名的单位（新会市→新会区）尚未登记" in text


def test_a_suggestion_counts_only_once_it_is_confirmed(two_years, visit: Callable[..., AppTest]) -> None:
    store, _last, now = two_years
    at = visit(BACKTEST, a=str(now))
    assert "本方案19项中17项有对应" in said(at)
    at.checkbox[0].check().run()
    assert "本方案19项中17项有对应" in said(at)
    at.text_input(key="actor-box").set_value("李经办")
    at.button(key="backtest-keep-match").click().run()
    assert not at.exception
    assert "本方案19项中18项有对应" in said(at)
    assert "名称相近而不相同" not in said(at)
    entry = store.log(limit=1)[0]
    assert (entry.action, entry.actor) == ("确认指标对应", "李经办")
    assert "18项有对应" in said(visit(BACKTEST, a=str(now)))


def test_a_registered_change_of_name_joins_the_two_years(two_years, visit: Callable[..., AppTest]) -> None:
    at = visit(BACKTEST, a=str(two_years[2]))
    at.button(key="backtest-keep-units").click().run()
    assert not at.exception
    assert "新会区由" in said(at)
    assert "无上年数据" not in said(at).replace("新设的无上年数据", "")


def test_back_testing_last_year_shows_names_range_and_share(two_years, visit: Callable[..., AppTest]) -> None:
    at = visit(BACKTEST, a=str(two_years[2]))
    at.button_group(key="backtest-mode").set_value("回测").run()
    assert not at.exception
    assert "按可对应的17项（权重合计89.47…％）回测" in said(at)
    assert "名称已隐去" not in said(at)
    assert "可能区间" in tables(at)


def test_back_testing_this_year_s_own_marks_hides_the_names(two_years, visit: Callable[..., AppTest]) -> None:
    at = visit(BACKTEST, a=str(two_years[2]))
    at.button_group(key="backtest-mode").set_value("回测").run()
    at.selectbox(key="backtest-base").select(two_years[2]).run()
    at.selectbox(key="backtest-rules").select("guangdong-2019").run()
    assert not at.exception
    shown = said(at) + tables(at)
    assert "名称先行隐去" in shown
    assert not any(f"{name}由" in shown for name in NAMES)
    assert "对象甲" in shown


def test_a_scheme_without_scores_says_that_there_is_nothing_to_test(
    page_store: Store, visit: Callable[..., AppTest]
) -> None:
    builders.empty(page_store, "qujiang-2018", "2018年曲江")
    assert "没有得分可以回测或同比" in said(visit(BACKTEST))


def test_a_faulty_scheme_file_is_refused_with_every_fault_and_its_line(two_years, visit: Callable[..., AppTest]) -> None:
    at = visit(BACKTEST, a=str(two_years[2]))
    at.button_group(key="backtest-mode").set_value("回测").run()
    at.selectbox(key="backtest-rules").select("file").run()
    at.file_uploader(key="backtest-file").upload("来年.yaml", "id: x\ntitel: 错\n".encode(), "text/yaml").run()
    assert not at.exception
    assert "来年.yaml不能用于回测" in said(at)
    assert "第2行" in said(at).replace(" ", "")


def test_names_that_were_asked_for_are_shown(two_years, visit: Callable[..., AppTest]) -> None:
    now = two_years[2]
    at = visit(BACKTEST, a=str(now))
    at.button_group(key="backtest-mode").set_value("回测").run()
    at.selectbox(key="backtest-base").select(now).run()
    at.session_state[f"whatif-named-{now}"] = True
    at.run()
    assert not at.exception
    assert "蓬江区" in said(at)
