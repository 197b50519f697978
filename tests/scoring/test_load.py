"""A scheme file loads whole, or says every mistake in it: its line, its place, what is wrong and how to mend it."""

from __future__ import annotations

import copy
import re
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from data.schemes import scheme, scheme_ids, scheme_text
from scoring.load import LONGEST, MOST, dump_scheme, load_scheme
from scoring.scheme_text import SchemeError

TESTS = Path(__file__).parents[1]
SMALL = (TESTS / "cases" / "small.yaml").read_text(encoding="utf-8")

UNGROUNDED = ("须写明依据", "cite", "assumed", "二者只留一个")

BROKEN: dict[str, list[tuple]] = {
    "重复键": [(25, "bands → cite", "写了两次", "第24行")],
    "不认识的字段": [
        (12, "components → 第2项", "wieght", "是否为“weight”？"),
        (12, "日常工作", "缺少权重", "counted: false"),
    ],
    "不认识的字段且无相近": [(31, "outcomes → 第1项", "不认识“奖金”", "这里可写", "action")],
    "缺少字段": [(2, "缺少“combine”", "请补上")],
    "缺少下层字段": [(17, "indicators → 第2项", "缺少“no”")],
    "无依据": [(31, "outcomes → 第1项", *UNGROUNDED)],
    "依据写了两种": [(31, "outcomes → 第1项", *UNGROUNDED)],
    "依据为空列表": [(31, "outcomes → 第1项", *UNGROUNDED)],
    "指标无依据": [(17, "indicators → 第2项 → cite", "至少要有一项")],
    "限制的等次不存在": [(29, "limits → 第1项 → best", "没有“良好”这一等次", "可用：好、较好、一般、较差")],
    "结果的等次不存在": [(31, "outcomes → 第1项 → when → grades → 第2项", "没有“优”这一等次")],
    "情形不存在": [(29, "limits → 第1项 → when → fact", "没有“sancton”这一情形", "是否为“sanction”？")],
    "情形取值不存在": [(29, "at_least", "没有“记大过”这一取值", "是否为“记过”？")],
    "编号重复": [(12, "components → 第2项 → id", "“cross”用了两次")],
    "序号重复": [(17, "indicators → 第2项 → no", "序号1用了两次")],
    "考核对象重复": [(8, "units → 第2项 → name", "“甲镇”已在名单上", "写全称")],
    "等次重复": [(6, "grades → 第4项", "“一般”用了两次")],
    "权重合计99.99": [(10, "components", "合计为99.99", "应为100")],
    "权重合计101": [(10, "components", "合计为101", "应为100")],
    "权重为负": [(12, "components → 第2项 → weight", "“-40”小于0", "不能是负数")],
    "权重不是数": [(12, "components → 第2项 → weight", "“40%”不是数", "写成 40")],
    "科学计数": [(20, "bands → items → 第1项 → min", "“9e1”不是数")],
    "布尔写法": [(12, "opinion", "“yes”应为 true 或 false")],
    "等次线颠倒": [(18, "bands", "从高到低")],
    "等次线不到零": [(18, "bands", "从 0 分起")],
    "等次线缺等次": [(19, "bands → items", "缺少等次“一般”")],
    "等次线超过100": [(20, "bands → items → 第1项 → min", "等次线105高于100")],
    "赋分颠倒": [(13, "ticks → points", "从高到低")],
    "赋分超过100": [(13, "ticks → points", "0至100之间")],
    "赋分缺等次": [(13, "ticks → points", "缺少等次“较差”")],
    "日期不对": [(5, "document → issued", "“2026-02-30”不是日历上的日子")],
    "日期写法不对": [(5, "document → issued", "“2026年1月5日”不是日期", "2020-11-30")],
    "日期写成整数": [(5, "document → issued", "“20260105”不是日期")],
    "应为列表": [(19, "bands → items", "应是一个列表")],
    "应为一组内容": [(5, "document", "一组“名称: 内容”")],
    "应为文字": [(3, "title", "应是文字")],
    "空文字": [(3, "title", "不能空着")],
    "空列表": [(7, "groups", "至少要有一项")],
    "不在可用写法内": [(9, "combine", "“average”不在可用的写法之内", "weighted、add、judgement")],
    "小数位数过多": [(15, "rounding → total", "“9”应不大于6")],
    "括号未收口": [(7, "不合 YAML 写法", "第6行开始", "以 ] 收口")],
    "引号未收口": [(32, "不合 YAML 写法", "第31行开始", "引号没有收口")],
    "冒号位置不对": [(3, "不合 YAML 写法", "冒号的位置不对", "加引号")],
    "制表符缩进": [(17, "不合 YAML 写法", "制表符", "改用空格")],
    "引用": [(14, "item_weights → assumed", "不支持 YAML 的引用"), (14, "item_weights", *UNGROUNDED)],
    "引用炸弹": [
        *[(2, f"缺少“{name}”") for name in ("id", "title", "short", "document", "groups", "combine", "rank")],
        (2, "不认识“a”", "docs/scheme-format.md"),
        *[(line, name, "不支持 YAML 的引用", "写全") for line, name in enumerate("bcdefgh", 3)],
    ],
    "合并键": [(18, "indicators → 第2项", "名称应是一个词", "<<")],
    "名称是列表": [(15, "名称应是一个词")],
    "不是一组内容": [(1, "名称: 内容", "docs/scheme-format.md")],
    "空文件": [(1, "名称: 内容", "docs/scheme-format.md")],
    "两个文档": [(30, "一个文件只放一个方案")],
    "转义写错": [(3, "转义写错了")],
    "半个字符": [(3, "title", "半个字符")],
    "条件写了两种": [(31, "outcomes → 第1项 → when", "须且只能写一种", "grades", "bottom")],
    "条件为空": [(31, "outcomes → 第1项 → when", "须且只能写一种")],
    "权重缺写": [(12, "components → 第2项", "“日常工作”缺少权重")],
    "打勾没有赋分": [(2, "没有“ticks”", "四档赋分")],
    "加分的情形不存在": [(31, "bonuses → 第1项 → fact", "没有“praise”这一情形", "可用：sanction")],
    "加分项打勾": [(17, "indicators → 第2项 → kind", "加分项须按分计", "不能用“tick”")],
    "扣分项两种方式都填": [(17, "indicators → 第2项 → full", "由一种考核方式评定", "只写一种")],
    "扣分项设权重": [(17, "indicators → 第2项 → weight", "不设权重", "用 full 写")],
    "加分项的表不能填分": [(17, "indicators → 第2项 → full", "“交叉考核”的评分表不能填分", "加上 points")],
    "加分写了两种": [(31, "bonuses → 第1项", "each（每件的分）与 points（按取值定的分）须且只写一种")],
    "扣分的取值不存在": [(33, "deductions → 第1项 → points → 通报", "没有可计分的取值“通报”", "可用：警告、记过")],
    "扣分的指标不存在": [(33, "deductions → 第1项 → indicator", "没有基础分第9项")],
    "扣分从两处扣": [(33, "deductions → 第1项", "只写一个")],
    "按金额而无数额": [(31, "bonuses → 第1项 → by", "不登记数额", "请在该情形写 amount")],
    "分档颠倒": [(17, "indicators → 第2项 → completion", "各档应从高到低")],
    "越少越好没有目标": [(17, "indicators → 第2项 → completion → better", "须有目标值", "请写 target")],
    "不是完成率而写分档": [(17, "indicators → 第2项 → completion", "请写 kind: completion")],
    "分值不同而等权": [(14, "item_weights", "各项分值不同而指标等权", "请写 equal: full")],
    "加权而分值不齐": [(17, "indicators → 第2项 → full", "每种考核方式中都要写", "改用 combine: add")],
    "按分值占权重而无分值": [(16, "indicators → 第1项", "没有写分值"), (17, "indicators → 第2项", "请写 full")],
    "目标不存在": [
        (31, "target_met", "没有“减贫”这一目标", "一个也没有"),
        (31, "target_met", "只能写在分项保底（of: items）里", "请写 fact"),
    ],
    "适用对象不存在": [(17, "indicators → 第2项 → only → 第1项", "没有“丙镇”这一考核对象")],
    "类别不存在": [(14, "nodes → 第1项 → path", "没有“成果”这一类别"), (14, "nodes", "同级的“成效”没有写权重")],
    "同级只写一个权重": [(14, "item_weights → nodes", "“巩固情况”没有写权重", "同级须全部写明")],
    "名单与数目不符": [(8, "groups → 第1项 → units", "名单有2个", "9个不符")],
    "任务没有等次": [(2, "任务类指标", "没有“tasks”", "请写明")],
    "数量没有方法": [(2, "数量类指标", "没有“median”", "请写明")],
    "任务答案的等次不存在": [
        (30, "tasks → answers → 完成", "没有“优”这一等次"),
        (30, "tasks → met → 第1项", "没有“办结”这一任务完成情况", "可用：完成"),
    ],
    "指标的目标不存在": [(17, "indicators → 第2项 → target", "没有“income”这一目标")],
    "计分循环": [
        (10, "helps", "“县农业局”不是自行计分的考核对象", "请写 source 组别中的单位"),
        (34, "inherits → 第2项 → source", "“office”自己也随别的组别计分", "循环"),
    ],
    "帮扶对象不存在": [(9, "helps → 第1项", "没有“丙镇”这一考核对象", "是否为“甲镇”？")],
    "总分与满分不符": [(30, "total → full", "满分合计为100", "200不符")],
    "缺少满分": [(11, "components → 第1项", "“交叉考核”缺少满分（full）")],
    "大项没有分数线": [(30, "category_grades", "缺少“lines”")],
    "保底的认定不存在": [(31, "confirmed_by", "没有“yes_said”这一情形")],
    "逾期的情形不存在": [(31, "late → 第1项 → fact", "没有“money”这一情形")],
    "抽样不存在": [(31, "samples → 第1项 → within", "没有“household”这一抽样")],
    "比例没有方法": [(2, "比例类指标", "没有“ratios”或“median”")],
    "评出等次没有赋分": [(2, "kind: judged", "没有“ticks”", "请写明")],
    "限制问位次": [(29, "limits → 第1项 → when → bottom", "只能写在结果运用（outcomes）里")],
    "分项保底要人认定": [(31, "floors → 第1项 → confirmed_by", "分项保底（of: items）不能写")],
    "加权而满分为零": [(17, "full → daily", "满分为0只用于分值相加")],
    "组别不存在": [(31, "awards → 第1项 → groups → 第1项", "没有“镇”这一组别", "可用：town")],
    "除数为零": [(31, "awards → 第1项 → divide", "应大于0")],
    "相加的满分不符": [(15, "indicators", "“daily”的满分合计为11", "应为10")],
    "表头分数不符": [(15, "categories → 第1项 → full", "合计为40", "50分不符")],
    "满分的考核方式不存在": [(16, "indicators → 第1项 → full → corss", "没有“corss”这一考核方式", "是否为“cross”？")],
    "步骤的考核方式不存在": [(31, "steps → 第1项 → component", "没有“self”这一考核方式")],
    "另一口径不成立": [(14, "rounding → alternatives → 第1项", "选用这一说法则方案不成立", "“三”不是数")],
    "另一口径缺等次": [(13, "ticks → alternatives → 第1项", "缺少等次“一般、较差”")],
    "另一口径不改什么": [(13, "ticks → alternatives → 第1项", "没有写这一说法改动什么")],
    "有条款又设口径": [(31, "outcomes → 第1项 → alternatives", "只和 assumed 写在一起")],
    "统计时间颠倒": [(5, "document → period", "起日晚于止日")],
    "统计时间只写一天": [(5, "document → period", "一对日期")],
    "末日不是日期": [(31, "late → 第1项 → due", "“三月底”不是日期", "2020-11-30")],
    "区划代码不对": [(8, "units → 第1项 → region", "“4407”不是行政区划代码", "六位")],
    "多处错误": [
        (5, "document → issued", "“去年”不是日期"),
        (12, "opinion", "“是”应为 true 或 false"),
        (12, "wieght", "是否为“weight”？"),
        (12, "components → 第2项", *UNGROUNDED),
        (12, "components → 第2项", "缺少权重"),
        (17, "indicators → 第2项 → no", "“二”不是数"),
        (29, "limits → 第1项 → best", "没有“良好”这一等次"),
        (29, "limits → 第1项 → when → fact", "没有“处分”这一情形"),
        (31, "outcomes → 第1项", *UNGROUNDED),
    ],
}
"""By file under tests/broken: each fault's line, and words that its message must have. Nothing else may be reported."""

ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")


