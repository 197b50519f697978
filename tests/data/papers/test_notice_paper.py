"""通报: what everybody may read of an approved result, and nothing before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from data.locked import Locked, open_locked
from data.papers.notice import notice
from data.papers.paper import Copies, Heading, Paper, Signature, Text, Unready
from data.store import Given, Ruling, Store
from scoring.explain import score_text
from tests.data.kept_locks import SCHEMES, as_approved, county_approved, county_draft, demos, whole_demos, with_results
from tests.data.locks import TODAY, approved
from tests.pages.builders import CHECKER, CLERK, county, last_sheet, show_towns, towns


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.open(f"sqlite:///{tmp_path_factory.mktemp('notice') / 'a.db'}")


def whole(paper: Paper) -> str:
    cells = [cell for table in paper.tables for row in (*table.heads, *table.rows) for cell in row]
    return "\n".join((*paper.title, *paper.texts, *cells))


def test_grades_stand_by_name_in_the_rosters_order():
    told = notice(county_approved()).texts
    assert "7个市（区）中，好2个，较好4个，一般1个。" in told
    assert "“好”等次2个：蓬江区、鹤山市。" in told  # 鹤山市 is first by place, 蓬江区 first on the roster
    assert "“较好”等次4个：新会区、台山市、开平市、恩平市。" in told
    assert "“一般”等次1个：江海区。" in told


def test_it_says_who_settled_and_who_approved_by_which_paper():
    first = notice(county_approved()).texts[0]
    assert "市扶贫开发领导小组会议（江扶会〔2020〕5号，2020年12月10日）审定" in first
    assert "江门市人民政府（江府函〔2020〕66号，2020年12月15日）批复" in first
    assert "《2020年江门市城乡精准扶贫工作成效考核实施方案》（江扶字〔2020〕8号）" in first


def test_it_has_its_four_parts_its_readers_and_its_receivers():
    paper = notice(county_approved())
    heads = [block.text for block in paper.blocks if isinstance(block, Heading)]
    assert heads == ["一、考核结果", "二、得分率较高的指标", "三、存在问题", "四、有关要求"]
    assert paper.addressee == "各市（区）党委、政府"
    assert paper.blocks[-1] == Copies(("市委组织部", "市委农办", "市人力资源社会保障局"))
    assert paper.blocks[-2] == Signature("江门市扶贫开发领导小组", None)


def test_before_it_is_approved_it_says_every_step_and_sheet_that_is_missing_and_where_to_mend_it():
    with pytest.raises(Unready) as refused:
        notice(county_draft())
    told = str(refused.value)
    assert "尚未登记审定、批复，请在“锁定与审定”登记" in told
    assert "尚缺评分表1份：恩平市的日常工作，请在“数据上报”上报" in told


def test_an_approval_does_not_make_up_for_a_missing_sheet():
    with pytest.raises(Unready, match=r"尚缺评分表1份：恩平市的日常工作"):
        notice(as_approved(county_draft()))


def test_settled_without_a_grade_for_everybody_is_not_ready():
    bare = county_approved()
    steps = dict(bare.standing.steps)
    steps["settled"] = replace(steps["settled"], grades={})
    units = tuple(replace(each, grade=None) for each in bare.state.results.units)
    ungraded = with_results(bare, replace(bare.state.results, units=units))
    ungraded = replace(ungraded, standing=replace(bare.standing, steps=steps))
    with pytest.raises(Unready, match=r"没有审定等次的市（区）：蓬江区、"):
        notice(ungraded)


@pytest.mark.parametrize("scheme_id", SCHEMES)
def test_no_score_and_no_place_of_anybody_is_in_it_where_places_are_internal(scheme_id):
    locked = whole_demos()[scheme_id]
    assert locked.state.scheme.rank.shown != "public"
    try:
        paper = notice(locked)
    except Unready:
        return
    told = whole(paper)
    scores = {score_text(locked.state.scheme, r.score) for r in locked.state.results.units if r.score is not None}
    means = {
        score for score in scores if f"平均得分率{score}%" in told
    }  # an item's mean may happen to be a unit's score
    assert not [score for score in scores - means if score in told]
    assert "位次" not in told.replace("不排位次", "")
    assert "居第" not in told


def test_where_the_document_makes_places_public_they_stand_in_a_table_with_the_scores():
    locked = county_approved()
    rank = {"by": ["grade", "score"], "shown": "public", "cite": ["六（六）"]}
    public = replace(locked.state.results, scheme=locked.state.scheme.with_elements(rank=rank))
    table = notice(with_results(locked, public)).tables[0]
    assert table.rows[0] == ("1", "鹤山市", "93.58", "好")
    assert table.rows[1] == ("2", "蓬江区", "90.00", "好")


def test_what_is_mended_is_due_two_calendar_months_after_the_notice_clamped_to_the_months_end(store):
    made = county(store, name="2020年江门市 · 通报")
    last_sheet(store, made)
    number = approved(store, made).record.number
    store.put_notice(made.id, date(2020, 12, 31), "江扶〔2020〕9号", "", CLERK)
    paper = notice(open_locked(store, made.id, number, TODAY))
    assert paper.number == "江扶〔2020〕9号"
    assert any("于2021年2月28日前（含当日）提交整改方案与报告（七）" in text for text in paper.texts)
    assert Signature("江门市扶贫开发领导小组", date(2020, 12, 31)) in paper.blocks


def test_before_there_is_a_notice_the_period_is_told_instead_of_a_day():
    assert any("自通报之日起2个月内提交整改方案与报告" in text for text in notice(county_approved()).texts)


def praised(locked: Locked) -> str:
    return next(text for text in notice(locked).texts if "表扬" in text)


def test_praise_is_announced_once_it_is_decided_and_leaves_out_whom_the_meeting_passed_over(store):
    made = county(store, name="2020年江门市 · 表扬")
    last_sheet(store, made)
    locked = approved(store, made)
    assert "表扬" not in whole(notice(locked))
    assert "尚待决定" not in whole(notice(locked))
    rulings = [Ruling("鹤山市", "0:表扬", "表扬", "adopted"), Ruling("蓬江区", "0:表扬", "表扬", "refused", "另有情况")]
    store.decide(made.id, rulings, CHECKER)
    assert praised(open_locked(store, made.id, locked.record.number, TODAY)) == "按六（六），对鹤山市给予表扬。"


def test_praise_goes_by_the_grade_that_was_settled_not_by_the_computed_one():
    regraded = as_approved(county_approved(), {"蓬江区": Given("较好", "会议纪要第5号")})
    told = notice(regraded).texts
    assert "“好”等次1个：鹤山市。" in told
    assert "表扬" not in "".join(told)  # nobody decided it yet


def test_a_unit_lowered_by_the_meeting_is_not_named_for_its_talk():
    regraded = as_approved(county_approved(), {"蓬江区": Given("一般", "会议纪要第5号")})
    told = "\n".join(notice(regraded).texts)
    assert "“一般”等次2个：蓬江区、江海区。" in told
    assert all("谈话提醒" not in text or "蓬江区" not in text for text in notice(regraded).texts)


def test_the_towns_of_a_county_are_announced_only_where_it_so_decides(store):
    made = towns(store)
    locked = approved(store, made)
    with pytest.raises(Unready, match=r"按六（六），成绩通报由各市（区）研究决定；目前没有一个组别决定公开"):
        notice(locked)
    shown = towns(store, name="2020年江门市 · 镇级公开")
    show_towns(store, shown)
    paper = notice(approved(store, shown))
    told = whole(paper)
    names = {group.name: [unit.name for unit in group.units] for group in locked.state.scheme.groups}
    assert all(unit in told for unit in names.pop("台山市"))
    assert not [unit for units in names.values() for unit in units if unit in told]


def test_a_self_assessment_without_any_procedure_has_no_notice():
    with pytest.raises(Unready, match="没有规定结果的审定、通报和运用"):
        notice(demos()["jiangmen-2020-city"])


def test_of_two_units_no_mean_is_told_from_which_one_could_be_reckoned():
    locked = county_approved()
    few = replace(locked.state.results, units=locked.state.results.units[:2])
    assert not any("平均得分率9" in text or "平均得分率8" in text for text in notice(with_results(locked, few)).texts)


def test_judgement_without_grades_tells_how_many_have_which_problem_and_nobodys_name():
    locked = whole_demos()["qujiang-2018"]
    told = "\n".join(notice(locked).texts)
    assert "不计总分、不评等次、不排位次" in told
    assert "1个镇和单位有“违反扶贫资金管理使用规定”情形。" in told
    named = [r.unit for r in locked.state.results.units if r.unit in told]
    assert named == []  # whom to honour is not decided yet
    assert "其中1个属“情节严重、造成不良影响”。" in told
    # 马坝, 大塘, 罗坑 are checked; 枫湾 has a 情形 that nobody has checked yet; 9 - 3 - 1 = 5
    assert "9个镇和单位中，有问题情形并需要处理的3个，另1个有情形待核对，其余5个没有。" in told


def test_what_nobody_decided_yet_is_in_no_notice():
    for scheme_id in SCHEMES:
        try:
            told = whole(notice(whole_demos()[scheme_id]))
        except Unready:
            continue
        assert "尚待决定" not in told
        assert "拟对" not in told


def test_the_general_demand_rests_on_the_step_that_asks_for_it():
    paper = notice(whole_demos()["neimenggu-2018"])
    found = next(block for block in paper.blocks if isinstance(block, Text) and "改进工作" in block.text)
    assert found.cites == ("第七条（四）",)


def test_who_governs_is_addressed_only_where_the_title_says_so():
    assert notice(whole_demos()["neimenggu-2018"]).addressee == "各盟市党委、政府（行政公署）"
    assert notice(whole_demos()["dongxi-2019-city"]).addressee == "各帮扶市"


def test_a_part_of_figures_and_a_part_of_facts_are_called_what_they_are():
    heads = [block.text for block in notice(whole_demos()["qujiang-2018"]).blocks if isinstance(block, Heading)]
    assert "二、有关情形" in heads
    heads = [block.text for block in notice(whole_demos()["neimenggu-2018"]).blocks if isinstance(block, Heading)]
    assert "二、得分率较高的指标和有关情形" in heads
