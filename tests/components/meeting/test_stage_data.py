"""What the stage sends: bars to scale, each clause once, the map in its place, answers and the trial board."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction as Q
from pathlib import Path

import pytest

from components.meeting import stage_data, stage_map, stage_pages, stage_trial, stage_why
from components.meeting.stage_names import curtain
from data.briefing import TOPICS
from data.briefing.model import Bar, Chart, Page
from data.locked import Locked
from data.store import Given, Store
from tests.components.meeting.stage_hands import everything
from tests.data.locks import locked_of, settled
from tests.pages import builders


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as opened:
        yield opened


@pytest.fixture
def county(store: Store) -> Locked:
    return locked_of(store, builders.county(store).id)


def charted(kind: str = "ranked", low: Q = Q(0), *values: Q | None) -> dict:
    bars = tuple(Bar("u9", "甲", (value,), ("",)) for value in values)
    page = Page("p", "t", "m", chart=Chart(kind, ("得分",), bars, low=low, lines=(("好", Q(90)), ("外", Q(120)))))  # type: ignore[arg-type]
    locked_names = stage_data.encode([page], _Bare(), {})[0]["chart"]
    return dict(locked_names)


class _Bare:
    """No units at all."""

    ids: dict[str, str] = {}  # noqa: RUF012
    names: dict[str, str] = {}  # noqa: RUF012

    def unit(self, id: str) -> None:
        return None

    def clean(self, value: object) -> object:
        return value


def test_bars_and_lines_stand_at_their_share_of_the_axis_and_what_is_missing_has_no_bar() -> None:
    chart = charted("ranked", Q(50), Q(75), None, Q(40), Q(130))
    assert [bar["widths"] for bar in chart["bars"]] == [[50.0], [None], [0.0], [100.0]]
    assert chart["lines"] == [{"text": "90", "name": "好", "at": 80.0}]
    assert [bar["key"] for bar in chart["bars"]] == ["", "", "", ""]


def test_parts_of_a_sum_are_measured_from_nothing() -> None:
    assert charted("stacked", Q(50), Q(25))["bars"][0]["widths"] == [25.0]


def test_each_clause_is_told_once() -> None:
    assert stage_data.clauses(["附件1", "五（一）、六（五）", "六（五）"]) == ["附件1", "五（一）", "六（五）"]


def test_the_map_keeps_its_place_while_names_are_hidden(county: Locked) -> None:
    hidden = [page.key for page in stage_pages.pages_of(county, list(TOPICS), curtain(county))]
    named = [page.key for page in stage_pages.pages_of(county, list(TOPICS), curtain(county, every=True))]
    assert hidden == named
    assert hidden[hidden.index("map") - 1] == "ranking"


def test_a_hidden_map_is_not_drawn(county: Locked) -> None:
    assert stage_map.maps(county, curtain(county)) == {"told": stage_map.HIDDEN}


def test_the_map_and_the_answers_have_the_grade_that_stands(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    locked = settled(store, made, {"开平市": Given("好", "会议审定：工作成效突出")})
    assert locked.state.results.of("开平市").grade == "较好"
    assert stage_map.standing(locked).results.of("开平市").grade == "好"
    assert stage_why.why(locked, "开平市", curtain(locked, every=True))["grade"] == "好"


def test_why_and_what_would_change_it_are_ready_for_every_unit(county: Locked) -> None:
    hidden = curtain(county)
    for unit in hidden.letters:
        told = stage_why.why(county, unit, hidden)
        assert told["id"] == hidden.ids[unit]
        assert told["why"]["lines"]
        assert hidden.letters[unit] in told["why"]["message"]
    limited = stage_why.why(county, "新会区", hidden)
    assert any("记过" in line for line in limited["why"]["lines"])
    assert "五（四）" in limited["why"]["cites"]
    assert "2020〕12号" not in str(limited)  # the paper would tell whose it is


def test_only_a_question_about_a_unit_is_answered(county: Locked) -> None:
    for asked in ("u99", "台山市", None, 3):
        assert everything(county, curtain(county), why=asked)["why"] is None  # type: ignore[arg-type]


def test_the_trial_moves_the_documents_own_weights_under_letters(county: Locked) -> None:
    hidden = curtain(county)
    board = stage_trial.trials(county, hidden)[0]["board"]
    assert [(c["name"], c["original"]) for c in board["controls"]] == [("交叉考核", "400"), ("市级考核", "300"), ("日常工作", "300")]
    assert {unit["name"] for unit in board["units"]} == set(hidden.letters.values())


def test_there_is_no_trial_where_nothing_is_weighed(store: Store) -> None:
    locked = locked_of(store, builders.towns(store).id)
    assert stage_trial.trials(locked, curtain(locked)) == []
