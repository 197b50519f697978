"""A scenario as a line to type: what is written is read back as the same scenario, whatever it holds."""

from __future__ import annotations

import shlex
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from data.schemes import scheme, scheme_ids
from scoring.assumptions import assumptions
from scoring.scenario import Scenario, choices
from scoring.scenario_line import command_line, quoted, settings
from scoring.scenario_settings import SettingError, readings_of, settings_of
from scoring.scheme import Scheme
from scoring.trial import CATEGORIES, ITEMS, LINES, POINTS, WEIGHTS, Level, Values, tidy

COUNTY = scheme("jiangmen-2020-county")
TYPED = [scheme(name) for name in scheme_ids() if name != "qujiang-2018"]


def of(*numbers: int | str) -> list[Fraction]:
    return [Fraction(number) for number in numbers]


def weights(*numbers: int | str) -> dict[str, Values]:
    return {WEIGHTS: dict(zip(("cross", "municipal", "daily"), of(*numbers), strict=True))}


def test_weights_that_kept_their_proportions_need_not_be_named() -> None:
    """30 and 30 became 25 and 25: with 50 told, they share the other 50 alike."""
    assert settings(Scenario("county", weights(50, 25, 25)), COUNTY) == ("components.cross.weight=50",)


def test_weights_that_did_not_are_all_named() -> None:
    assert settings(Scenario("county", weights(50, 30, 20)), COUNTY) == (
        "components.cross.weight=50",
        "components.municipal.weight=30",
        "components.daily.weight=20",
    )


def test_points_and_lines_that_stay_are_not_named_and_readings_come_first() -> None:
    lines = dict(zip(("好", "较好", "一般"), of(88, 80, 70), strict=True))
    tried = Scenario("county", {LINES: lines}, {"rounding": "不舍入"})
    assert settings(tried, COUNTY) == ("readings.rounding=不舍入", "lines.好=88")


def test_the_line_names_the_scheme_what_is_in_force_and_what_is_tried() -> None:
    tried = Scenario("county", weights(50, 25, 25), {"rounding": "默认"})
    assert command_line("方案 一.yaml", tried, COUNTY, {"rounding": "不舍入", "ticks": "默认", "old": "没有了"}) == (
        'python cli.py whatif --scheme "方案 一.yaml" --reading rounding=不舍入'
        " --set readings.rounding=默认 --set components.cross.weight=50 评分表/*.xlsx"
    )


def test_a_scenario_that_changes_nothing_is_scored_as_it_stands() -> None:
    line = command_line("guangdong-2019", Scenario("helper"), scheme("guangdong-2019"), {"rounding": "不舍入"})
    assert line == "python cli.py score --scheme guangdong-2019 --reading rounding=不舍入 评分表/*.xlsx"


def test_the_line_of_a_scheme_with_several_groups_names_the_group_and_the_office_s_figures() -> None:
    rules = scheme("guangdong-2019")
    tried, more = Scenario("helper", {}, {"rounding": "不舍入"}), ("--facts", "情形.csv")
    line = command_line("guangdong-2019", tried, rules, targets={"income": Fraction(9)}, more=more, sheets="甲.xlsx")
    assert line == (
        "python cli.py whatif --scheme guangdong-2019 --group helper --target income=9"
        " --set readings.rounding=不舍入 --facts 情形.csv 甲.xlsx"
    )


@given(st.text(st.characters(blacklist_categories=("Cs", "Cc"))))
def test_a_quoted_word_is_one_word_to_the_shell(word: str) -> None:
    assert shlex.split(quoted(word)) == [word]


@st.composite
def values_of(draw: st.DrawFn, level: Level) -> Values:
    """Values that can stand at a level: weights of the same total, or numbers that descend."""
    names = [*level.originals]
    if level.mode == "weights":
        parts = draw(st.lists(st.integers(0, 9), min_size=len(names), max_size=len(names)).filter(any))
        whole = sum(level.originals.values())
        return {name: whole * part / sum(parts) for name, part in zip(names, parts, strict=True)}
    hundredths = st.integers(1, 9999).map(lambda n: Fraction(n, 100))
    numbers = draw(st.lists(hundredths, min_size=len(names), max_size=len(names), unique=True))
    return dict(zip(names, sorted(numbers, reverse=True), strict=True))


