"""Two at once: whoever is later learns what was about to be saved, what stands instead, whose it is and since when."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from data.store import READING, TARGET, Assessment, Clash, Moved, Store, UnitRow
from scoring.marks import Fact, Sheet

Make = Callable[..., Sheet]


def clash_of(action: Callable[[], object]) -> Clash:
    with pytest.raises(Moved) as caught:
        action()
    (clash,) = caught.value.clashes
    return clash


def test_a_setting_changed_meanwhile_is_not_overwritten_unseen(store: Store, assessment: Assessment) -> None:
    key, other = TARGET + "income", READING + "ticks"
    theirs = store.set_setting(assessment.id, key, "9.6", "李四", seen={key: None})
    version = store.version(assessment.id)
    clash = clash_of(lambda: store.confirm(assessment.id, {key: "8.0", other: "默认"}, "张三", "", seen={key: None, other: None}))
    assert clash == Clash(key, "8.0", "9.6", "李四", theirs.at)
    assert (store.version(assessment.id), list(store.settings(assessment.id))) == (version, [key])
    store.set_setting(assessment.id, key, "8.0", "张三", seen={key: "9.6"})  # having seen theirs, mine all the same
    assert store.settings(assessment.id)[key].value == "8.0"


def test_two_who_choose_the_same_do_not_quarrel(store: Store, assessment: Assessment) -> None:
    key = READING + "ticks"
    store.set_setting(assessment.id, key, "默认", "李四", seen={key: None})
    store.set_setting(assessment.id, key, "默认", "张三", seen={key: None})
    assert [one.actor for one in store.setting_history(assessment.id, key)] == ["张三", "李四"]


def test_a_clerk_is_stopped_by_another_revision_of_the_same_sheet_and_by_nothing_else(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    mine, key = sheet(score="70"), ("蓬江区", "cross")
    store.take(assessment.id, "江海.xlsx", b"1", [sheet("江海区")], "李四")
    store.take(assessment.id, "我的.xlsx", b"2", [mine], "张三", seen={})
    (theirs,) = store.take(assessment.id, "他的.xlsx", b"3", [sheet(score="80")], "李四", seen={key: 1})
    clash = clash_of(lambda: store.take(assessment.id, "再报.xlsx", b"4", [mine], "张三", seen={key: 1}))
    assert clash == Clash("蓬江区的cross", "《再报.xlsx》", "第2次《他的.xlsx》", "李四", theirs.at)
    store.withdraw(theirs.id, "李四", "误传")
    gone = clash_of(lambda: store.take(assessment.id, "再报.xlsx", b"4", [mine], "张三", seen={key: 2}))
    assert (gone.theirs, gone.by) == ("您所见的第2次已不再计入", "")
    (third,) = store.take(assessment.id, "再报.xlsx", b"4", [mine], "张三", seen={})
    assert third.revision == 3


def test_one_sheet_that_moved_stops_its_whole_file(store: Store, assessment: Assessment, sheet: Make) -> None:
    store.take(assessment.id, "他的.xlsx", b"1", [sheet()], "李四")
    clash_of(lambda: store.take(assessment.id, "我的.xlsx", b"2", [sheet("江海区"), sheet(score="70")], "张三", seen={}))
    assert [one.unit for one in store.submissions(assessment.id)] == ["蓬江区"]


def test_a_fact_that_others_turned_says_what_became_of_it(store: Store, assessment: Assessment) -> None:
    made = store.add_fact(assessment.id, Fact("台山市", "sanction", "记过"), "", "张三")
    checked = store.confirm_fact(made.id, "李四")
    clash = clash_of(lambda: store.confirm_fact(made.id, "王五"))
    assert clash == Clash("台山市：记过", "核对属实", "已核对属实", "李四", checked.confirmed_at)
    clash = clash_of(lambda: store.withdraw_fact(made.id, "张三", "误登", seen_confirmed=False))
    assert (clash.mine, clash.theirs, clash.by) == ("撤销（误登）", "已核对属实", "李四")
    store.withdraw_fact(made.id, "张三", "误登", seen_confirmed=True)
    clash = clash_of(lambda: store.confirm_fact(made.id, "王五"))
    assert (clash.theirs, clash.by, clash.at) == ("已撤销（误登）", "张三", store.log()[0].at)


def test_a_scenario_saved_meanwhile_under_the_same_name_is_not_replaced_unseen(
    store: Store, assessment: Assessment
) -> None:
    theirs = store.save_scenario(assessment.id, "甲案", {"w": "40"}, "李四", seen=None)
    clash = clash_of(lambda: store.save_scenario(assessment.id, "甲案", {"w": "50"}, "张三", seen=None))
    assert clash == Clash("甲案", '{"w":"50"}', '{"w":"40"}', "李四", theirs.at)
    store.save_scenario(assessment.id, "甲案", {"w": "50"}, "张三", seen=theirs.id)
    assert [one.settings for one in store.scenarios(assessment.id)] == [{"w": "50"}]


def test_a_roster_corrected_meanwhile_stands_beside_ones_own(store: Store, assessment: Assessment) -> None:
    units = list(assessment.units)
    store.correct_roster(assessment.id, units[:6], "李四", "恩平市不考核", seen=units)
    mine = [UnitRow("蓬江区", "county", "440799"), *units[1:]]
    clash = clash_of(lambda: store.correct_roster(assessment.id, mine, "张三", "代码有误", seen=units))
    assert clash.mine == "7个，其中不同的：蓬江区（county，440799）、恩平市（county，440706）"
    assert clash.theirs == "6个，其中不同的：蓬江区（county，440700）"
    assert clash.by == "李四"


def test_a_sheet_of_anothers_moves_the_version_but_not_the_roster(
    store: Store, assessment: Assessment, sheet: Make
) -> None:
    units = list(assessment.units)
    store.take(assessment.id, "a.xlsx", b"a", [sheet()], "李四")
    store.correct_roster(assessment.id, units[:6], "张三", "恩平市不考核", seen=units)
    assert len(store.assessment(assessment.id).units) == 6


def test_of_a_scheme_edited_meanwhile_both_texts_are_handed_out(store: Store) -> None:
    own = store.create_scheme("自编", "title: 自编\n", "规划")
    theirs = store.save_scheme(own.id, own.text + "# 李四\n", "李四", own.revision)
    clash = clash_of(lambda: store.save_scheme(own.id, own.text + "# 张三\n", "张三", own.revision))
    assert (clash.mine, clash.theirs) == (own.text + "# 张三\n", own.text + "# 李四\n")
    assert (clash.by, clash.at) == ("李四", theirs.at)
