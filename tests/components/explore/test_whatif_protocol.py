"""What the what-if board sends to the browser, and what it believes of what comes back."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction as Q

import pytest

from components.explore.whatif_board import SCRIPTS, Board, BoardUnit, Control, encode, read_release, script, token_of

LINES = (("好", Q(90)), ("较好", Q(80)), ("一般", Q(70)), ("较差", Q(0)))
CONTROLS = (
    Control("cross", "交叉考核", Q(40), Q(40)),
    Control("municipal", "市级考核", Q(30), Q(30)),
    Control("daily", "日常工作", Q(30), Q(30)),
)
UNIT = BoardUnit("a", "对象甲", (Q(92), Q(86), Q(1705, 19)), before_score=Q("88.10"), before_grade=1, before_rank=1)
BOARD = Board("weights", CONTROLS, (UNIT,), LINES)


def released(board: Board = BOARD, **values: str) -> dict[str, object]:
    """What the browser would send."""
    return {"token": token_of(board), "values": {"cross": "400/10", "municipal": "300/10", "daily": "300/10"} | values}


def test_every_number_travels_as_a_whole_number_over_the_denominator_of_its_kind() -> None:
    sent = encode(BOARD)
    assert (sent["settings"], sent["marks"], sent["shown"]) == ("10", "19", "10")
    assert sent["controls"][0] == {
        "id": "cross", "name": "交叉考核", "unit": "%",
        "value": "400", "original": "400", "low": "0", "high": "1000", "step": "1",
    }  # fmt: skip
    assert sent["units"][0]["x"] == ["1748", "1634", "1705"]
    assert sent["units"][0]["before"] == {"score": "881", "grade": 1, "rank": 1}
    assert sent["lines"][0] == {"name": "好", "least": "900"}


def test_a_missing_result_travels_as_null_and_never_as_zero() -> None:
    sent = encode(replace(BOARD, units=(UNIT, BoardUnit("b", "恩平市", None))))
    assert sent["units"][1]["x"] is None
    assert sent["units"][1]["before"] == {"score": None, "grade": None, "rank": None}


def test_the_worst_grade_looks_the_worst_however_many_grades_there_are() -> None:
    two = encode(replace(BOARD, lines=(("合格", Q(60)), ("不合格", Q(0))), units=()))
    assert (two["shapes"], two["tones"]) == (["●", "■"], [0, 3])
    assert encode(BOARD)["shapes"] == ["●", "◆", "▲", "■"]


def test_the_board_opens_where_it_is_told_and_stands_where_it_was_left() -> None:
    cross, municipal, daily = CONTROLS
    opened = replace(BOARD, controls=(replace(cross, value=Q(50)), replace(municipal, value=Q(20)), daily))
    assert encode(opened)["current"] == ["500", "200", "300"]
    left = {"cross": Q(46), "municipal": Q(27), "daily": Q(27)}
    assert encode(BOARD, left)["current"] == ["460", "270", "270"]


def test_a_release_gives_exact_values() -> None:
    given = read_release(BOARD, released(cross="461/10", municipal="269/10", daily="270/10"))
    assert given == {"cross": Q("46.1"), "municipal": Q("26.9"), "daily": Q(27)}


def test_before_any_release_there_are_no_values() -> None:
    assert read_release(BOARD, None) is None


@pytest.mark.parametrize(
    "values",
    [
        {"cross": "401/10"},  # the total would be 100.1
        {"cross": "-10/10", "municipal": "710/10"},  # below zero
        {"cross": "1010/10", "municipal": "-310/10"},
        {"cross": "400/0"},
        {"cross": "40.0"},
        {"cross": "4e1/1"},
        {"cross": 40.0},  # a float is never exact
        {"cross": None},
        {"cross": "nan"},
    ],
)
def test_a_forged_release_is_not_believed(values: dict[str, object]) -> None:
    assert read_release(BOARD, released(**values)) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("state", ["46", 46, [], {}, {"token": "x", "values": {}}])
def test_a_malformed_release_is_not_believed(state: object) -> None:
    assert read_release(BOARD, state) is None


def test_a_release_without_one_of_the_controls_is_not_believed() -> None:
    partial = released()
    partial["values"] = {"cross": "1000/10"}
    assert read_release(BOARD, partial) is None


def test_what_was_released_under_another_question_is_void() -> None:
    other = replace(BOARD, token="scenario-2")
    assert read_release(other, released()) is None


def test_new_marks_do_not_make_another_question() -> None:
    more = replace(BOARD, units=(*BOARD.units, BoardUnit("b", "对象乙", (Q(90), Q(90), Q(1, 7)))))
    assert token_of(more) == token_of(BOARD)
    assert token_of(replace(BOARD, token="情景2")) != token_of(BOARD)


def test_lines_out_of_order_are_not_believed() -> None:
    controls = tuple(Control(name, name, least, least) for name, least in LINES[:3])
    board = Board("lines", controls, (BoardUnit("a", "对象甲", (), Q(88)),), LINES)
    values = {"好": "90/1", "较好": "91/1", "一般": "70/1"}
    assert read_release(board, {"token": token_of(board), "values": values}) is None
    assert read_release(board, {"token": token_of(board), "values": values | {"较好": "89/1"}}) is not None


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"controls": ()}, "测算项为空"),
        ({"controls": (CONTROLS[0], CONTROLS[0])}, "编号重复"),
        ({"controls": (replace(CONTROLS[0], value=Q(50)), *CONTROLS[1:])}, "权重合计须与文件一致"),
        ({"controls": (replace(CONTROLS[0], value=Q(101)), *CONTROLS[1:])}, "上下限"),
        ({"controls": (replace(CONTROLS[0], step=Q(0)), *CONTROLS[1:])}, "步长"),
        ({"units": (replace(UNIT, x=(Q(1),)),)}, "须有3项数值"),
        ({"lines": (("较好", Q(80)), ("好", Q(90)))}, "由高到低"),
        ({"colours": ("red",)}, "颜色或图形少于等次"),
    ],
)
def test_a_board_that_would_draw_wrongly_is_refused_with_the_reason(changes: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        replace(BOARD, **changes)  # type: ignore[arg-type]


def test_all_problems_of_a_board_are_said_at_once() -> None:
    with pytest.raises(ValueError, match=r"权重合计.*颜色或图形少于等次"):
        replace(BOARD, controls=(replace(CONTROLS[0], value=Q(50)), *CONTROLS[1:]), colours=("red",))


def test_weights_that_are_all_zero_are_refused() -> None:
    zero = tuple(replace(control, value=Q(0), original=Q(0)) for control in CONTROLS)
    with pytest.raises(ValueError, match="权重合计须大于零"):
        replace(BOARD, controls=zero)


def test_names_reach_the_page_as_text_and_the_network_is_never_asked() -> None:
    source = script(*SCRIPTS)
    forbidden = ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch(", "XMLHttp", "import")
    found = [word for word in forbidden if word in source]
    assert not found, f"{found} in the what-if board: names come from uploads, and offices have no network."


def test_no_float_decides_anything_in_the_arithmetic() -> None:
    code = re.sub(r"/\*.*?\*/", "", script("exact", "linking"), flags=re.DOTALL)
    code = re.sub(r"function toPixelNumber.*?\n}", "", code, flags=re.DOTALL)  # says itself that it only draws
    found = re.findall(r"\bNumber\(|parseFloat|parseInt|Math\.|toFixed|\d\.\d", code)
    assert "function move" in code
    assert not found, f"{found} in the exact scripts: keep to BigInt."
