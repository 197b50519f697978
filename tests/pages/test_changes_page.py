"""变动说明 and 上次查看以来: two versions in the address, sentences first, nothing said where nothing changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import CHANGES, LOG, OVERVIEW, UNIT
from data.demo import load_demo
from data.store import READING, Store
from scoring.marks import Fact
from tests.pages import builders

Visit = Callable[..., AppTest]


def drawn(visitor: AppTest) -> str:
    told = (*visitor.markdown, *visitor.caption, *visitor.info, *visitor.warning, *visitor.subheader)
    return "\n".join(each.value for each in told).replace("\u2060", "").replace("\\", "")


def only(store: Store) -> int:
    return store.assessments()[0].id


def complete(store: Store) -> None:
    """恩平市's last sheet: version 25 after the 24 of ``builders.county``."""
    assert store.version(only(store)) == 24
    builders.last_sheet(store, store.assessments()[0])


def test_the_versions_in_the_address_are_compared_and_the_change_is_told(county_store: Store, visit: Visit) -> None:
    complete(county_store)
    told = drawn(visit(CHANGES, **{"from": "24", "to": "25"}))
    assert "补齐后得分1个" in told
    assert "恩平市" in told
    assert "收到日常工作评分表（" in told
    assert "李经办上报《恩平市_日常工作.xlsx》" in told


def test_the_address_keeps_what_was_chosen(county_store: Store, visit: Visit) -> None:
    at = visit(CHANGES)
    at.selectbox(key="changes-from").select(3).run()
    assert at.query_params["from"] in ("3", ["3"])
    at.selectbox(key="changes-to").select(5).run()
    assert at.query_params["to"] in ("5", ["5"])
    assert "逐个说明" in drawn(at)


def test_without_an_address_the_last_change_is_told(county_store: Store, visit: Visit) -> None:
    at = visit(CHANGES)
    assert (at.selectbox(key="changes-from").value, at.selectbox(key="changes-to").value) == (23, 24)
    assert "核对情形“班子成员受政务处分：记过”" in drawn(at)
    assert "等次由“好”降为“较好”" in drawn(at)


def test_where_it_was_final_once_the_last_定稿_is_where_it_begins(county_store: Store, visit: Visit) -> None:  # noqa: N802
    made = only(county_store)
    county_store.finalise(made, "张三")  # 25
    county_store.grant(county_store.ask_reopen(made, "张三", "补登情形").id, "李四")  # 26
    county_store.add_fact(made, Fact("台山市", "sanction", "警告"), "", "张三")  # 27
    at = visit(CHANGES)
    assert at.selectbox(key="changes-from").value == 25
    assert "登记（待核对）情形“班子成员受政务处分：警告”" in drawn(at)


def test_nothing_changed_is_said_plainly_with_what_was_done(county_store: Store, visit: Visit) -> None:
    county_store.set_setting(only(county_store), f"{READING}ticks", "默认", "王五", subject="四档赋分：方案所列口径")
    told = drawn(visit(CHANGES, **{"from": "24", "to": "25"}))
    assert "第24版与第25版之间得分、等次、位次均无变化。" in told
    assert "发生的操作：" in told
    assert "王五 口径“四档赋分”确认为方案所列口径" in told


def test_an_address_that_names_no_version_is_said_and_another_taken(county_store: Store, visit: Visit) -> None:
    at = visit(CHANGES, **{"from": "99<b>"})
    assert "“99<b>”不能作为起始版本" in drawn(at)
    assert at.selectbox(key="changes-from").value == 23


def test_an_end_before_the_start_is_said_in_the_address_and_forgotten_in_the_fields(
    county_store: Store, visit: Visit
) -> None:
    assert "“3”不能作为截止版本" in drawn(visit(CHANGES, **{"from": "5", "to": "3"}))
    at = visit(CHANGES, **{"from": "3", "to": "5"})
    at.selectbox(key="changes-from").select(8).run()
    assert at.selectbox(key="changes-to").value == 24
    assert "不能作为" not in drawn(at)


def test_another_assessment_is_not_compared_by_the_first_ones_versions(county_store: Store, visit: Visit) -> None:
    other = builders.towns(county_store)
    at = visit(CHANGES, a="1", **{"from": "3", "to": "5"})
    at.selectbox(key="assessment-box").select(other.id).run()
    assert at.selectbox(key="changes-to").value == other.version
    seen = visit(OVERVIEW, a="1", since="20")
    assert "较上次查看的第20版" in drawn(seen)
    seen.selectbox(key="assessment-box").select(other.id).run()
    assert "上次查看" not in drawn(seen)
    assert seen.query_params["since"] in (str(other.version), [str(other.version)])


