"""Scored in bulk: the same figures as the explained state, after every change, whatever a remark holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.bulk import Bulk, load_bulk, refreshed
from data.rosters_units import scheme_units
from data.schemes import scheme, scheme_text
from data.state import load_state
from data.store import Assessment, Store, StoreProblem, marks_json
from scoring.gather import MarksError
from scoring.marks import Fact, Mark, Sheet

RULES = scheme("jiangmen-2020-county")
UNITS = [unit.name for unit in RULES.groups[0].units]
CUT = '"],[1,"好",null,1,"",0,"E4'


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/bulk.db") as opened:
        yield opened


@pytest.fixture
def assessment(store: Store) -> Assessment:
    rows = scheme_units(RULES)
    return store.create_assessment("考核", RULES.id, scheme_text(RULES.id), RULES.hash, rows, "张三")


def items(unit: str, component: str, best: int = 0) -> Sheet:
    """Every item ticked, the first ``best`` of them with the best grade and the others with the second."""
    grades = [RULES.grades[0 if place < best else 1] for place in range(len(RULES.indicators))]
    marks = [Mark(row.no, grade, sheet="表", cell="E4") for row, grade in zip(RULES.indicators, grades, strict=True)]
    return Sheet(unit, component, tuple(marks))


def whole(unit: str, component: str, score: str) -> Sheet:
    return Sheet(unit, component, (Mark(None, score=Fraction(score)),))


def insist_like_state(store: Store, bulk: Bulk) -> None:
    results = load_state(store, bulk.assessment.id).results
    told = [(bulk.score(r.unit), bulk.grade(r.unit), bulk.rank(r.unit)) for r in results.units]
    assert told == [(r.score, r.grade, r.rank) for r in results.units]


def test_a_score_is_the_one_worked_out_by_hand(store: Store, assessment: Assessment) -> None:
    sheets = [whole(UNITS[0], part.id, score) for part, score in zip(RULES.counted, ("95", "92", "91"), strict=True)]
    store.take(assessment.id, "a.xlsx", b"a", sheets, "张三")
    bulk = load_bulk(store, assessment.id)
    assert (bulk.score(UNITS[0]), bulk.grade(UNITS[0]), bulk.rank(UNITS[0])) == (Fraction("92.9"), "好", 1)
    assert (bulk.score(UNITS[1]), bulk.grade(UNITS[1]), bulk.rank(UNITS[1])) == (None, None, None)


def test_after_every_kind_of_change_a_refresh_is_what_a_new_load_would_be(store: Store, assessment: Assessment) -> None:
    key, parts = assessment.id, [part.id for part in RULES.counted]
    first = seen = load_bulk(store, key)
    made = store.take(key, "a", b"a", [items(unit, part, 9) for unit in UNITS for part in parts], "张三")
    changes: list[Callable[[], object]] = [
        lambda: store.take(key, "b", b"b", [items(UNITS[0], parts[0], 19)], "张三"),
        lambda: store.take(key, "c", b"c", [whole(UNITS[1], parts[1], "70.5")], "张三"),
        lambda: store.withdraw(made[5].id, "李四", "误传"),
        lambda: store.restore(made[5].id, "李四", "核实"),
        lambda: store.restore(made[0].id, "李四", "以首次为准"),
        lambda: store.confirm_fact(store.add_fact(key, Fact(UNITS[2], "sanction", "记过"), "", "张三").id, "李四"),
        lambda: store.set_setting(key, "assumption:ticks", "无此口径", "张三"),
        lambda: store.correct_roster(key, list(reversed(assessment.units)), "张三", "改次序"),
    ]
    for change in changes:
        change()
        seen = refreshed(store, seen)
        assert seen.version == store.version(key)
        insist_like_state(store, seen)
    assert first.score(UNITS[0]) is None, "an earlier one stays as it was"
    assert refreshed(store, seen).version == seen.version


def test_what_was_measured_is_refused_in_words_and_never_guessed(store: Store, assessment: Assessment) -> None:
    sheet = Sheet(UNITS[0], RULES.counted[0].id, (Mark(1, value=Fraction(95)),))
    store.take(assessment.id, "a", b"a", [sheet], "张三")
    with pytest.raises(MarksError, match="第1项填的是实际数值"):
        load_bulk(store, assessment.id)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=6) | st.sampled_from([CUT, "],[", "]]}", '"marks":[['])
fractions = st.none() | st.fractions(0, 100)
marks = st.builds(
    Mark, st.none() | st.integers(1, 30), st.none() | st.sampled_from(["好", CUT]), fractions, st.booleans(), texts, texts,
    texts, fractions, st.none() | texts,
)  # fmt: skip


@given(st.lists(marks, max_size=5), texts)
def test_the_quick_reading_of_a_sheet_sees_what_the_whole_reading_sees(told: list[Mark], opinion: str) -> None:
    sheet = Sheet("甲", "cross", tuple(told), opinion)
    assert [
        (number, grade, None if score is None else Fraction(score), applicable, measured)
        for number, grade, score, applicable, measured in marks_json.plain(marks_json.encode(sheet))
    ] == [
        (m.indicator, m.grade, m.score, m.applicable, m.value is not None or m.answer is not None) for m in sheet.marks
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"format":2,"opinion":"","sheets":[],"marks":[[1,"好",null,1,"",0,""]]}',
        '{"format":1,"opinion":"","sheets":[],"marks":[[1,"好",null,1,"",0,""],[2]]}',
        '{"format":1,"opinion":"","sheets":[],"marks":[[1,"好",null,1,"",0,""],[2,"好"]}',
    ],
)
def test_a_damaged_sheet_is_said_in_words(text: str) -> None:
    with pytest.raises(StoreProblem, match=r"无法读取.*备份"):
        marks_json.plain(text)
