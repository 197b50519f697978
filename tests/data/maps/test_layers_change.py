"""变化 on the map: up, same and down, by grade and by points; what cannot be compared says why."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import pytest

from data.maps.layers import Change, Measures, Shift, kinds, painted
from data.maps.layers.change import legend
from data.maps.paint import Fill
from data.maps.spots import Spot
from data.state import State, load_state
from data.store import Store
from tests.data.maps.hands import counties, every_unit, open_store
from tests.pages import builders, documents

SHIFTS = {
    "蓬江区": Shift((Fraction("88.20"), "较好"), (Fraction(90), "好"), more=("其中：评分升1.80分",)),
    "江海区": Shift((Fraction("80.20"), "较好"), (Fraction("79.78"), "一般")),
    "新会区": Shift((Fraction("93.00"), "较好"), (Fraction(94), "较好")),
    "台山市": Shift((Fraction("83.90"), "较好"), (Fraction("83.90"), "较好")),
    "开平市": Shift((Fraction("95.00"), "好"), (Fraction("89.995"), "好")),
    "鹤山市": Shift((None, None), (Fraction("93.55"), "好"), why="无上年数据"),
    "恩平市": Shift((Fraction(85), "较好"), (None, None), why="本年得分不全"),
}


class Told(Measures):
    """A change that a test tells by hand."""

    def __init__(self, shifts: dict[str, Shift]) -> None:
        self.shifts = shifts

    def changes(self, state: State, group: str) -> dict[str, str]:
        return {"last": "较上年", "s7": "情景“甲”"}

    def change(self, state: State, group: str, choice: str) -> Change | None:
        return Change("上年", ("上年", "本年"), self.shifts, "图示较上年的变化。")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path) as opened:
        yield opened


@pytest.fixture
def seven(store: Store) -> dict[str, Spot]:
    return counties(load_state(store, builders.county(store).id))


def fills(seven: dict[str, Spot], shifts: dict[str, Shift]) -> dict[str, Fill]:
    shown = painted("change.last", seven.values(), measures=Told(shifts))
    return {name: shown.fills[spot.place.code] for name, spot in seven.items()}


def test_what_there_is_to_tell_against_is_offered_by_name(seven: dict[str, Spot]) -> None:
    offered = kinds(seven.values(), [], Told(SHIFTS))[-1]
    assert (offered.id, offered.choices) == ("change", {"change.last": "较上年", "change.s7": "情景“甲”"})
    assert "change" not in {kind.id for kind in kinds(seven.values(), [])}


@pytest.mark.parametrize(
    ("name", "word", "lines"),
    [
        ("蓬江区", "等次上升", ("↑ 较好→好", "+1.80分")),
        ("江海区", "等次下降", ("↓ 较好→一般", "-0.42分")),
        ("新会区", "等次不变，得分上升", ("＝ 较好", "+1.00分")),
        ("台山市", "等次和得分均不变", ("＝ 较好", "得分不变")),
        ("开平市", "等次不变，得分下降", ("＝ 好", "-5.005分")),
    ],
)
def test_each_way_to_change_has_its_arrow_its_words_and_its_exact_points(seven, name, word, lines) -> None:
    fill = fills(seven, SHIFTS)[name]
    assert (fill.word, fill.lines) == (word, lines)


def test_both_sides_and_the_source_stand_in_the_tip(seven: dict[str, Spot]) -> None:
    told = fills(seven, SHIFTS)["蓬江区"].tip.split("\n")
    assert told[:5] == [
        "蓬江区",
        "较上年：较好→好，+1.80分",
        "上年：88.20分，较好",
        "本年：90.00分，好",
        "其中：评分升1.80分",
    ]


def test_what_cannot_be_compared_is_grey_and_says_why(seven: dict[str, Spot]) -> None:
    told = fills(seven, SHIFTS)
    assert (told["鹤山市"].sign, "较上年：无上年数据" in told["鹤山市"].tip) == ("○ 不能比较", True)
    assert (told["恩平市"].sign, "较上年：本年得分不全" in told["恩平市"].tip) == ("○ 暂缺", True)


def test_a_unit_that_the_comparison_does_not_know_is_not_called_unchanged(seven: dict[str, Spot]) -> None:
    told = fills(seven, {"蓬江区": SHIFTS["蓬江区"]})
    assert {fill.word for name, fill in told.items() if name != "蓬江区"} == {"不能比较"}


def test_out_of_other_full_marks_no_points_are_subtracted(seven: dict[str, Spot]) -> None:
    shift = Shift((Fraction(150), "较好"), (Fraction(90), "好"), measured=False)
    fill = fills(seven, {"蓬江区": shift})["蓬江区"]
    assert fill.lines == ("↑ 较好→好",)
    assert "-60" not in fill.tip


def test_the_same_grade_out_of_other_full_marks_is_never_called_an_unchanged_score(seven: dict[str, Spot]) -> None:
    shift = Shift((Fraction(150), "好"), (Fraction(90), "好"), measured=False)
    fill = fills(seven, {"蓬江区": shift})["蓬江区"]
    assert (fill.word, "得分均不变" in fill.tip) == ("不能比较", False)


def test_a_grade_that_the_scheme_does_not_know_is_not_compared(seven: dict[str, Spot]) -> None:
    shift = Shift((Fraction(85), "良好"), (Fraction(90), "好"))
    assert fills(seven, {"蓬江区": shift})["蓬江区"].word == "不能比较"


def test_the_legend_has_every_way_best_first(seven: dict[str, Spot]) -> None:
    shown = painted("change.last", seven.values(), measures=Told(SHIFTS)).legend
    assert [fill.sign for fill in shown] == [
        "↑ 等次上升", "＝ 等次不变，得分上升", "＝ 等次和得分均不变", "＝ 等次不变，得分下降", "↓ 等次下降", "○ 不能比较", "○ 暂缺",
    ]  # fmt: skip


def test_without_grades_the_score_alone_rises_or_falls(store: Store) -> None:
    state = load_state(store, documents.guangdong(store).id)
    found = every_unit(state)
    shifts = {
        spot.place.name: Shift((Fraction(80), None), (Fraction(80 + at - 1), None)) for at, spot in enumerate(found[:3])
    }
    shown = painted("change.last", found, measures=Told(shifts))
    assert [shown.fills[spot.place.code].lines for spot in found[:3]] == [
        ("↓", "-1.00分"), ("＝", "得分不变"), ("↑", "+1.00分"),
    ]  # fmt: skip
    assert [fill.word for fill in shown.legend[:3]] == ["得分上升", "得分不变", "得分下降"]


def test_last_year_without_lines_the_score_alone_is_compared(seven: dict[str, Spot]) -> None:
    shifts = {name: Shift((Fraction(80), None), (Fraction(81), "较好")) for name in seven}
    shown = painted("change.last", seven.values(), measures=Told(shifts))
    assert {fill.word for fill in shown.fills.values()} == {"得分上升"}
    assert shown.legend == legend(graded=False)
