"""恢复: within 30 days of when it ceased to count, and on the thirty-first day no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from data.store import Assessment, Store, StoreProblem, change
from data.store.restoring import days_left
from scoring.marks import Fact, Sheet

Make = Callable[..., Sheet]
BEGIN = datetime(2020, 12, 1, 2, 0, tzinfo=UTC)  # 10 o'clock in Beijing
LATE = r"已于2020年12月1日 10:00撤下，满30天后不再恢复（期限至2020年12月31日 10:00）"


class Clock:
    def __init__(self) -> None:
        self.at = BEGIN

    def on(self, days: float) -> None:
        self.at = BEGIN + timedelta(days=days)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The store's clock, which a test may turn."""
    made = Clock()
    monkeypatch.setattr(change, "now", lambda: made.at)
    return made


@pytest.mark.parametrize("way", ["withdrawn", "replaced"])
def test_a_sheet_comes_back_to_the_last_moment_of_the_thirtieth_day(
    clock: Clock, store: Store, assessment: Assessment, sheet: Make, way: str
) -> None:
    clock.on(-5)
    (made,) = store.take(assessment.id, "a.xlsx", b"a", [sheet()], "张三")
    clock.on(0)
    if way == "withdrawn":
        store.withdraw(made.id, "张三", "误传")
    else:
        store.take(assessment.id, "b.xlsx", b"b", [sheet(score="60")], "张三")
    clock.on(10)
    store.add_fact(assessment.id, Fact("台山市", "sanction", "记过"), "", "张三")  # what comes after counts for nothing
    (gone,) = [one.gone for one in store.history(assessment.id) if one.id == made.id]
    assert gone == BEGIN
    assert days_left(gone) == 20
    clock.on(30.0001)
    with pytest.raises(StoreProblem, match=rf"蓬江区第1次评分表（《a.xlsx》）{LATE}.*重新上报"):
        store.restore(made.id, "张三", "无误")
    assert days_left(gone) == 0
    clock.on(30)
    assert store.restore(made.id, "张三", "无误").state == "taken"


@pytest.mark.parametrize("checked", [True, False])
def test_a_fact_comes_back_to_where_it_was_within_thirty_days(
    clock: Clock, store: Store, assessment: Assessment, checked: bool
) -> None:
    made = store.add_fact(assessment.id, Fact("台山市", "sanction", "记过"), "", "张三")
    if checked:
        store.confirm_fact(made.id, "李四")
    before = store.facts(assessment.id)
    store.withdraw_fact(made.id, "张三", "误登")
    version = store.version(assessment.id)
    (gone,) = store.facts(assessment.id, include_withdrawn=True)
    assert gone.gone == BEGIN
    clock.on(31)
    with pytest.raises(StoreProblem, match=rf"台山市的该情形{LATE}"):
        store.restore_fact(made.id, "张三", "无误")
    clock.on(29)
    with pytest.raises(StoreProblem, match="恢复理由不能为空"):
        store.restore_fact(made.id, "张三", "")
    store.restore_fact(made.id, "张三", "核实无误")
    assert store.facts(assessment.id) == before
    assert store.version(assessment.id) == version + 1
    assert store.load_at(assessment.id, version).facts == []
    assert store.load_at(assessment.id, version - 1).facts == before
    with pytest.raises(StoreProblem, match="未撤销，无须恢复"):
        store.restore_fact(made.id, "张三", "核实无误")


def test_a_scenario_comes_back_unless_another_has_its_name(clock: Clock, store: Store, assessment: Assessment) -> None:
    made = store.save_scenario(assessment.id, "甲案", {"w": "1"}, "规划")
    store.withdraw_scenario(made.id, "规划")
    clock.on(1)
    store.save_scenario(assessment.id, "甲案", {"w": "2"}, "规划")
    assert [(one.id, one.gone) for one in store.withdrawn_scenarios(assessment.id)] == [(made.id, BEGIN)]
    with pytest.raises(StoreProblem, match="已另有同名情景“甲案”，未恢复"):
        store.restore_scenario(made.id, "规划")
    store.withdraw_scenario(store.scenarios(assessment.id)[0].id, "规划")
    assert store.restore_scenario(made.id, "规划").settings == {"w": "1"}
    assert [one.settings for one in store.scenarios(assessment.id)] == [{"w": "1"}]
    assert store.version(assessment.id) == 1
    clock.on(32)
    (other,) = store.withdrawn_scenarios(assessment.id)
    with pytest.raises(StoreProblem, match="情景“甲案”已于2020年12月2日"):
        store.restore_scenario(other.id, "规划")


def test_a_scheme_and_a_geography_come_back_within_thirty_days(clock: Clock, store: Store) -> None:
    own = store.create_scheme("自编", "title: 自编\n", "规划")
    store.remove_scheme(own.id, "规划", "重编", own.revision)
    first = store.put_geography("440703", "points", ("a.csv", b"a"), {"1": [1, 2]}, {}, "规划", "蓬江区", None)
    store.put_geography("440703", "points", ("b.csv", b"b"), {"1": [1, 3]}, {}, "规划", "蓬江区", first.id)
    assert store.geographies_left() == {("440703", "points", 1): BEGIN}
    clock.on(31)
    with pytest.raises(StoreProblem, match=rf"自编方案“自编”{LATE}"):
        store.restore_scheme(own.id, "规划", "还用")
    with pytest.raises(StoreProblem, match=rf"底图《a.csv》{LATE}"):
        store.restore_geography(first.id, "规划", "还用", "蓬江区")
    clock.on(30)
    assert store.restore_scheme(own.id, "规划", "还用").state == "draft"
    assert store.restore_geography(first.id, "规划", "还用", "蓬江区").state == "current"
    assert store.geographies_left() == {("440703", "points", 2): clock.at}