def test_one_unit_can_be_singled_out(county_store: Store, visit: Visit) -> None:
    complete(county_store)
    told = drawn(visit(CHANGES, **{"from": "20", "of": "恩平市"}))
    assert "收到日常工作评分表" in told
    assert "记过" not in told
    assert "台山市在两版之间没有变动" in drawn(visit(CHANGES, **{"from": "24", "of": "台山市"}))


def test_with_one_version_there_is_nothing_to_compare(page_store: Store, visit: Visit) -> None:
    builders.empty(page_store, "jiangmen-2020-county", "新的考核")
    assert "至今只有一个可比较的版本" in drawn(visit(CHANGES))


def test_where_the_log_is_broken_only_what_is_kept_can_be_chosen(county_store: Store, visit: Visit) -> None:
    with county_store._database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER log_no_update")
        connection.exec_driver_sql("UPDATE log SET details = '{}' WHERE version = 10")
    at = visit(CHANGES)
    assert "操作日志在第10版处不完整，第10版之前的明细未留存，不能比较。" in drawn(at)
    assert min(int(option.split("版")[0].removeprefix("第")) for option in at.selectbox(key="changes-from").options) == 10


def test_judgement_tells_of_facts_and_what_follows_and_never_of_scores(page_store: Store, visit: Visit) -> None:
    load_demo(page_store, documents=["qujiang-2018"])
    told = drawn(visit(CHANGES, **{"from": "5"}))
    assert "拟处理变化" in told
    assert "新增拟" in told
    assert "得分" not in told
    assert "位次" not in told


def test_names_and_reasons_from_others_act_as_no_markdown(county_store: Store, visit: Visit) -> None:
    (sheet,) = (s for s in county_store.submissions(only(county_store)) if (s.unit, s.component) == ("江海区", "daily"))
    county_store.withdraw(sheet.id, "[点我](/x)", "**粗** <b>")
    at = visit(CHANGES, **{"from": "24"})
    assert any(r"\[点我\]\(/x\)" in each.value and r"\*\*粗\*\*" in each.value for each in at.markdown)


def test_总览_says_what_changed_since_the_last_look_until_it_is_read(county_store: Store, visit: Visit) -> None:  # noqa: N802
    at = visit(OVERVIEW)
    assert "上次查看" not in drawn(at)
    assert at.query_params["since"] in ("24", ["24"]), "a reload or a bookmark does not forget it"
    complete(county_store)
    at.run()
    assert "较上次查看的第24版" in drawn(at)
    assert "补齐1个" in drawn(at)
    at.run()
    assert "较上次查看的第24版" in drawn(at), "a page that refreshes itself swallows nothing"
    at.button(key="since-read").click().run()
    assert "上次查看" not in drawn(at)
    assert at.query_params["since"] in ("25", ["25"])


def test_the_last_look_may_stand_in_the_address(county_store: Store, visit: Visit) -> None:
    complete(county_store)
    assert "较上次查看的第20版" in drawn(visit(OVERVIEW, since="20"))
    assert "上次查看" not in drawn(visit(OVERVIEW, since="25"))
    assert "上次查看" not in drawn(visit(OVERVIEW, since="99"))


def test_分项情况_tells_of_its_unit_alone(county_store: Store, visit: Visit) -> None:  # noqa: N802
    complete(county_store)
    assert "较上次查看的第24版" in drawn(visit(UNIT, unit="恩平市", since="24"))
    assert "上次查看" not in drawn(visit(UNIT, unit="台山市", since="24"))


def test_操作日志_leads_to_what_each_change_did(county_store: Store, visit: Visit) -> None:  # noqa: N802
    made = only(county_store)
    county_store.finalise(made, "张三")  # 25, which no result can feel
    at = visit(LOG)
    cells = [str(value) for table in at.table for value in table.value["对象、详情"]]
    assert f"](changes?a={made}&from=23&to=24)" in cells[1]
    assert "changes?" not in cells[0]


@pytest.mark.slow
def test_the_files_can_be_taken_along(county_store: Store, visit: Visit) -> None:
    complete(county_store)
    at = visit(CHANGES, **{"from": "24"})
    labels = [button.label for button in at.get("download_button")]
    assert labels == ["下载 Excel", "下载文字"]
