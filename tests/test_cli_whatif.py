"""``cli.py whatif``: the units before and after, from settings or an address, and every wrong setting with its mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.documents.forms import filled_form
from data.schemes import scheme
from scoring.marks import Mark, Sheet
from tests.cli_calls import COUNTY, run, totals, unit_of, worked, write

WHATIF = ["whatif", *COUNTY]
CROSS = ["--set", "components.cross.weight=50"]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def three(tmp_path: Path) -> list[str]:
    """鹤山市 with 1715/19, 1665/19 and 88.6: 42263/475 under 40/30/30, 8473/95 under 50/25/25."""
    return worked(tmp_path)


@pytest.fixture
def two(tmp_path: Path) -> list[str]:
    """鹤山市 92/86/85: 88.10; 台山市 80/92/92: 87.20. Under 60/20/20: 89.40 and 84.80; under 20/40/40: 86.80 and 89.60."""
    return [*totals(tmp_path, "鹤山市", "92", "86", "85"), *totals(tmp_path, "台山市", "80", "92", "92")]


def test_a_unit_stands_before_and_after_with_exact_values(capsys: Capture, three: list[str]) -> None:
    code, told, _ = run(capsys, *WHATIF, *CROSS, "--set", "lines.好=89", "--json", *three)
    unit = unit_of(told)
    assert code == 0
    assert list(told) == [
        "scheme", "scheme_hash", "engine", "readings", "scenario", "problems", "units", "changed", "migration",
    ]  # fmt: skip
    assert {half: (unit[half]["exact"], unit[half]["score"], unit[half]["grade"]) for half in ("before", "after")} == {
        "before": ("42263/475", "88.97", "较好"),
        "after": ("8473/95", "89.19", "好"),
    }
    assert unit["after"]["components"]["daily"]["weight"] == "25"
    assert unit_of(told, "台山市")["after"]["score"] is None
    assert told["changed"] == [
        {
            "unit": "鹤山市",
            "group": "county",
            "from": "较好",
            "to": "好",
            "why": "因交叉考核权重 40 → 50和“好”线 90 → 89共同作用",
            "sentence": "鹤山市：得分88.97 → 89.19，等次由“较好”升为“好”，因交叉考核权重 40 → 50和“好”线 90 → 89共同作用",
        }
    ]
    assert told["migration"] == [{"from": "较好", "to": "好", "units": 1}]


def test_the_scenario_is_told_as_it_can_be_typed_again(capsys: Capture, three: list[str]) -> None:
    _, told, _ = run(capsys, *WHATIF, *CROSS, "--set", "readings.rounding=不舍入", "--json", *three)
    assert told["scenario"] | {"scheme_hash": ""} == {
        "group": "county",
        "values": {"w": {"cross": "50", "municipal": "25", "daily": "25"}},
        "readings": {"rounding": "不舍入"},
        "settings": ["readings.rounding=不舍入", "components.cross.weight=50"],
        "scheme_hash": "",
    }
    assert told["scenario"]["scheme_hash"] != told["scheme_hash"]
    assert unit_of(told)["after"]["score"] == "8473/95"


def test_the_text_tells_what_was_moved_then_the_units_then_who_changes(capsys: Capture, two: list[str]) -> None:
    code, told, said = run(capsys, *WHATIF, "--set", "components.交叉考核.weight=20", "--set", "lines.好=89.5", *two)
    assert (code, said) == (0, "")
    assert told.splitlines() == [
        "考核方式权重：交叉考核 40 → 20，其余按比例",
        "等次线：“好”线 90 → 89.5",
        "",
        "各市（区）原结果 → 测算结果，没有箭头的不变：",
        "市（区）  位次   得分           等次",
        "台山市    2 → 1  87.20 → 89.60  较好 → 好",
        "鹤山市    1 → 2  88.10 → 86.80  较好",
        "其余5个尚无评分表",
        "",
        "1个市（区）改变等次，2个市（区）位次变化，2个市（区）得分变化",
        "台山市：得分87.20 → 89.60，等次由“较好”升为“好”，因交叉考核权重 40 → 20和“好”线 90 → 89.5共同作用",
    ]


def test_of_several_moves_the_one_that_did_it_is_named(capsys: Capture, two: list[str]) -> None:
    """The line alone lifts 88.10; the decimals change nothing. A single move stands at the top and is not said again."""
    _, told, _ = run(capsys, *WHATIF, "--set", "lines.好=88", "--set", "rounding.total=1", *two)
    assert told.splitlines()[-1] == "鹤山市：得分88.10 → 88.1，等次由“较好”升为“好”，因“好”线 90 → 88"
    _, told, _ = run(capsys, *WHATIF, "--set", "lines.好=88", *two)
    assert told.splitlines()[-1] == "鹤山市：得分88.10，等次由“较好”升为“好”"


def test_an_address_gives_the_scenario_and_settings_go_on_from_it(capsys: Capture, two: list[str]) -> None:
    address = "http://127.0.0.1:8501/whatif?a=3&level=w&w=cross:50,municipal:30,daily:20&r=%7B%22rounding%22%3A%22不舍入%22%7D"
    _, told, _ = run(capsys, *WHATIF, "--scenario", address, "--set", "components.cross.weight=60", "--json", *two)
    assert told["scenario"]["values"]["w"] == {"cross": "60", "municipal": "24", "daily": "16"}
    assert told["scenario"]["readings"] == {"rounding": "不舍入"}
    _, bare, _ = run(capsys, *WHATIF, "--scenario", "w=cross:50,municipal:25,daily:25", "--json", *two)
    assert bare["scenario"]["settings"] == ["components.cross.weight=50"]


def test_readings_in_force_count_before_and_after(capsys: Capture, two: list[str]) -> None:
    """不舍入 in force: both halves are unrounded, and going back to the default is what is tried."""
    _, told, _ = run(capsys, *WHATIF, "--reading", "rounding=不舍入", "--set", "readings.rounding=默认", "--json", *two)
    assert told["readings"] == {"rounding": "不舍入"}
    assert told["scenario"]["readings"] == {"rounding": "默认"}
    assert [unit_of(told)[half]["score"] for half in ("before", "after")] == ["88.1", "88.10"]


def test_a_limit_that_holds_the_grade_is_named(capsys: Capture, tmp_path: Path) -> None:
    """95 throughout, 记过: with 好 from 96 the score alone is 较好, and the grade was 较好 anyway."""
    forms = totals(tmp_path, "鹤山市", "95", "95", "95")
    fact = ["--fact", "鹤山市,班子成员受政务处分,记过"]
    _, told, _ = run(capsys, *WHATIF, *fact, "--set", "lines.好=96", *forms)
    assert told.splitlines()[-1] == "鹤山市：得分95.00，按分数由“好”降为“较好”，按五（四）等次仍为“较好”"
    _, told, _ = run(capsys, *WHATIF, *fact, "--set", "lines.好=99", "--set", "lines.较好=97", "--set", "lines.一般=90", *forms)
    assert told.splitlines()[-1] == "鹤山市：得分95.00，等次由“较好”降为“一般”"


def test_what_changes_nothing_says_so(capsys: Capture, three: list[str]) -> None:
    code, told, _ = run(capsys, *WHATIF, "--set", "lines.好=90", *three)
    assert code == 0
    assert told.splitlines()[0] == "测算与原方案相同：所写的值都是现行的值"
    assert told.splitlines()[-1] == "等次均不变，位次均不变，得分均不变"


def test_before_any_form_is_complete_there_is_nothing_to_compare(capsys: Capture, tmp_path: Path) -> None:
    _, told, _ = run(capsys, *WHATIF, *CROSS, write(tmp_path, "cross", {"好": 19}))
    assert told.splitlines()[-1] == "评分表尚未齐全或尚不能计分，没有可比的得分"


def test_a_form_that_cannot_be_taken_is_told_and_the_json_stays_whole(capsys: Capture, tmp_path: Path, two: list[str]) -> None:
    broken = tmp_path / "交叉考核_新会区.xlsx"
    broken.write_bytes(b"no workbook")
    code, told, said = run(capsys, *WHATIF, *CROSS, "--json", str(broken), *two)
    assert (code, said) == (1, "")
    assert {problem["file"] for problem in told["problems"]} == {broken.name}
    assert unit_of(told)["after"]["score"] == "88.75"  # 46 + 21.5 + 21.25
    code, _, said = run(capsys, *WHATIF, *CROSS, str(broken), *two)
    assert (code, broken.name in said) == (1, True)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["请用 --set 项目=值（可多次）或 --scenario 网址"]),
        (["--set", "components.third.weight=50"], ["考核方式中没有“third”", "cross（交叉考核）"]),
        (["--set", "components.cross.weight=五十"], ["“五十”不是数"]),
        (["--set", "components.cross.weight=60", "--set", "components.daily.weight=50"], ["合计110；请减去10"]),
        (["--set", "readings.rounding=取整"], ["没有“取整”这一选项；可用：默认、不舍入"]),
        (["--set", "lines.较好=95"], ["等次线的数值须由高到低"]),
        (["--set", "weight=1", "--set", "ticks.好=九十"], ["“weight=1”应写成 项目=值", "“九十”不是数"]),
        (["--scenario", "http://127.0.0.1/whatif?a=1"], ["中没有测算的内容", "w=cross:46,municipal:27,daily:27"]),
        (["--scenario", "w=cross:50,municipal:30,daily:30"], ["--scenario 中考核方式权重合计应为100，实为110"]),
        (["--scenario", 'r={"rounding":"取整"}'], ["口径“小数位数与舍入”没有“取整”这一选项"]),
        (["--reading", "rounding=取整", *CROSS], ["没有“取整”这一选项；可用：默认、不舍入"]),
        (["--group", "城市", *CROSS], ["没有“城市”这一组别；可用：county（"]),
    ],
)
def test_what_is_asked_wrongly_exits_with_2_and_says_how_to_mend_it(
    capsys: Capture, arguments: list[str], words: list[str]
) -> None:
    code, told, said = run(capsys, *WHATIF, *arguments, "没有读到这份.xlsx")
    assert (code, told) == (2, "")
    assert [word for word in words if word not in said] == []


def test_items_of_a_scheme_with_unlike_groups_ask_for_the_group(capsys: Capture) -> None:
    helpers = ["whatif", "--scheme", "guangdong-2019", "--set", "items.1.weight=20", "没有读到这份.xlsx"]
    code, _, said = run(capsys, *helpers)
    assert (code, "请用 --group 写明组别：helped（被帮扶市）、helper（对口帮扶市）" in said) == (2, True)
    code, _, said = run(capsys, *helpers, "--group", "对口帮扶市")
    assert (code, "读不到文件" in said) == (2, True)


def test_where_only_one_side_has_grades_it_is_told_by_count(capsys: Capture, tmp_path: Path) -> None:
    rules, borrowed = scheme("guangdong-2019"), "bands=借用江门2020的90/80/70"
    forms = []
    for part in rules.counted:
        marks = tuple(Mark(row.no, grade="好") for row in rules.items_for("helped", part.id, "汕头市"))
        forms.append(str(tmp_path / f"{part.name}_汕头市.xlsx"))
        Path(forms[-1]).write_bytes(filled_form(rules, Sheet("汕头市", part.id, marks)))
    call = ["whatif", "--scheme", rules.id, "--group", "helped"]
    _, told, _ = run(capsys, *call, "--set", f"readings.{borrowed}", *forms)
    assert told.splitlines()[-1] == "原不计算等次，测算为好1个，位次均不变，得分均不变"
    _, told, _ = run(capsys, *call, "--reading", borrowed, "--set", "readings.bands=默认", *forms)
    assert told.splitlines()[-1] == "测算后不计算等次，位次均不变，得分均不变"
