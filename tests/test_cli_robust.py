"""``cli.py robust``: how firm each grade is, held against cases worked by hand, and what it says being true when applied."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.documents.forms import filled_form
from data.schemes import scheme
from scoring.marks import Mark, Sheet
from tests.cli_calls import COUNTY, RULES, run, totals, unit_of, write

ROBUST = ["robust", *COUNTY]
Capture = pytest.CaptureFixture[str]
KEYS = {
    "unit", "grade", "score_grade", "binding", "radius_percent", "intervals", "nearest_up", "nearest_down", "local_shares",
    "shares", "expected_rank",
}  # fmt: skip
FREE = {"low": "0", "high": "1", "low_closed": True, "high_closed": True}


@pytest.fixture
def hand(tmp_path: Path) -> list[str]:
    """The case worked by hand: 92, 86, 85 under 40/30/30, so 88.10, 较好; 好 truly begins at 89.995."""
    return totals(tmp_path, "鹤山市", "92", "86", "85")


def test_the_case_worked_by_hand(capsys: Capture, hand: list[str]) -> None:
    """Radius (89.995 − 88.1) ÷ 2.7; 交叉考核 up to (89.995 − 85.5) ÷ 6.5; 好 in 2.005² ÷ (6 × 7) of all weightings."""
    code, told, said = run(capsys, *ROBUST, "--json", *hand)
    unit = unit_of(told)
    assert (code, said) == (0, "")
    assert set(unit) >= KEYS
    assert {key: unit[key] for key in ("grade", "score_grade", "binding", "level", "why_not")} == {
        "grade": "较好", "score_grade": "较好", "binding": [], "level": "w", "why_not": None,
    }  # fmt: skip
    assert (unit["radius_percent"], unit["radius_closed"]) == ("1895/27", False)
    assert unit["intervals"] == {
        "cross": {"low": "0", "high": "899/1300", "low_closed": True, "high_closed": False},
        "municipal": FREE,
        "daily": FREE,
    }
    assert unit["shares"] == {"好": "160801/1680000", "较好": "1519199/1680000", "一般": "0", "较差": "0"}
    assert unit["local_shares"] == {"好": "0", "较好": "1", "一般": "0", "较差": "0"}


def test_the_nearest_changes_of_that_case(capsys: Capture, hand: list[str]) -> None:
    """Up: 92 + 1.895 ÷ 0.4 = 96.7375. Down, to below 79.995: 92 − 8.105 ÷ 0.4 = 71.7375; no weights, for 85 is the least."""
    _, told, _ = run(capsys, *ROBUST, "--json", *hand)
    up, down = unit_of(told)["nearest_up"], unit_of(told)["nearest_down"]
    assert up["weights"] == {"cross": "0.6916", "municipal": "0.1542", "daily": "0.1542"}
    assert up["set"] == "components.cross.weight=69.16"
    assert up["mark"] == {"component": "cross", "indicator": None, "from": "92", "to": "96.74"}
    assert up["sentence"] == (
        "距“好”差1.90分：交叉考核由92.00升至96.74以上，或交叉考核权重由40%升至69.16%以上（其余按比例），即达到“好”"
    )
    assert (down["weights"], down["set"]) == (None, None)
    assert down["mark"] == {"component": "cross", "indicator": None, "from": "92", "to": "71.73"}
    assert down["sentence"] == "高出“较好”等次线8.10分：交叉考核由92.00降至71.73以下，即低于该线"


def test_the_text_of_that_case(capsys: Capture, hand: list[str]) -> None:
    _, told, _ = run(capsys, *ROBUST, *hand)
    assert told.splitlines() == [
        "考核方式权重：交叉考核40%、市级考核30%、日常工作30%",
        "各考核方式权重同时变动±70.1%以内，全部等次不变",
        "",
        "鹤山市　第1位　88.10分　较好",
        "  各考核方式权重同时变动±70.1%以内，等次不变",
        "  距“好”差1.90分：交叉考核由92.00升至96.74以上，或交叉考核权重由40%升至69.16%以上（其余按比例），即达到“好”",
        "  高出“较好”等次线8.10分：交叉考核由92.00降至71.73以下，即低于该线",
        "  一项权重单独变动（其余按比例）而等次不变的范围：交叉考核0%至69.15%，市级考核、日常工作不限",
        "  权重在±5个百分点内：较好100%；任意权重：好9.57…%、较好90.42…%",
        "",
        "蓬江区、江海区、新会区、台山市、开平市、恩平市：尚无综合得分",
    ]


def test_the_nearest_change_typed_into_whatif_flips_the_grade_and_a_hundredth_less_does_not(
    capsys: Capture, hand: list[str]
) -> None:
    for weight, grade in (("69.16", "好"), ("69.15", "较好")):
        _, told, _ = run(capsys, "whatif", *COUNTY, "--set", f"components.cross.weight={weight}", "--json", *hand)
        assert unit_of(told)["after"]["grade"] == grade


def test_expected_ranks_by_hand(capsys: Capture, tmp_path: Path) -> None:
    """92/86/85 is above a steady 90 in (2/6)·(2/7) = 2/21 of all weightings; the five at 70 share the places 3 to 7."""
    marks = dict.fromkeys((unit.name for unit in RULES.groups[0].units), ("70", "70", "70"))
    marks |= {"鹤山市": ("92", "86", "85"), "台山市": ("90", "90", "90")}
    forms = [path for unit, three in marks.items() for path in totals(tmp_path, unit, *three)]
    _, told, _ = run(capsys, *ROBUST, "--json", *forms)
    ranks = {unit["unit"]: unit["expected_rank"] for unit in told["units"]}
    assert (ranks.pop("鹤山市"), ranks.pop("台山市")) == ("40/21", "23/21")
    assert set(ranks.values()) == {"5"}
    assert unit_of(told)["ahead"]["unit"] == "台山市"
    assert unit_of(told)["ahead"]["gap"] == "1.9"


def test_exactly_on_the_true_line_a_unit_is_safe_on_one_side_only(capsys: Capture, tmp_path: Path) -> None:
    """0.4 × 100 + 0.3 × 83.32 + 0.3 × 83.33 = 89.995: rounded 90.00, 好; any less of 交叉考核 and it is not."""
    forms = totals(tmp_path, "鹤山市", "100", "83.32", "83.33")
    _, told, _ = run(capsys, *ROBUST, "--json", *forms)
    unit = unit_of(told)
    assert (unit["grade"], unit["radius_percent"], unit["radius_closed"]) == ("好", "0", True)
    assert unit["intervals"]["cross"] == {"low": "0.4", "high": "1", "low_closed": True, "high_closed": True}
    assert unit["nearest_down"]["set"] == "components.cross.weight=39.99"
    _, told, _ = run(capsys, *ROBUST, *forms)
    assert "  权重稍有变动，等次就可能改变" in told.splitlines()
    assert "范围：交叉考核40%至100%" in told


def test_equal_marks_everywhere_are_moved_by_no_weight(capsys: Capture, tmp_path: Path) -> None:
    forms = totals(tmp_path, "鹤山市", "85", "85", "85")
    _, told, _ = run(capsys, *ROBUST, "--json", *forms)
    unit = unit_of(told)
    assert (unit["radius_percent"], unit["nearest_up"]["weights"]) == (None, None)
    assert unit["intervals"] == {"cross": FREE, "municipal": FREE, "daily": FREE}
    _, told, _ = run(capsys, *ROBUST, *forms)
    assert told.splitlines()[1] == "无论各考核方式权重怎样调整，全部等次不变"


def test_a_limit_that_binds_is_named_and_the_score_alone_stands_beside_it(capsys: Capture, tmp_path: Path) -> None:
    forms = totals(tmp_path, "鹤山市", "95", "95", "86")
    fact = ["--fact", "鹤山市,班子成员受政务处分,记过"]
    _, told, _ = run(capsys, *ROBUST, *fact, "--json", *forms)
    unit = unit_of(told)
    assert (unit["score"], unit["score_grade"], unit["grade"]) == ("92.30", "好", "较好")
    assert unit["binding"] == [{"id": "leader", "best": "较好", "cite": "五（四）"}]
    assert unit["radius_percent"] is None
    assert (unit["nearest_up"]["weights"], unit["nearest_up"]["mark"]) == (None, None)
    assert "五（四）" in unit["nearest_up"]["sentence"]
    # by score: (92.3 − 89.995) ÷ (0.3 × 9), and 日常工作 up to (95 − 89.995) ÷ 9
    assert unit["by_score"]["radius_percent"] == "2305/27"
    assert unit["by_score"]["intervals"]["daily"]["high"] == "1001/1800"
    _, told, _ = run(capsys, *ROBUST, *fact, *forms)
    assert "  只按分数（“好”）：各考核方式权重同时变动±85.3%以内，等次不变；" in told


def town(folder: Path, best: int) -> str:
    """白沙街道 with 好 in one item and 较好 in the other 18."""
    rules = scheme("jiangmen-2020-town")
    items = rules.indicators_of(rules.group_of("白沙街道").id)
    marks = tuple(Mark(row.no, grade="好" if row.no == best else "较好") for row in items)
    path = folder / "白沙街道.xlsx"
    path.write_bytes(filled_form(rules, Sheet("白沙街道", "county", marks)))
    return str(path)


def test_where_there_is_one_component_the_categories_are_asked(capsys: Capture, tmp_path: Path) -> None:
    """资金管理 is one item of 19, here the only 好: 85 + 10 t reaches 89.995 at t = 0.4995; radius 4.995 × 19 ÷ 10 − 1."""
    _, told, _ = run(capsys, "robust", "--scheme", "jiangmen-2020-town", "--json", town(tmp_path, 14))
    unit = unit_of(told, "白沙街道")
    assert unit["level"] == "c"
    assert unit["intervals"]["资金管理"] == {"low": "0", "high": "0.4995", "low_closed": True, "high_closed": False}
    assert unit["intervals"]["减贫成效"] == FREE
    assert unit["radius_percent"] == "849.05"
    assert unit["nearest_up"]["set"] == "categories.资金管理.weight=49.95"


def test_items_are_told_by_number(capsys: Capture, tmp_path: Path) -> None:
    call = ["robust", "--scheme", "jiangmen-2020-town", "--level", "指标", town(tmp_path, 14)]
    _, told, _ = run(capsys, *call)
    assert "考核方式" not in told.splitlines()[0]
    assert "范围：第14项0%至49.94%，其余18项不限" in told


def test_beneath_one_category_its_own_items_are_asked(capsys: Capture, tmp_path: Path) -> None:
    """责任落实 is 2 of 19 items, its 3rd the only 好: at most 85 + 10 × 2/19, so no weight beneath it reaches 89.995."""
    call = ["robust", "--scheme", "jiangmen-2020-town", town(tmp_path, 3), "--level"]
    _, told, _ = run(capsys, *call, "精准扶贫/责任落实", "--json")
    unit = unit_of(told, "白沙街道")
    assert (unit["level"], unit["radius_percent"]) == ("n:精准扶贫/责任落实", None)
    assert unit["intervals"] == {"3": FREE, "4": FREE}
    _, text, _ = run(capsys, *call, "n:精准扶贫/责任落实")
    assert "“责任落实”之下权重：第3项50%、第4项50%" in text
    assert "无论“责任落实”之下各项权重怎样调整，全部等次不变" in text


def test_a_document_without_lines_says_so_and_how_to_borrow_some(capsys: Capture, tmp_path: Path) -> None:
    code, told, _ = run(capsys, "robust", "--scheme", "guangdong-2019", *guangdong(tmp_path))
    assert code == 0
    assert "汕头市：文件没有等次线" in told
    assert told.splitlines()[-1] == "可按另一口径的等次线再算：--reading bands=借用江门2020的90/80/70"
    _, told, _ = run(
        capsys, "robust", "--scheme", "guangdong-2019", "--reading", "bands=借用江门2020的90/80/70", *guangdong(tmp_path)
    )
    assert "汕头市　第1位　95.00分　好" in told.splitlines()


def guangdong(folder: Path) -> list[str]:
    """汕头市 with 好 everywhere."""
    rules, forms = scheme("guangdong-2019"), []
    for part in rules.counted:
        marks = tuple(Mark(row.no, grade="好") for row in rules.items_for("helped", part.id, "汕头市"))
        forms.append(str(folder / f"{part.name}_汕头市.xlsx"))
        Path(forms[-1]).write_bytes(filled_form(rules, Sheet("汕头市", part.id, marks)))
    return forms


def test_a_form_that_cannot_be_taken_leaves_the_json_whole(capsys: Capture, tmp_path: Path, hand: list[str]) -> None:
    broken = tmp_path / "交叉考核_新会区.xlsx"
    broken.write_bytes(b"no workbook")
    code, told, _ = run(capsys, *ROBUST, "--json", str(broken), *hand)
    assert code == 1
    assert {problem["file"] for problem in told["problems"]} == {broken.name}
    assert unit_of(told)["radius_percent"] == "1895/27"
    assert unit_of(told, "新会区") | {"level": ""} == {
        "unit": "新会区", "group": "county", "score": None, "rank": None, "grade": None, "score_grade": None, "binding": [],
        "level": "", "radius_percent": None, "radius_closed": None, "intervals": None, "local_shares": None, "shares": None,
        "nearest_up": None, "nearest_down": None, "expected_rank": None, "place_intervals": None, "ahead": None,
        "behind": None, "why_not": "尚无综合得分",
        "by_score": {
            "radius_percent": None, "radius_closed": None, "intervals": None, "local_shares": None, "shares": None,
            "nearest_up": None, "nearest_down": None,
        },
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--level", "x"], "没有“x”这一层权重；可用：w（考核方式权重）、c（类别权重）、i（指标权重），以及类别之下：减贫成效、精准扶贫"),
        (["--level", "l"], "没有“l”这一层权重"),
        (["--reading", "rounding=取整"], "没有“取整”这一选项；可用：默认、不舍入"),
        (["--fact", "鹤山县,班子成员受政务处分,记过"], "鹤山县"),
        ([], "读不到文件“没有读到这份.xlsx”"),
    ],
)
def test_what_is_asked_wrongly_exits_with_2_and_says_how_to_mend_it(
    capsys: Capture, arguments: list[str], words: str
) -> None:
    code, told, said = run(capsys, *ROBUST, *arguments, "没有读到这份.xlsx")
    assert (code, told) == (2, "")
    assert words in said


def test_a_mark_of_an_item_is_told_where_forms_are_ticked(capsys: Capture, tmp_path: Path) -> None:
    """0.7 × (85 + 90/19) + 27 = 89.8157…; one more 好 in 交叉考核 adds 0.4 × 10/19 = 0.2105…: 90.03."""
    forms = [write(tmp_path, part, {"好": 9, "较好": 10}) for part in ("cross", "municipal")]
    _, told, _ = run(capsys, *ROBUST, "--json", *forms, write(tmp_path, "daily", "90"))
    up = unit_of(told)["nearest_up"]
    assert up["mark"] == {"component": "cross", "indicator": 10, "from": "较好", "to": "好"}
    assert up["total"]["indicator"] is None


def test_what_is_set_is_asked_of_the_scheme_it_makes(capsys: Capture, hand: list[str]) -> None:
    """Under 69/15.5/15.5 the case scores 89.985, 0.01 below where 好 truly begins; about the median 92 the spread is
    0.155 × 6 + 0.155 × 7 = 2.015."""
    _, told, _ = run(capsys, *ROBUST, "--set", "components.cross.weight=69", "--json", *hand)
    assert told["scenario"]["settings"] == ["components.cross.weight=69"]
    assert unit_of(told)["score"] == "89.99"
    assert unit_of(told)["radius_percent"] == "200/403"
    _, text, _ = run(capsys, *ROBUST, "--set", "components.cross.weight=69", *hand)
    assert text.splitlines()[:2] == [
        "测算 考核方式权重：交叉考核 40 → 69，其余按比例",
        "考核方式权重：交叉考核69%、市级考核15.5%、日常工作15.5%",
    ]