def faults_of(text: str) -> list:
    with pytest.raises(SchemeError) as caught:
        load_scheme(text)
    return caught.value.faults


def in_our_words(message: str) -> bool:
    """Whether a message has no English sentence, apart from what it quotes."""
    return not ENGLISH.search(re.sub(r"“[^”]*”", "", message))


def test_the_small_scheme_that_the_broken_ones_come_from_loads():
    assert load_scheme(SMALL).weights == {"cross": 60, "daily": 40}


def test_every_broken_file_is_in_the_table_and_the_other_way_round():
    files = {path.stem for path in (TESTS / "broken").glob("*.yaml")}
    assert files == set(BROKEN), "Add the file to BROKEN with the line and the words expected."


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_is_told_with_its_line_and_its_mend_and_nothing_else_is(name):
    faults = faults_of((TESTS / "broken" / f"{name}.yaml").read_text(encoding="utf-8"))
    assert [fault.line for fault in faults] == [line for line, *_ in BROKEN[name]], "\n".join(map(str, faults))
    unmet = [list(words) for _, *words in BROKEN[name]]
    for fault in faults:
        met = next((words for words in unmet if all(word in str(fault) for word in words)), None)
        assert met is not None, f"not expected: {fault}"
        unmet.remove(met)
        assert in_our_words(fault.message)


