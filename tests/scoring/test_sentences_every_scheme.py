"""The first screen's sentences under every document beyond 江门, by hand: groups, lines that are not drawn, floors, judgement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from data.schemes import scheme
from scoring.assess import assess
from scoring.judged import in_order, judged, ladder
from scoring.marks import Fact, Mark, Sheet
from scoring.results import Results
from scoring.scheme import Scheme
from scoring.sentences import Progress, Readings, headline, plain_text
from scoring.standing import UNJUDGED, blocks, borrowed, word, words

GUANGDONG, NEIMENGGU, RUYUAN = scheme("guangdong-2019"), scheme("neimenggu-2018"), scheme("ruyuan-2017")
CITY, QUJIANG = scheme("dongxi-2019-city"), scheme("qujiang-2018")
SETTLED = Readings(0, 0, 0)


def total(unit: str, component: str, value: str) -> Sheet:
    return Sheet(unit, component, (Mark(None, score=Fraction(value)),))


def totals(rules: Scheme, scores: dict[str, str]) -> list[Sheet]:
    """The same total in every counted component."""
    return [total(unit, part.id, score) for unit, score in scores.items() for part in rules.counted]


def told(rules: Scheme, sheets: Iterable[Sheet], facts: Iterable[Fact] = ()) -> list[str]:
    handed = list(sheets)
    results = assess(rules, handed, facts)
    have = {(sheet.unit, sheet.component) for sheet in handed}
    expected = [(u.name, c.id) for g in rules.marked_groups for u in g.units for c in rules.counted]
    absent = tuple(pair for pair in expected if pair not in have)
    progress = Progress(len(expected) - len(absent), len(expected), absent, date(2020, 3, 1))
    return [plain_text(sentence) for sentence in headline(results, progress, SETTLED)]


def numbered(rules: Scheme, group: str, best: int) -> dict[str, str]:
    return {unit.name: str(best - at) for at, unit in enumerate(rules.group(group).units)}


BOTH = numbered(GUANGDONG, "helped", 95) | numbered(GUANGDONG, "helper", 90)


def lines_borrowed(rules: Scheme) -> Scheme:
    option = next(one for one in rules.bands.alternatives if "江门" in one.label)
    return rules.with_elements(bands=rules.bands.model_dump() | option.sets)


def test_scores_without_lines_are_told_group_by_group_with_those_who_lead():
    assert told(GUANGDONG, totals(GUANGDONG, BOTH)) == [
        "数据已齐。20个地级以上市三种考核方式结果已全部到齐。",
        "按粤农扶组〔2019〕31号测算，只出得分；原文未定分数线，等次由评议确定。",
        "被帮扶市14个均已出得分，得分在82.00至95.00之间，居前的为韶关市（95.00）、汕头市（94.00）、湛江市（93.00），靠后的为潮州市（84.00）、揭阳市（83.00）、云浮市（82.00）。",
        "对口帮扶市6个均已出得分，得分在85.00至90.00之间，居前的为广州市（90.00）、深圳市（89.00）、珠海市（88.00），靠后的为佛山市（87.00）、东莞市（86.00）、中山市（85.00）。",
    ]


def test_lines_that_are_borrowed_are_named_before_any_grade():
    rules = lines_borrowed(GUANGDONG)
    said = told(rules, totals(rules, BOTH))
    assert said[1] == (
        "按粤农扶组〔2019〕31号测算，借用江门2020附件1的等次线，被帮扶市等次为：好6个，较好8个，一般0个，较差0个。"
    )
    assert said[2] == "对口帮扶市等次为：好1个（广州市），较好5个，一般0个，较差0个。"
    assert borrowed(rules) == "江门2020附件1"


def test_what_the_judgement_must_heed_is_told_where_no_grade_is_computed():
    facts = [Fact("韶关市", "violation", "有", "2019-11-01", "甲号")]
    assert "韶关市因有“重大违纪违规问题”情形，按口径（原文未规定）评议时最高为“一般”。" in told(
        GUANGDONG, totals(GUANGDONG, BOTH), facts
    )


def test_one_group_is_told_by_its_own_word_and_two_ways_have_their_own_numeral():
    said = told(NEIMENGGU, totals(NEIMENGGU, {"兴安盟": "80", "包头市": "90"}))
    assert "2个盟市已出得分，10个暂缺，得分在80.00至90.00之间，暂列居前的为包头市（90.00）、兴安盟（80.00）。" in said
    every = totals(NEIMENGGU, numbered(NEIMENGGU, "league", 95))
    assert told(NEIMENGGU, every)[0] == "数据已齐。12个盟市两种考核方式结果已全部到齐。"


def with_helpers(rules: Scheme) -> Scheme:
    groups = [group.model_dump() for group in rules.groups[:2]]
    groups[1] |= {"size": None, "units": [{"name": "某局", "helps": ["乳城镇"]}, {"name": "某办", "helps": ["一六镇"]}]}
    kept = {"town", "economy"}
    inherits = [r.model_dump() | {"groups": ["economy"]} for r in rules.inherits if "economy" in r.groups]
    awards = [
        a.model_dump() | {"groups": [g for g in a.groups if g in kept]} for a in rules.awards if kept & set(a.groups)
    ]
    return rules.with_elements(groups=groups, inherits=inherits, awards=awards)


def test_towns_are_counted_apart_from_those_that_take_their_score():
    rules = with_helpers(RUYUAN)
    said = told(rules, totals(rules, numbered(rules, "town", 95)))
    assert said[0] == "数据已齐。9个镇的县考核结果已全部到齐。"
    assert said[1].endswith("测算，镇等次为：好6个，较好3个（东坪镇、游溪镇、必背镇），一般0个，较差0个。")
    assert said[2] == "随帮扶对象计分的单位等次为：好2个（某局、某办），较好0个，一般0个，较差0个。"


def ticked(grade: str, other: str = "", category: str = "") -> list[Sheet]:
    """江门市: every item the same, or another grade in one category."""
    marks = [Mark(row.no, other if row.path[0] == category else grade) for row in CITY.indicators]
    return [Sheet("江门市", "review", tuple(marks))]


def test_a_floor_that_waits_for_a_person_is_recommended_and_a_confirmed_one_has_lifted():
    met = [Fact("江门市", "targets_met", "是")]
    why = "因有“完成全国和省目标要求”情形，按七（一）1"
    assert f"江门市75.00分，按分数为“一般”；{why}原则上建议评为“较好”，须由人认定。" in told(CITY, ticked("一般"), met)
    sure = [*met, Fact("江门市", "floor_confirmed", "是")]
    assert f"江门市75.00分，按分数为“一般”；{why}测算等次为“较好”。" in told(CITY, ticked("一般"), sure)


def test_a_category_that_limits_the_grade_is_named():
    """Five categories of 95 and one of 75: 91.67."""
    assert (
        "江门市91.67分，按分数为“好”；因大项“劳务协作”为“一般”，按七（一）3等次最高为“较好”，测算等次为“较好”。"
        in told(CITY, ticked("好", "一般", "劳务协作"))
    )


def test_commendations_are_told_with_their_points():
    praise = [Fact("江门市", "praise", "有", basis=f"批示{n}") for n in range(4)]
    assert "加分：江门市有“中央领导同志批示肯定”4次，加3分。" in told(CITY, ticked("较好"), praise)


def test_many_ranges_are_told_for_the_first_and_counted_for_the_rest():
    sheets = [total(unit.name, "cross", "90") for unit in GUANGDONG.group("helped").units]
    said = told(GUANGDONG, sheets)
    assert sum("无论所缺结果如何" in sentence for sentence in said) == 3
    assert "另有11个地级以上市暂缺，见排名。" in said


def judge(*facts: Fact) -> Results:
    return assess(QUJIANG, [], facts)


GRAVE = (Fact("小坑镇", "funds", "有"), Fact("小坑镇", "gravity", "涉嫌违法"))


def test_judgement_tells_problems_and_what_follows_from_the_gravest_down_and_no_score():
    said = told(QUJIANG, [], [Fact("马坝镇", "missed", "有"), *GRAVE, Fact("大塘镇", "outstanding", "是")])
    assert said[0] == "综合评定，不计总分、不排位次。韶曲扶组〔2018〕1号没有分值和等次，由评议作出综合评价。"
    assert said[1] == "9个镇和单位中，2个有问题情形（小坑镇、马坝镇）。"
    assert said[2] == "小坑镇：“违反扶贫资金管理使用规定”（第七条（二））、“涉嫌违法”（第八条（三））。"
    assert said[-1] == (
        "按第八条（三）拟由司法机关依法处理1个（小坑镇）；按第八条（三）拟责任追究1个（小坑镇）；"
        "按第八条（三）拟约谈并限期整改2个（马坝镇、小坑镇）；按第七条拟提出处理意见2个（马坝镇、小坑镇）；"
        "按第八条（二）拟表彰1个（大塘镇）。"
    )
    assert not any("得分" in sentence or "暂缺" in sentence for sentence in said)


def test_nothing_found_is_said_so():
    assert told(QUJIANG, [])[1] == "9个镇和单位中，没有已核对的问题情形。"


def test_what_aggravates_is_no_problem_alone():
    alone = judged(QUJIANG, judge(GRAVE[1]).of("小坑镇"))
    assert (alone.problems, alone.follows) == ((), ())
    assert [fact.value for fact in alone.aggravating] == ["涉嫌违法"]


def test_a_problem_that_waits_for_its_second_person_brings_nothing_yet():
    one = judged(QUJIANG, judge(Fact("马坝镇", "missed", "有", confirmed=False)).of("马坝镇"))
    assert (one.problems, one.follows, one.gravest) == ((), (), None)
    assert [fact.fact for fact in one.waiting] == ["missed"]


def test_the_gravest_come_first_and_praise_last():
    results = judge(Fact("马坝镇", "missed", "有"), *GRAVE, Fact("大塘镇", "outstanding", "是"))
    assert [one.result.unit for one in in_order(QUJIANG, results.units)][:3] == ["小坑镇", "马坝镇", "大塘镇"]
    assert [outcome.action for outcome, _ in ladder(results)] == [
        "由司法机关依法处理", "责任追究", "约谈并限期整改", "提出处理意见", "表彰",
    ]  # fmt: skip


def test_a_score_that_waits_for_its_grade_has_a_word_of_its_own():
    results = assess(GUANGDONG, totals(GUANGDONG, {"韶关市": "90"}))
    assert (word(results.of("韶关市")), word(results.of("汕头市"))) == (UNJUDGED, "暂缺")
    assert words(GUANGDONG) == (UNJUDGED, "暂缺")
    assert words(CITY) == ("好", "较好", "一般", "差", "暂缺")
    assert words(QUJIANG) == ()


def test_towns_of_seven_counties_are_one_block_and_two_groups_with_tables_of_their_own_are_two():
    towns = scheme("jiangmen-2020-town")
    assert [block.name for block in blocks(assess(towns, []))] == [""]
    assert [block.name for block in blocks(assess(GUANGDONG, []))] == ["被帮扶市", "对口帮扶市"]


def test_late_money_is_told_with_the_item_and_the_share_it_takes():
    """10 May is in the second month from 1 April on: 20 %. Half the money in July (30 % at most) and half in time: 15 %."""
    ticked = tuple(Mark(row.no, grade="好") for row in CITY.indicators)
    sheets = [Sheet(unit.name, "review", ticked) for unit in CITY.groups[0].units]
    one = Fact("深圳市", "arrival", "市级安排", "2019-05-10", amount=Fraction(3000))
    two = [
        Fact("中山市", "arrival", "市级安排", day, amount=Fraction(1000)) for day in ("2019-03-01", "2019-07-20")
    ]  # fmt: skip
    unsure = Fact("广州市", "arrival", "市级安排", "2019-05-10", amount=Fraction(1), confirmed=False)
    said = told(CITY, sheets, [one, *two, unsure])
    assert "逾期扣减：深圳市第12项“援助资金”得分扣减20%；中山市第12项“援助资金”得分扣减15%。" in said
    assert not any("逾期扣减" in sentence for sentence in told(CITY, sheets))
