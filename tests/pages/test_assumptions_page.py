"""口径 and 定稿: what is assumed and its effect here, who confirmed it, the office's figures, and the way to 定稿."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import ASSESSMENTS, ASSUMPTIONS, LIMITS, OVERVIEW, UPLOAD
from data.schemes import scheme
from data.state import READING, TARGET, load_state
from data.store import Store
from scoring.marks import Fact, Mark, Sheet
from tests.pages import builders, documents

Visit = Callable[..., AppTest]


def healthy(at: AppTest) -> AppTest:
    assert not at.exception, at.exception[0].stack_trace
    return at


def words(at: AppTest) -> str:
    """Everything written on the page, without Markdown's escapes and joiners."""
    told = [each.value for each in (*at.markdown, *at.caption, *at.info, *at.success, *at.error)]
    told += [str(table.value.to_csv(index=False)) for table in at.table]
    return "\n".join(told).replace("\\", "").replace("\u2060", "").replace("**", "")


def radio(at: AppTest, name: str):
    return next(each for each in at.radio if each.label.startswith(name))


def captions(at: AppTest, name: str) -> list[str]:
    return [each.replace("\\", "").replace("\u2060", "").replace("**", "") for each in radio(at, name).proto.captions]


def confirm_all(store: Store, assessment_id: int) -> None:
    state = load_state(store, assessment_id)
    store.confirm(assessment_id, {READING + a.key: "默认" for a in state.assumptions}, "赵主任", "全部口径")


# each reading


def test_each_reading_says_what_the_text_leaves_open_and_what_another_would_change(
    county_store: Store, visit: Visit
) -> None:
    at = visit(ASSUMPTIONS)
    said = words(at)
    assert "尚有11项口径未确认，其中2项改用其他口径会改变本次等次。定稿前须逐项确认。" in said
    assert said.count("原文未规定") >= 9
    assert "原文未定每档的分值" in said
    assert captions(at, "四档赋分")[0] == "好95分，较好85分，一般75分，较差60分。现行口径"
    assert "将改变1个市（区）的等次：开平市 较好→好" in captions(at, "四档赋分")[1]
    assert "等次不变；得分最多相差0.0047…分（江海区高）" in captions(at, "小数位数")[1]


def test_what_would_change_grades_comes_first(county_store: Store, visit: Visit) -> None:
    cards = [each.label for each in visit(ASSUMPTIONS).radio]
    assert {label.removesuffix("的口径") for label in cards[:2]} == {"四档赋分", "指标权重"}


def test_picking_another_reading_shows_who_is_affected_and_keeps_nothing(county_store: Store, visit: Visit) -> None:
    at = visit(ASSUMPTIONS)
    version = county_store.version(1)
    healthy(radio(at, "四档赋分").set_value("100/85/75/60").run())
    (shown,) = at.table
    row = shown.value.set_index("市（区）").loc["开平市"]
    assert "较好 →" in row["等次"]
    assert "好" in row["等次"]
    assert "→" in row["得分"]
    assert county_store.version(1) == version
    assert any(button.label == "改用并确认此项口径" for button in at.button)


def test_the_filter_leaves_what_waits_or_what_matters(county_store: Store, visit: Visit) -> None:
    county_store.set_setting(1, READING + "ticks", "默认", "赵主任")
    at = visit(ASSUMPTIONS)
    filter_ = at.get("button_group")[0]
    assert [option.content for option in filter_.proto.options] == ["全部（11）", "未确认（10）", "会影响等次（2）"]
    healthy(filter_.set_value("未确认").run())
    assert not any(each.label.startswith("四档赋分") for each in at.radio)
    healthy(at.get("button_group")[0].set_value("会影响等次").run())
    assert len(at.radio) == 2


def test_a_reading_without_alternatives_offers_no_choice(county_store: Store, visit: Visit) -> None:
    at = visit(ASSUMPTIONS)
    assert not any(each.label.startswith("考核对象名单") for each in at.radio)
    assert "方案没有列出其他口径。" in words(at)
    assert any(button.key == "confirm-groups.county" for button in at.button)


# confirming


