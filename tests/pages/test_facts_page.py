"""情形 of every document as a clerk registers and a second person checks them: money, papers that count, decisions, triggers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import LIMITS
from data.finalise import obstacles
from data.schemes import scheme, scheme_text
from data.state import load_state
from data.store import Store
from scoring.marks import Fact
from tests.pages import builders, documents
from tests.pages.builders import CHECKER, CLERK

Visit = Callable[..., AppTest]


def field(collection, start: str):
    return next(one for one in collection if str(one.key).startswith(start))


def run(at: AppTest) -> AppTest:
    at.run()
    assert not at.exception, at.exception[0].stack_trace
    return at


def press(at: AppTest, start: str) -> AppTest:
    field(at.button, start).click()
    return run(at)


def text(at: AppTest) -> str:
    drawn = [*at.title, *at.subheader, *at.markdown, *at.caption, *at.error, *at.success, *at.info]
    said = "\n".join(one.value for one in drawn).replace("\\", "").replace("**\u2060", "").replace("\u2060**", "")
    return said + "\n" + "\n".join(table.value.to_string() for table in at.table)


def enter(at: AppTest, unit: str, kind: str, basis: str, *, value: str = "", amount: str = "", day: date) -> AppTest:
    """Fill in the form and press the button."""
    field(at.selectbox, "fact-unit-").select(unit)
    field(at.selectbox, "fact-kind-").select(kind)
    run(at)
    if value:
        field(at.selectbox, "fact-value-").select(value)
    if amount:
        field(at.text_input, "fact-amount-").set_value(amount)
    field(at.date_input, "fact-date-").set_value(day)
    field(at.text_input, "fact-basis-").set_value(basis)
    return press(at, "fact-add-")


@pytest.mark.parametrize(
    ("scheme_id", "said"),
    [
        (documents.CITY, "加分、逾期扣减改变得分，等次限制、保底只改变等次"),
        (documents.DEPARTMENT, "加分改变得分，等次限制、保底只改变等次"),
        (documents.GUANGDONG, "等次受限，得分不变"),
        (documents.QUJIANG, "本办法不计分、不评等次"),
        (documents.NEIMENGGU, "情形不改变得分和等次，用于结果运用"),
        (documents.RUYUAN, "情形不改变得分和等次，用于结果运用"),
    ],
)
def test_the_page_begins_with_what_a_fact_can_change_in_its_document(
    page_store: Store, visit: Visit, scheme_id: str, said: str
) -> None:
    documents.EVERY[scheme_id](page_store, 1)
    at = visit(LIMITS)
    assert said in text(at)


def test_money_is_registered_with_amount_and_day_and_its_deduction_is_shown(page_store: Store, visit: Visit) -> None:
    made = documents.dongxi_city(page_store)
    at = enter(visit(LIMITS), "广州市", "arrival", "粤财〔2019〕5号", value="市级安排", amount="1,200.5",
               day=date(2019, 4, 3))  # fmt: skip
    fact = page_store.facts(made.id)[-1].fact
    assert (fact.amount, fact.date, fact.value, fact.confirmed) == (Fraction("1200.5"), "2019-04-03", "市级安排", False)
    assert "广州市 财政援助资金到账：市级安排，1200.5万元" in text(at)
    money = at.table[-1].value
    assert list(money["评价对象"]) == ["广州市", "深圳市"]
    assert list(money["该批扣减"]) == ["10％", "20％"]  # April, and May: the second month begun
    assert list(money["核对"]) == ["待核对", "已核对"]


@pytest.mark.parametrize(
    ("amount", "words"),
    [("", "请填写金额后再登记"), ("一千", "金额“一千”不是大于0的数；请只写数字"), ("0", "金额应大于0")],
)
def test_money_without_a_proper_amount_is_not_registered(
    page_store: Store, visit: Visit, amount: str, words: str
) -> None:
    made = documents.dongxi_city(page_store)
    before = page_store.facts(made.id)
    at = enter(visit(LIMITS), "广州市", "arrival", "粤财1号", value="市级安排", amount=amount, day=date(2019, 4, 3))
    assert words in text(at)
    assert page_store.facts(made.id) == before


def test_new_money_of_the_counties_can_be_registered_and_is_exempt(page_store: Store, visit: Visit) -> None:
    documents.dongxi_city(page_store)
    at = enter(visit(LIMITS), "广州市", "arrival", "粤财1号", value="县市区新增", amount="5", day=date(2019, 9, 3))
    assert list(at.table[-1].value["该批扣减"]) == ["不扣", "20％"]


def test_praise_counts_a_paper_once_and_every_further_paper(page_store: Store, visit: Visit) -> None:
    made = documents.dongxi_city(page_store)
    at = enter(visit(LIMITS), "佛山市", "praise", "中办〔2019〕5号", day=date(2019, 6, 3))
    assert "核对属实后：得分由" in text(at)
    assert "已登记佛山市“中央领导同志批示肯定”，待第二人核对后生效。" in text(at)
    enter(at, "佛山市", "praise", "中办〔2019〕 5号", day=date(2019, 6, 3))
    assert "已按“中办〔2019〕 5号”登记过" in text(at)
    enter(at, "佛山市", "praise", "中办〔2019〕6号", day=date(2019, 6, 3))
    assert sum(row.fact.unit == "佛山市" for row in page_store.facts(made.id)) == 2
    field(at.selectbox, "fact-unit-").select("佛山市")
    field(at.selectbox, "fact-kind-").select("praise")
    assert "佛山市已登记2条（已核对0条）。逐件登记，每件写明各自的文号。" in text(run(at))


def test_a_recommendation_is_decided_by_two_persons_and_then_lifts_the_grade(page_store: Store, visit: Visit) -> None:
    made = documents.dongxi_city(page_store)
    at = visit(LIMITS)
    assert "待人工认定" in text(at)
    assert "江门市　按七（一）1原则上不低于“较好”，现测算为“一般”。" in text(at)
    press(at, "decide-江门市")
    assert field(at.selectbox, "fact-unit-").value == "江门市"
    assert field(at.selectbox, "fact-kind-").value == "floor_confirmed"
    assert field(at.date_input, "fact-date-").label == "认定日期"
    assert "认定“是”的，采用“原则上不低于‘较好’”这一条，认定“否”的不采用" in text(at)
    assert list(field(at.selectbox, "fact-value-").options) == ["否", "是"]
    field(at.selectbox, "fact-value-").select("是")
    field(at.date_input, "fact-date-").set_value(date(2019, 12, 1))
    field(at.text_input, "fact-basis-").set_value("粤扶组纪要〔2019〕3号")
    at.text_input(key="actor-box").set_value(CLERK)
    press(at, "fact-add-")
    assert "已登记认定“是”，待第二人核对" in text(at)
    assert "核对属实后：等次由“一般”变为“较好”，得分不变。" in text(at)
    at.text_input(key="actor-box").set_value(CHECKER)
    press(at, "confirm-")
    assert page_store.facts(made.id)[-1].confirmed_by == CHECKER
    assert "已核对江门市“认定‘不低于较好’”属实，计入结果。" in text(at)
    assert "待人工认定" not in text(at).split("情形登记簿")[0]
    assert "江门市　按七（一）1已认定“是”（粤扶组纪要〔2019〕3号）：等次不低于“较好”。" in text(at)


def decide(at: AppTest, value: str, paper: str) -> AppTest:
    return enter(at, "江门市", "floor_confirmed", paper, value=value, day=date(2019, 12, 1))


def test_a_recommendation_is_declined_by_two_persons_and_asks_no_more(page_store: Store, visit: Visit) -> None:
    made = documents.dongxi_city(page_store)
    assert recommended(page_store, made.id) == "较好"
    at = visit(LIMITS)
    at.text_input(key="actor-box").set_value(CLERK)
    decide(at, "否", "粤扶组纪要〔2019〕3号")
    assert "已登记认定“否”，待第二人核对" in text(at)
    assert "核对属实后：不采用“较好”的建议，等次仍为“一般”。" in text(at)
    at.text_input(key="actor-box").set_value(CHECKER)
    press(at, "confirm-")
    said = text(at)
    assert "待人工认定" not in said
    assert "待第二人核对" not in said
    assert "江门市　按七（一）1已认定“否”（粤扶组纪要〔2019〕3号）：不采用“原则上不低于‘较好’”。" in said
    assert recommended(page_store, made.id) is None
    assert not any("保底建议" in told for told in obstacles(load_state(page_store, made.id)))


def recommended(store: Store, assessment: int) -> str | None:
    return load_state(store, assessment).results.of("江门市").recommended


def test_a_decision_that_contradicts_the_one_on_record_is_not_registered_before_that_is_withdrawn(
    page_store: Store, visit: Visit
) -> None:
    made = documents.dongxi_city(page_store)
    at = decide(visit(LIMITS), "否", "纪要3号")
    first = page_store.facts(made.id)[-1]
    decide(at, "是", "纪要4号")
    assert "已认定为“否”" in text(at)
    assert "请撤销前一条后再登记" in text(at)
    assert page_store.facts(made.id)[-1] == first
    page_store.withdraw_fact(first.id, CHECKER, "认定有误")
    at = decide(visit(LIMITS), "是", "纪要4号")
    assert page_store.facts(made.id)[-1].fact.value == "是"


def test_triggers_say_what_follows_by_which_clause(page_store: Store, visit: Visit) -> None:
    documents.qujiang(page_store)
    at = visit(LIMITS)
    told = dict(zip(at.table[0].value["考核对象"], at.table[0].value["说明"], strict=True))
    assert list(at.table[0].value.columns) == ["考核对象", "说明"]
    assert "拟提出处理意见（第七条）、约谈并限期整改（第八条（三））" in told["马坝镇"]
    assert "责任追究（第八条（三））" in told["小坑镇"]
    assert "有待核对的情形，属实则拟提出处理意见、约谈并限期整改" in told["白土镇"]
    assert "核对属实后：结果运用增加“提出处理意见”（第七条）、“约谈并限期整改”（第八条（三））。" in text(at)


def test_gravity_alone_brings_nothing_and_says_so(page_store: Store, visit: Visit) -> None:
    documents.qujiang(page_store)
    at = enter(visit(LIMITS), "樟市镇", "gravity", "纪1号", value="涉嫌违法", day=date(2018, 11, 1))
    assert "核对属实后：单独不引起处理，与其他情形一并判定。" in text(at)


def test_a_unit_is_found_in_its_group(page_store: Store, visit: Visit) -> None:
    documents.ruyuan(page_store)
    at = visit(LIMITS)
    assert len(field(at.selectbox, "fact-unit-").options) == 9 + 28 + 26 + 6 + 16 + 5
    field(at.selectbox, "fact-group-").select("upper")
    options = field(run(at).selectbox, "fact-unit-").options
    assert len(options) == 6
    assert all("（" not in name for name in options)


def test_many_checked_facts_are_folded(page_store: Store, visit: Visit) -> None:
    made = documents.ruyuan(page_store)
    for unit in made.units[:13]:
        row = page_store.add_fact(made.id, Fact(unit.name, "fraud", "有", "2017-11-01", "乳纪1号"), "", CLERK)
        page_store.confirm_fact(row.id, CHECKER)
    at = visit(LIMITS)
    assert "已核对的情形（13条）" in [expander.label for expander in at.expander]


def test_a_day_outside_the_period_is_noted_in_the_register(page_store: Store, visit: Visit) -> None:
    made = builders.county(page_store)
    page_store.add_fact(made.id, Fact("开平市", "sanction", "记过", "2019-06-01", "江纪1号"), "", CLERK)
    assert "日期不在统计时间（2019-12-01至2020-11-30）之内" in text(visit(LIMITS))


def test_an_assessment_without_a_roster_takes_a_name_that_is_typed(page_store: Store, visit: Visit) -> None:
    rules = scheme(documents.QUJIANG)
    made = page_store.create_assessment("曲江", rules.id, scheme_text(rules.id), rules.hash, [], CLERK)
    page_store.add_fact(made.id, Fact("区财政局", "missed", "有", "2018-11-01", "督1号"), "", CLERK)
    at = visit(LIMITS)
    assert field(at.selectbox, "fact-unit-").proto.accept_new_options
    assert "区财政局 未完成年度计划减贫任务：有" in text(at)
    assert "核对属实后：" in text(at)


def test_an_assessment_with_a_roster_takes_only_whom_it_lists(page_store: Store, visit: Visit) -> None:
    documents.qujiang(page_store)
    assert not field(visit(LIMITS).selectbox, "fact-unit-").proto.accept_new_options


def test_a_day_outside_the_time_assessed_is_told_before_it_is_registered(page_store: Store, visit: Visit) -> None:
    documents.EVERY[documents.QUJIANG](page_store, 1)
    at = visit(LIMITS)
    field(at.date_input, "fact-date-").set_value(date(2025, 5, 1))
    at = run(at)
    assert any("日期不在考核年度（2018年，统计截止2018-12-31）之内" in one.value.replace("\\", "") for one in at.warning)


def test_days_long_past_can_be_entered_and_a_day_to_come_is_refused_in_words(page_store: Store, visit: Visit) -> None:
    made = documents.EVERY[documents.RUYUAN](page_store, 1)
    at = visit(LIMITS)
    entered = field(at.date_input, "fact-date-")
    assert (entered.min, entered.max) == (date(1990, 1, 1), date(2100, 12, 31))
    before = page_store.facts(made.id)
    at = enter(at, load_state(page_store, made.id).units[0].name, "fraud", "乳纪〔2099〕1号", day=date(2099, 1, 1))
    assert "日期2099-01-01在今天（" in text(at)
    assert page_store.facts(made.id) == before