def test_an_error_names_the_file():
    with pytest.raises(SchemeError, match=r"^我的\.yaml 第1行"):
        load_scheme("", "我的.yaml")


def test_a_file_too_long_is_not_even_read():
    (fault,) = faults_of("#" * (LONGEST + 1))
    assert "文件过长" in fault.message


def test_a_file_of_nothing_but_mistakes_says_the_first_and_how_many_more():
    faults = faults_of(SMALL + "".join(f"unknown{n}: 1\n" for n in range(MOST + 50)))
    assert len(faults) == MOST + 1
    assert "还有50处" in faults[-1].message


@pytest.mark.parametrize("name", scheme_ids())
def test_a_scheme_written_out_loads_as_the_same_scheme(name):
    original = scheme(name)
    again = load_scheme(dump_scheme(original))
    assert again.hash == original.hash
    assert again == original


def test_an_outcome_for_a_group_that_is_not_there_is_a_fault_of_its_line():
    written = scheme_text("ruyuan-2017").replace("[town, economy, party, upper, other], action", "[towns], action", 1)
    (fault,) = faults_of(written)
    assert fault.path[:1] == ("outcomes",)
    assert "没有“towns”这一组别" in fault.message


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x85", "\u2028", "\u2029"])
@pytest.mark.parametrize("place", ["{}甲", "甲{}乙", "甲{}", "甲{}{}乙", "甲{} 乙: "])
def test_a_title_with_any_end_of_a_line_in_it_is_written_out_letter_by_letter(end, place):
    original = scheme("jiangmen-2020-county").with_elements(title=place.replace("{}", end))
    assert load_scheme(dump_scheme(original)).title == original.title