def test_confirming_says_who_on_which_paper_and_counts_one_less(county_store: Store, visit: Visit) -> None:
    at = visit(ASSUMPTIONS)
    healthy(at.text_input(key="actor-box").input("周规划").run())
    healthy(at.text_input(key="paper-box").input("江扶组纪要〔2020〕3号").run())
    healthy(at.button(key="confirm-ticks").click().run())
    said = words(at)
    assert "尚有10项口径未确认" in said
    assert "已确认1项口径：四档赋分：方案所列口径。" in said
    assert "周规划" in said
    assert "确认：方案所列口径；依据江扶组纪要〔2020〕3号" in said
    kept = county_store.settings(1)[READING + "ticks"]
    assert (kept.value, kept.actor, kept.paper) == ("默认", "周规划", "江扶组纪要〔2020〕3号")
    assert county_store.log(1)[0].subject == "四档赋分：方案所列口径"


def test_changing_a_reading_scores_by_it_and_the_earlier_confirmation_stays_visible(
    county_store: Store, visit: Visit
) -> None:
    county_store.set_setting(1, READING + "ticks", "默认", "赵主任")
    at = visit(ASSUMPTIONS)
    healthy(radio(at, "四档赋分").set_value("100/85/75/60").run())
    healthy(at.button(key="confirm-ticks").click().run())
    assert load_state(county_store, 1).results.of("开平市").grade == "好"
    assert captions(at, "四档赋分")[1].endswith("现行口径")
    assert "将改变1个市（区）的等次：开平市 好→较好" in captions(at, "四档赋分")[0]
    assert [each.label for each in at.expander if "此前" in each.label] == ["此前的确认（1次）"]
    assert "赵主任" in words(at)


def test_several_are_confirmed_at_once_in_one_line_of_the_log(county_store: Store, visit: Visit) -> None:
    at = visit(ASSUMPTIONS)
    for key in ("ticks", "rounding", "groups.county"):
        at.checkbox(key=f"tick-1-{key}").check()
    healthy(at.button(key="confirm-together").click().run())
    assert "尚有8项口径未确认" in words(at)
    newest = county_store.log(1)[0]
    assert newest.action == "确认口径"
    for name in (
        "四档赋分（方案所列口径）",
        "小数位数与舍入（方案所列口径）",
        "考核对象名单：市（区）（方案所列口径）",
    ):
        assert name in newest.subject
    assert len(county_store.settings(1)) == 3


def test_ticking_nothing_is_told_and_keeps_nothing(county_store: Store, visit: Visit) -> None:
    at = visit(ASSUMPTIONS)
    healthy(at.button(key="confirm-together").click().run())
    assert "没有选择任何一项，未作任何保存" in words(at)
    assert county_store.settings(1) == {}


def test_what_somebody_else_confirmed_meanwhile_is_not_signed_for_unseen(county_store: Store, visit: Visit) -> None:
    at = visit(ASSUMPTIONS)
    county_store.set_setting(1, READING + "ticks", "100/85/75/60", "赵主任")
    healthy(at.button(key="confirm-ticks").click().run())
    assert any("此项口径已由他人确认，本次操作未生效" in each.value for each in at.warning)
    assert county_store.settings(1)[READING + "ticks"].actor == "赵主任"
    healthy(at.button(key="confirm-ticks").click().run())
    assert county_store.settings(1)[READING + "ticks"].actor == "本机用户"


def test_without_marks_no_effect_is_claimed(page_store: Store, visit: Visit) -> None:
    builders.empty(page_store, "jiangmen-2020-county", "2020年县级")
    at = visit(ASSUMPTIONS)
    assert captions(at, "四档赋分")[1].endswith("尚无结果，暂看不出影响")
    assert "尚有11项口径未确认，尚无结果，暂看不出哪些会影响结果。" in words(at)


def test_the_table_for_the_leading_group_is_a_workbook(county_store: Store, visit: Visit) -> None:
    at = visit(ASSUMPTIONS)
    (button,) = [each for each in at.get("download_button") if each.proto.label == "下载口径确认表"]
    assert not button.proto.disabled
    from data.documents.assumption_table import to_xlsx

    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(load_state(county_store, 1), "今天", str)))
    assert book.sheetnames == ["口径确认表"]


