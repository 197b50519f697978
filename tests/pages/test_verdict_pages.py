"""What every page says of how final its figures are: it turns with 审定 and 批复, and back when they are taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import OUTCOMES, OVERVIEW, RANKING, UNIT
from data.demo import load_demo
from data.finalise import finalise
from data.locked import lock, open_locked, settle
from data.locked.grading import wants_grade
from data.store import Assessment, Given, Store
from tests.data import locks
from tests.pages import builders

Visit = Callable[..., AppTest]
MOVED = {"台山市": Given("一般", "暗访问题较多")}


def said(at: AppTest) -> str:
    kinds = (at.markdown, at.caption, at.get("badge"))
    told = [getattr(each, "value", "") or each.proto.body for kind in kinds for each in kind]
    return "\n".join(told).replace("\\", "").replace("\u2060", "")


def only(store: Store) -> Assessment:
    return store.assessments()[0]


@pytest.fixture
def whole_store(county_store: Store) -> Store:
    builders.last_sheet(county_store, only(county_store))
    return county_store


def test_before_审定_every_page_says_未经审定(whole_store: Store, visit: Visit) -> None:  # noqa: N802
    for script in (OVERVIEW, RANKING):
        told = said(visit(script))
        assert told.count("内部资料·未经审定") == 2, "in its badge and in its foot"


def test_审定_is_told_with_its_paper_and_whose_grade_differs(whole_store: Store, visit: Visit) -> None:  # noqa: N802
    locks.settled(whole_store, only(whole_store), MOVED)
    for script in (OVERVIEW, RANKING, OUTCOMES):
        told = said(visit(script))
        assert "未经审定" not in told
        assert "内部资料·已审定未批复（江扶会〔2020〕5号）" in told
        assert "审定等次与测算等次不同的1个（江扶会〔2020〕5号）：台山市审定为“一般”（测算“较好”）。" in told
    assert "本页等次、位次为测算结果；正式等次为锁定版第1号的审定等次，以批复为准。" in said(visit(UNIT, unit="台山市"))


def test_what_follows_goes_by_the_settled_grade(whole_store: Store, visit: Visit) -> None:
    assert "请决定3项结果运用：拟表扬2个（鹤山市、蓬江区）、拟谈话提醒1个（江海区）" in said(visit(OUTCOMES)).replace("**", "")
    locks.settled(whole_store, only(whole_store), MOVED | {"蓬江区": Given("较好", "会议研究")})
    told = said(visit(OUTCOMES)).replace("**", "")
    assert "请决定3项结果运用：拟表扬1个（鹤山市）、拟谈话提醒2个（台山市、江海区）" in told
    assert "拟处理名单按审定等次列出。" in told


def test_批复_is_told_with_its_paper_and_undone_it_is_untold(whole_store: Store, visit: Visit) -> None:  # noqa: N802
    made = only(whole_store)
    locks.approved(whole_store, made)
    told = said(visit(OVERVIEW))
    assert "已批复（江府函〔2020〕66号）" in told
    assert "内部资料" not in told
    assert "审定等次与测算等次不同" not in told, "nothing is said where all were settled as computed"
    whole_store.withdraw_settling(made.id, "approved", "张三", "误登")
    assert "内部资料·已审定未批复" in said(visit(OVERVIEW))
    whole_store.withdraw_settling(made.id, "settled", "张三", "误登")
    assert "内部资料·未经审定" in said(visit(OVERVIEW))


def test_a_version_that_no_result_can_feel_is_as_settled_as_the_one_before(whole_store: Store, visit: Visit) -> None:
    made = only(whole_store)
    locks.approved(whole_store, made)
    whole_store.set_setting(made.id, "towns_shown:440781", "1", "张三", action="公开镇级成绩")
    assert "已批复（江府函〔2020〕66号）" in said(visit(OVERVIEW))


def test_where_grades_are_by_judgement_the_pages_tell_how_many_were_given_which(page_store: Store, visit: Visit) -> None:
    (made,) = load_demo(page_store, documents=["guangdong-2019"])
    page_store.finalise(made.id, "王复核")
    found = open_locked(page_store, made.id, lock(page_store, made.id, "张三").number, locks.TODAY)
    units = [result.unit for result in found.state.results.units if wants_grade(found.state, result)]
    grades = {unit: Given("好" if at < 3 else "较好", "评议") for at, unit in enumerate(units)}
    settle(page_store, found, "粤扶组〔2020〕1号", date(2020, 3, 1), "省扶贫开发领导小组", grades, "", "王复核")
    told = said(visit(OVERVIEW))
    assert f"等次已由评议审定（粤扶组〔2020〕1号）：好3个、较好{len(units) - 3}个。" in told


def test_judgement_speaks_of_facts_and_not_of_grades(page_store: Store, visit: Visit) -> None:
    (made,) = load_demo(page_store, documents=["qujiang-2018"])
    assert "情形和拟处理意见以审定为准。" in said(visit(OVERVIEW))
    for row in page_store.facts(made.id):
        if not row.fact.confirmed:
            page_store.confirm_fact(row.id, "王复核")
    locks.confirm_all(page_store, made)
    finalise(page_store, made.id, "王复核")
    found = open_locked(page_store, made.id, lock(page_store, made.id, "张三").number, locks.TODAY)
    settle(page_store, found, "曲扶会〔2018〕1号", date(2018, 12, 1), "区领导小组", {}, "", "王复核")
    told = said(visit(OVERVIEW))
    assert "已审定未批复（曲扶会〔2018〕1号）。本页情形和拟处理意见为测算结果，以批复为准。" in told
    assert "审定等次" not in told