def test_two_schemes_that_differ_have_different_hashes():
    assert len({scheme(name).hash for name in scheme_ids()}) == len(scheme_ids())
    assert load_scheme(SMALL.replace("90}", "91}")).hash != load_scheme(SMALL).hash


def test_how_a_file_is_laid_out_does_not_change_its_hash():
    tree = yaml.load(SMALL, Loader=yaml.BaseLoader)
    laid_out = [
        yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, default_flow_style=flow) for flow in (True, False)
    ]
    assert {load_scheme(text).hash for text in laid_out} == {load_scheme("# 另加说明\n" + SMALL).hash}


@given(
    st.fixed_dictionaries({c: st.fractions(0, 100, max_denominator=10**6) for c in ("cross", "municipal", "daily")}),
    st.fractions(80, 100, max_denominator=10**4),
)
@settings(max_examples=15, deadline=None)
def test_a_replaced_scheme_leaves_the_original_as_it_was(weights, line):
    original = scheme("jiangmen-2020-county")
    before, held = dump_scheme(original), original.hash
    other = original.replace(weights=weights, lines={"好": line + 1}, points={"好": Fraction(99)})
    assert other.weights == weights
    assert other.bands.items[0].min == line + 1
    assert dump_scheme(original) == before
    assert original.model_copy().hash == held
    assert other.replace(weights=original.weights, lines={"好": 90}, points={"好": Fraction(95)}) == original