@pytest.mark.parametrize(
    "scheme_id",
    ["guangdong-2019", "neimenggu-2018", "dongxi-2019-city", "dongxi-2019-department", "ruyuan-2017", "qujiang-2018",
     "jiangmen-2020-city", "jiangmen-2020-town"],
)  # fmt: skip
def test_every_scheme_has_its_readings_on_screen_in_chinese_only(
    page_store: Store, visit: Visit, scheme_id: str
) -> None:
    builders.empty(page_store, scheme_id, "试", demo=False)
    at = visit(ASSUMPTIONS)
    said = words(at)
    assert f"尚有{len(load_state(page_store, 1).assumptions)}项口径未确认" in said
    for field in ("components", "samples", "outcomes", "inherits", "median", "ratios", "tasks", "late", "bonuses"):
        assert field not in said


def test_a_province_without_grades_is_told_by_scores_and_places(page_store: Store, visit: Visit) -> None:
    """韶关市 1580/17 = 92.94 falls to 86.25 and 茂名市 1455/17 = 85.59 rises to 87.50 where categories weigh alike."""
    made = builders.empty(page_store, "guangdong-2019", "2019年广东省", demo=False)
    for unit, most, last in (("韶关市", "好", "较差"), ("茂名市", "较好", "好")):
        for component in scheme("guangdong-2019").counted:
            marks = tuple(Mark(no, most if no < 17 else last) for no in range(1, 18))
            page_store.take(made.id, f"{unit}.xlsx", f"{unit}{component.id}".encode(),
                            [Sheet(unit, component.id, marks)], "张三")  # fmt: skip
    at = visit(ASSUMPTIONS)
    assert captions(at, "指标权重")[1].endswith("2个位次变动：韶关市 1→2、茂名市 2→1；得分最多相差6.69分（韶关市低）")
    assert captions(at, "等次线")[1].endswith("将按得分给出2个地级以上市的等次：好1个、较好1个")
    assert "其中1项改用其他口径会改变本次等次" in words(at)  # the borrowed lines, as they give grades
    healthy(radio(at, "指标权重").set_value("各类别等权、类别内等权").run())
    row = at.table[0].value.set_index(at.table[0].value.columns[0]).loc["韶关市"]
    assert row["得分"].replace("\u2060", "") == "92.94 → **86.25**"
    assert row["等次"] == "—"


# 目标数值


def test_a_figure_that_the_office_owes_is_filled_in_here(page_store: Store, visit: Visit) -> None:
    builders.empty(page_store, "neimenggu-2018", "2018年内蒙古", demo=False)
    at = visit(ASSUMPTIONS)
    assert "尚有1项未填报" in words(at)
    at.text_input(key="target-1-national-income-0").input("9.6")
    healthy(at.button(key="save-targets").click().run())
    assert page_store.settings(1)[TARGET + "national-income"].value == "9.6"
    assert page_store.log(1)[0].subject == "当年全国农村居民人均可支配收入增长率：9.6%"
    assert page_store.log(1)[0].action == "填报目标数值"
    assert "已填报" in words(at)


@pytest.mark.parametrize("text", ["9.6分", "九点六", "%", "1e3", "nan"])
def test_what_is_no_figure_is_refused_with_an_example_and_keeps_nothing(
    page_store: Store, visit: Visit, text: str
) -> None:
    builders.empty(page_store, "neimenggu-2018", "2018年内蒙古", demo=False)
    at = visit(ASSUMPTIONS)
    at.text_input(key="target-1-national-income-0").input(text)
    healthy(at.button(key="save-targets").click().run())
    assert f"“{text}”不是可用的数" in words(at)
    assert page_store.settings(1) == {}


@pytest.mark.parametrize(("text", "kept"), [("8.8%", "8.8"), ("－1.5％", "-1.5"), ("-0.3", "-0.3")])
def test_a_share_may_carry_its_sign_and_fall(page_store: Store, visit: Visit, text: str, kept: str) -> None:
    builders.empty(page_store, "neimenggu-2018", "2018年内蒙古", demo=False)
    at = visit(ASSUMPTIONS)
    at.text_input(key="target-1-national-income-0").input(text)
    healthy(at.button(key="save-targets").click().run())
    assert page_store.settings(1)[TARGET + "national-income"].value == kept
    assert page_store.log(1)[0].subject == f"当年全国农村居民人均可支配收入增长率：{kept}%"
    healthy(visit(ASSUMPTIONS))


