"""评分期间: nothing that is sent to the browser of somebody who assesses tells a score, a grade or a place."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Node

from components import session
from components.access import signed_in
from components.grades import sign
from components.navigation import ASSESSMENTS, ASSUMPTIONS, LIMITS, LOG, OVERVIEW, PAGES, PROGRESS, UPLOAD
from data.access import Duty, Person
from data.state import load_state
from data.store import NotAllowed, Store
from scoring.explain import score_text
from tests.pages import builders
from tests.pages.county_hands import APP, drop, form, opened, press, text, ticks

OWN = "鹤山市"
GRADES = ("好", "较好", "一般", "较差")
BLIND = Person("填丙", "tian@example.org", (Duty("fill", 1, frozenset((OWN,)), frozenset(("cross",))),))


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[Person], None]:
    def as_person(person: Person) -> None:
        monkeypatch.setattr(signed_in, "person", lambda store: person)

    return as_person


def sent(at: AppTest) -> bytes:
    """Everything of the run that goes to the browser: each element and block as it is sent, tables too."""
    return b"\n".join(_sent(at._tree))


def _sent(node: Node) -> Iterator[bytes]:
    if (proto := getattr(node, "proto", None)) is not None:
        yield proto.SerializeToString()
    if isinstance(node, Block):
        for child in node.children.values():
            yield from _sent(child)


def secrets(store: Store) -> set[str]:
    """Every score of a unit, of a 考核方式 and of the distance to a line, as they are written anywhere."""
    state = load_state(store, 1)
    found = set()
    for result in state.results.units:
        if result.score is not None:
            found.add(score_text(state.scheme, result.score))
        found |= {score_text(state.scheme, part.score) for part in result.components.values() if part.score is not None}
    return found


def leaks(at: AppTest, store: Store) -> list[str]:
    said = sent(at)
    return sorted(each for each in secrets(store) if each.encode() in said)


def test_the_search_finds_what_there_is(county_store: Store) -> None:
    at = opened(OVERVIEW)
    assert len(secrets(county_store)) >= 20
    assert "90.00" in leaks(at, county_store)
    assert sign(GRADES, "较好").encode() in sent(at)


def test_no_page_tells_a_score_to_somebody_who_assesses(county_store: Store, sign_in: Callable[[Person], None]) -> None:
    opened(OVERVIEW)  # somebody else looked before: everything that is kept for all viewers is there
    opened(ASSUMPTIONS)
    sign_in(BLIND)
    visitor = AppTest.from_file(APP, default_timeout=60)
    visitor.run()
    for entry in PAGES:
        visitor.switch_page(entry.script).run()
        assert not visitor.exception, (entry.url, visitor.exception[0].stack_trace)
        assert leaks(visitor, county_store) == [], entry.url
        signs = [sign(GRADES, grade) for grade in GRADES]
        if entry.url != "scheme":  # which shows the document's own lines
            assert [each for each in signs if each.encode() in sent(visitor)] == [], entry.url


def test_what_was_compared_for_all_who_see_is_kept_from_the_blind(
    county_store: Store, sign_in: Callable[[Person], None]
) -> None:
    state = load_state(county_store, 1)
    kept = (lambda: session.ends(state, 3), lambda: session.change(1, 3, state.version), lambda: session.versions(state))
    assert all(ask() for ask in kept)
    sign_in(BLIND)
    for ask in kept:
        with pytest.raises(NotAllowed):
            ask()


def test_a_state_without_results_is_never_kept_as_what_changed(county_store: Store, sign_in: Callable[[Person], None]) -> None:
    """Whoever has just come to see all still holds what was drawn before: nobody else is told from it."""
    blind = load_state(county_store.by(BLIND), 1)
    assert blind.blind
    with pytest.raises(NotAllowed):
        session.ends(blind, 3)
    assert session.ends(load_state(county_store, 1), 3).headlines


def test_a_blind_upload_shows_the_marks_it_reads_and_no_effect(county_store: Store, sign_in: Callable[[Person], None]) -> None:
    sign_in(BLIND)
    at = drop(opened(UPLOAD), ("鹤山.xlsx", form(ticks(OWN, "cross", "较好", _14="一般"))))
    assert "第1项 好→较好、第2项 好→较好" in text(at)
    assert "评分表已锁定0/21份" in "".join(each.proto.text for each in at.get("progress"))
    assert "对结果的影响" not in [each.value for each in at.subheader]
    assert leaks(at, county_store) == []
    press(at, "take")
    assert "已上报1份评分表" in text(at)
    assert leaks(at, county_store) == []
    assert [entry.actor for entry in county_store.log(1, limit=1)] == ["填丙"]


def test_anothers_sheet_is_refused_in_words(county_store: Store, sign_in: Callable[[Person], None]) -> None:
    sign_in(BLIND)
    at = drop(opened(UPLOAD), ("台山.xlsx", form(ticks("台山市", "cross"))))
    before = county_store.version(1)
    press(at, "take")
    assert "您的填报分工不含台山市的这项内容" in text(at)
    assert county_store.version(1) == before
    assert leaks(at, county_store) == []


def test_progress_has_the_own_rows_alone(county_store: Store, sign_in: Callable[[Person], None]) -> None:
    sign_in(BLIND)
    at = opened(PROGRESS)
    rows = [row for table in at.table for row in table.value.to_dict("records")]
    assert [row["市（区）"] for row in rows if "市（区）" in row] == [OWN]
    assert "应收1份，已收1份" in text(at)


def test_own_lines_of_the_log_are_read_by_one_and_not_from_anothers_memory(
    county_store: Store, sign_in: Callable[[Person], None]
) -> None:
    opened(LOG)  # kept for whoever sees all
    sign_in(BLIND)
    assert "李经办" not in str(opened(LOG).table)
    county_store.by(BLIND).add_fact(1, builders.Fact(OWN, "sanction", "记过", "2020-06-01", "江纪〔2020〕13号"), "", "")
    at = opened(LOG)
    assert "登记情形" in str([table.value.to_dict() for table in at.table] + [frame.value.to_dict() for frame in at.dataframe])
    assert leaks(at, county_store) == []


def test_the_register_of_facts_tells_the_blind_no_effect(county_store: Store, sign_in: Callable[[Person], None]) -> None:
    county_store.add_fact(1, builders.Fact(OWN, "sanction", "记过", "2020-06-01", "江纪〔2020〕13号"), "", "甲")
    sign_in(BLIND)
    at = opened(LIMITS)
    assert OWN in text(at)
    assert "新会区" not in text(at)
    assert "核对属实后" not in text(at)


def test_results_open_by_themselves_once_all_is_locked(county_store: Store, sign_in: Callable[[Person], None]) -> None:
    sign_in(BLIND)
    at = opened(OVERVIEW)
    assert any("承担填报" in each.value for each in at.info)
    county_store.finalise(1, "甲")
    at.run()
    assert not at.info or not any("承担填报" in each.value for each in at.info)
    assert "90.00" in leaks(at, county_store)


def test_who_sees_one_assessment_and_assesses_in_another_sees_the_one_and_only_counts_of_the_other(
    county_store: Store, sign_in: Callable[[Person], None]
) -> None:
    other = builders.county(county_store, name="另一年度")
    duties = (Duty("manage", 1), Duty("fill", other.id, frozenset((OWN,)), frozenset(("cross",))))
    sign_in(Person("填丙", "tian@example.org", duties))
    at = opened(ASSESSMENTS)
    at.query_params["a"] = "1"  # by itself the newest is chosen, and there the page is not this person's
    at.switch_page(ASSESSMENTS).run()
    assert not at.exception
    assert not at.error
    assert "已收1份，应收1份" in text(at)  # of the other, the own alone
    at.query_params["a"] = str(other.id)
    at.switch_page(OVERVIEW).run()
    assert any("承担填报" in each.value for each in at.info)
    assert leaks(at, county_store) == []