def test_a_copied_scheme_with_another_word_is_another_scheme():
    original = scheme("jiangmen-2020-county")
    assert original.hash
    assert original.by_unit
    other = original.model_copy(update={"groups": original.groups[:1], "title": "另一份办法"})
    assert other != original
    assert other.hash != original.hash
    assert set(other.by_unit) == {unit.name for unit in original.groups[0].units}
    assert original.model_copy() == original
    assert original != original.hash


def test_a_scheme_cannot_be_edited_in_place():
    with pytest.raises(ValueError, match="frozen"):
        scheme("jiangmen-2020-county").components[0].weight = Fraction(50)


@given(st.text())
def test_any_text_is_a_scheme_or_a_list_of_faults(text):
    assert all(in_our_words(fault.message) for fault in faults_of(text))


SCRAPS = st.sampled_from(
    [
        "", "~", "0", "-1", "100.5", "1e5", "true", "好", "较好", "cross", "{}", "[]", "[[]]", "{a: b}", "[1, 2, 3]", "*a", "&a 1",
        '"', "'", "|", ">", "- x", "<<", "? a", "!!int 3", "\t", "#", "%", "9" * 40, "2020-13-40", "1/0", "1/3", "\\", '"\\ud800"',
        '"\\UFFFFFFFF"', "cite", "all", "null", "{all: [{all: []}]}", "{any: 3}", "\u2028", "\ufeff", "\x85",
    ]
)  # fmt: skip


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_real_scheme_with_lines_spoilt_is_a_scheme_or_a_list_of_faults(data):
    lines = scheme_text(data.draw(st.sampled_from(scheme_ids()))).split("\n")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(lines) - 1))
        cut = data.draw(st.integers(0, len(lines[at])))
        lines[at] = lines[at][:cut] + data.draw(SCRAPS) + lines[at][cut + data.draw(st.integers(0, 6)) :]
    try_loading("\n".join(lines))


def spots(node, path=()):
    """Every place in a plain tree."""
    yield path
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield from spots(child, (*path, key))


TREES = {
    name: yaml.load(scheme_text(name), Loader=yaml.BaseLoader)
    for name in ("jiangmen-2020-county", "neimenggu-2018", "ruyuan-2017", "dongxi-2019-city")
}
ODDS = st.recursive(
    st.sampled_from(
        ["", "0", "-1", "3/7", "1e5", "好", "差", "town", "sanction", "甲 乙", "true", "2020-02-30", "9" * 200]
    ),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "all", "cite", "好", "x"]), inner, max_size=3)
    ),
    max_leaves=5,
)


@given(st.data())
@settings(max_examples=80, deadline=None, phases=[Phase.generate])
def test_a_real_scheme_with_values_of_the_wrong_kind_is_a_scheme_or_a_list_of_faults(data):
    tree = copy.deepcopy(TREES[data.draw(st.sampled_from(sorted(TREES)))])
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from([spot for spot in spots(tree) if spot]))
        place = tree
        for part in path[:-1]:
            place = place[part]
        place[path[-1]] = data.draw(ODDS)
    try_loading(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False))


def try_loading(text: str) -> None:
    for fault in faults_in(text):
        assert in_our_words(fault.message), fault
        assert "这里的写法不合要求" not in fault.message, f"say what is wrong: {fault}"
        assert 1 <= fault.line <= len(re.split("\r\n|[\n\r\x85\u2028\u2029]", text))


def faults_in(text: str) -> list:
    """The faults of a text; none if it is a scheme after all."""
    try:
        load_scheme(text)
    except SchemeError as error:
        return error.faults
    return []