def test_a_scheme_without_open_figures_asks_for_none(county_store: Store, visit: Visit) -> None:
    assert not any("目标数值" in each.value for each in visit(ASSUMPTIONS).markdown)


# 定稿


def test_the_state_stands_on_every_page(county_store: Store, visit: Visit) -> None:
    assert any("草稿" in each.value for each in visit(OVERVIEW).markdown)


def test_what_stands_before_it_is_listed_and_the_button_waits(county_store: Store, visit: Visit) -> None:
    at = visit(ASSESSMENTS)
    said = words(at)
    assert "- 评分表尚缺1份：恩平市的日常工作" in said
    assert "- 口径尚未确认11项：" in said
    assert at.button(key="finalise-1").disabled
    assert "定稿：还有2项未办结" in [each.label for each in at.expander]
    assert {"去确认口径", "去上报评分表"} <= {each.proto.label for each in at.get("page_link")}


def test_every_obstacle_to_finalising_has_its_way(page_store: Store, visit: Visit) -> None:
    made = documents.EVERY[documents.CITY](page_store, 1)
    page_store.add_fact(made.id, Fact("珠海市", "praise", "有", "2019-06-01", "中办〔2019〕8号"), "", "张三")
    ways = {each.proto.label for each in visit(ASSESSMENTS).get("page_link")}
    assert ways & {"去核对情形、认定保底", "去核对情形"}


def test_once_all_is_done_it_is_finalised_and_nothing_more_is_taken_until_reopened(
    county_store: Store, visit: Visit
) -> None:
    builders.last_sheet(county_store, county_store.assessment(1))
    confirm_all(county_store, 1)
    at = visit(ASSESSMENTS)
    healthy(at.button(key="finalise-1").click().run())
    assert county_store.assessment(1).state == "final"
    assert any("定稿" in each.value for each in visit(OVERVIEW).markdown)

    reading = visit(ASSUMPTIONS)
    assert "本年度考核已定稿，不再受理上报和改动" in words(reading)
    assert not any(each.disabled for each in reading.radio)  # what another would change can still be seen
    assert all(each.disabled for each in reading.button if "确认此项口径" in each.label)
    for script in (UPLOAD, LIMITS):
        assert "本年度考核已定稿，不再受理上报和改动" in words(visit(script))

    at = visit(ASSESSMENTS)
    assert "定稿（第" in words(at)
    healthy(at.button(key="reopen-1").click().run())
    assert "退回草稿的理由不能为空" in words(at)
    at.text_input(key="reopen-reason-1").input("补报一份评分表")
    healthy(at.button(key="reopen-1").click().run())
    assert county_store.assessment(1).state == "final"
    asked = county_store.requests(1)[0].id
    assert "须由另一人署名同意" in words(at)
    at.text_input(key="actor-box").set_value("赵六").run()
    (open_one,) = [each for each in visit(ASSESSMENTS).expander if each.label.startswith("已定稿")]
    assert open_one.label == "已定稿：申请退回草稿，待另一人同意"
    assert open_one.proto.expanded  # whoever is asked to agree finds it without searching
    healthy(at.segmented_control(key=f"request-way-{asked}").set_value("同意").run())
    healthy(at.button(key=f"request-grant-{asked}").click().run())
    assert county_store.assessment(1).state == "draft"
    assert "已同意本机用户的申请，退回草稿。" in words(at)


def test_an_obstacle_that_appears_meanwhile_is_told_and_nothing_is_finalised(county_store: Store, visit: Visit) -> None:
    builders.last_sheet(county_store, county_store.assessment(1))
    confirm_all(county_store, 1)
    at = visit(ASSESSMENTS)
    taken = county_store.submissions(1)[0]
    county_store.withdraw(taken.id, "李四", "有误")
    healthy(at.button(key="finalise-1").click().run())
    assert county_store.assessment(1).state == "draft"
    assert "评分表尚缺1份" in words(at)