@st.composite
def scenarios(draw: st.DrawFn) -> tuple[Scheme, dict[str, str], Scenario]:
    """Any shipped scheme, readings in force, and what a trial can hold: some levels moved, some readings changed."""
    own = draw(st.sampled_from(TYPED))
    offered = {one.key: st.sampled_from(one.labels) for one in assumptions(own) if one.alternatives}
    chosen = draw(st.fixed_dictionaries({}, optional=offered))
    more = {one.key: st.sampled_from(one.labels) for one in choices(own)}
    tried = draw(st.fixed_dictionaries({}, optional=more))
    readings = {key: label for key, label in tried.items() if label != chosen.get(key, "默认")}
    group = draw(st.sampled_from(own.marked_groups)).id
    known = Scenario(group, {}, readings).levels(own, chosen)
    moved = draw(st.sets(st.sampled_from([*known]))) if known else set()
    values = {name: draw(values_of(known[name])) for name in known if name in moved}
    if ITEMS in values:
        values.pop(CATEGORIES, None)
    return own, chosen, Scenario(group, tidy(known, values), readings)


@given(scenarios())
@trying(max_examples=60)  # each builds several schemes
def test_a_line_read_back_is_the_same_scenario(drawn: tuple[Scheme, dict[str, str], Scenario]) -> None:
    own, chosen, scenario = drawn
    words = shlex.split(command_line(own.id, scenario, own, chosen))
    options = list(pairwise(words))
    in_force = readings_of(own, [word for option, word in options if option == "--reading"])
    texts = [word for option, word in options if option == "--set"]
    assert in_force == {key: label for key, label in chosen.items() if label != "默认"}
    assert settings_of(own, in_force, Scenario(scenario.group), texts) == scenario


# Reading settings


def read(*texts: str, own: Scheme = COUNTY, base: Scenario | None = None) -> Scenario:
    return settings_of(own, {}, base or Scenario(own.marked_groups[0].id), texts)


def test_the_weights_that_are_not_named_share_what_is_left_in_proportion() -> None:
    assert read("components.cross.weight=50") == Scenario("county", weights(50, 25, 25))
    assert read("components.cross.weight=50", "components.daily.weight=20") == Scenario("county", weights(50, 30, 20))
    assert read("components.交叉考核.weight=100") == Scenario("county", weights(100, 0, 0))


def test_where_the_others_weigh_nothing_they_share_alike() -> None:
    base = Scenario("county", weights(100, 0, 0))
    assert read("components.cross.weight=60", base=base) == Scenario("county", weights(60, 20, 20))


def test_settings_go_on_from_the_scenario_they_begin_with() -> None:
    """30 and 20 share the other 40 as 24 and 16."""
    base = Scenario("county", weights(50, 30, 20), {"rounding": "不舍入"})
    assert read("components.cross.weight=60", base=base) == Scenario("county", weights(60, 24, 16), {"rounding": "不舍入"})
    assert read("readings.rounding=默认", base=base) == Scenario("county", weights(50, 30, 20))


def test_items_are_named_by_number_or_as_printed() -> None:
    """19 items of 100/19 each: with 10 told the other 18 share 90, so 5 each."""
    by_number = read("items.1.weight=10")
    assert by_number.values[ITEMS] == {"1": Fraction(10)} | {str(no): Fraction(5) for no in range(2, 20)}
    assert read("items.建档立卡贫困人口退出情况.weight=10") == by_number


def test_categories_points_and_lines_are_named_as_printed() -> None:
    """工作衔接 3 of 19, the others 16 of 19: with 20 told, 减贫成效 has 2/16 of 80."""
    assert read("categories.工作衔接.weight=20").values[CATEGORIES]["减贫成效"] == 10
    assert read("ticks.好=100").values == {POINTS: dict(zip(("好", "较好", "一般", "较差"), of(100, 85, 75, 60), strict=True))}
    assert read("lines.好=88.5").values == {LINES: dict(zip(("好", "较好", "一般"), of("88.5", 80, 70), strict=True))}


def test_a_reading_is_named_by_its_key_or_as_printed_and_values_are_of_the_scheme_under_it() -> None:
    helped = scheme("guangdong-2019")
    lines = read("lines.好=88", "readings.等次线=借用江门2020的90/80/70", own=helped)
    assert lines.readings == {"bands": "借用江门2020的90/80/70"}
    assert lines.values[LINES]["好"] == 88


def test_decimals_are_a_short_way_to_say_a_reading() -> None:
    assert read("rounding.total=1").readings == {"rounding": "四舍五入保留1位"}
    assert read("rounding.total=none").readings == {"rounding": "不舍入"}
    assert not read("rounding.total=2")


def test_what_the_scheme_has_already_changes_nothing() -> None:
    assert not read("components.cross.weight=40", "readings.rounding=默认", "lines.好=90")


@pytest.mark.parametrize(
    ("texts", "words"),
    [
        (["cross=50"], ["“cross=50”应写成 项目=值", "components.考核方式.weight"]),
        (["components.cross=50"], ["应写成 项目=值"]),
        (["components.cross.weight"], ["应写成 项目=值"]),
        (["rounding.total=3"], ["小数位数没有“3”这一选项；可用：0、1、2、none"]),
        (["rounding.total=1", "readings.rounding=不舍入"], ["写了不止一次"]),
        (["components.third.weight=50"], ["考核方式中没有“third”", "cross（交叉考核）"]),
        (["components.自查自评.weight=50"], ["“自查自评”不计入综合得分，没有权重"]),
        (["components.cross.weight=五十"], ["components.cross.weight 的值“五十”不是数", "如 50"]),
        (["components.cross.weight=50%"], ["“50%”不是数"]),
        (["components.cross.weight=-1"], ["不在0至100之间"]),
        (["components.cross.weight=101"], ["不在0至100之间"]),
        (["components.cross.weight=1", "components.交叉考核.weight=2"], ["写了不止一次"]),
        (
            ["components.cross.weight=60", "components.municipal.weight=50"],
            ["合计应为100", "交叉考核60、市级考核50", "合计110；请减去10"],
        ),
        (
            ["components.cross.weight=33.3", "components.municipal.weight=33.3", "components.daily.weight=33.3"],
            ["合计99.9；请补足0.1，或少写一项"],
        ),
        (["categories.没有.weight=1"], ["类别中没有“没有”", "减贫成效"]),
        (["items.20.weight=1"], ["指标中没有“20”", "1、2、3"]),
        (["categories.减贫成效.weight=20", "items.1.weight=10"], ["类别权重与指标权重只能测算一种"]),
        (["ticks.好=80"], ["赋分的数值须由高到低", "好80、较好85"]),
        (["lines.较好=95"], ["等次线的数值须由高到低", "好90、较好95、一般70"]),
        (["lines.一般=0"], ["等次线的数值须由高到低"]),
        (["lines.较差=60"], ["“较差”是最后一档"]),
        (["readings.rounding=取整"], ["“小数位数与舍入”（rounding）没有“取整”这一选项；可用：默认、不舍入、四舍五入取整数"]),
        (["readings.bands=不舍入"], ["没有“bands”这一可选的口径；可用：ticks（四档赋分）"]),
        (["readings.rounding=不舍入", "readings.rounding=默认"], ["写了不止一次"]),
        (["components.third.weight=5", "lines.好=很高", "readings.x=y"], ["没有“third”", "“很高”不是数", "没有“x”"]),
    ],
)
def test_a_setting_that_cannot_stand_is_refused_with_how_to_mend_it(texts: list[str], words: list[str]) -> None:
    with pytest.raises(SettingError) as refused:
        read(*texts)
    assert [word for word in words if word not in str(refused.value)] == []


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("dongxi-2019-city", "components.yearly.weight=50", "本方案只有一种评价方式"),
        ("dongxi-2019-department", "items.1.weight=5", "没有可测算的指标权重；可测算：类别权重、赋分、等次线"),
        ("neimenggu-2018", "ticks.好=90", "没有可测算的赋分"),
        ("guangdong-2019", "lines.好=88", "可先选定口径，如 readings.bands=借用江门2020的90/80/70"),
        ("qujiang-2018", "components.daily.weight=50", "没有可测算的"),
    ],
)
def test_where_a_scheme_has_nothing_to_move_it_is_said_why(name: str, text: str, words: str) -> None:
    with pytest.raises(SettingError, match=words):
        read(text, own=scheme(name))


def test_a_scenario_that_another_reading_no_longer_allows_is_said() -> None:
    points = dict(zip(("好", "较好", "一般", "较差"), of(96, 85, 75, 60), strict=True))
    own = scheme("dongxi-2019-city")
    base = Scenario("city", {LINES: dict(zip(("好", "较好", "一般"), of(88, 80, 70), strict=True))})
    with pytest.raises(SettingError, match="等次线在所选口径下不能成立"):
        read("readings.bands=只出得分，等次由评议确定", own=own, base=base)
    assert read("readings.rounding=不舍入", base=Scenario("county", {POINTS: points})).values == {POINTS: points}


@pytest.mark.parametrize(("text", "words"), [("rounding", "没有“”这一选项"), ("x=不舍入", "没有“x”")])
def test_a_reading_in_force_is_refused_alike(text: str, words: str) -> None:
    with pytest.raises(SettingError, match=words):
        readings_of(COUNTY, [text])
