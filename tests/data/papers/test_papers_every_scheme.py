"""What holds of every paper under every scheme: grounds that exist, tables that fit, nothing empty, nothing of Python's."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cache

import pytest

from data.documents.paper_docx import docx
from data.documents.paper_html import html
from data.locked import Locked, unkept
from data.papers.evidence import evidence
from data.papers.feedback import feedback, feedbacks
from data.papers.matters import matters
from data.papers.notice import notice
from data.papers.paper import Heading, Paper, Text, Unready
from data.papers.readings import readings
from data.papers.rectify import rectify
from data.papers.talks import talks
from data.state import load_state
from data.store import Store
from scoring.kinds import Element, Ruled
from scoring.marks import Fact
from scoring.scheme import Scheme
from tests.data.kept_locks import SCHEMES, as_approved, demos, whole_demos
from tests.data.locks import TODAY, locked_of
from tests.pages.builders import CHECKER, CLERK, empty, hand_in, ticks

READING = "口径（原文未规定）"
KINDS: dict[str, Callable[[Locked], Paper]] = {
    "通报": notice,
    "名单": talks,
    "整改通知": rectify,
    "口径确认表": readings,
    "提请审定事项": matters,
    "佐证目录": evidence,
}
LONG = "中国（江门）高新技术产业开发区暨江海区经济技术合作示范区管理委员会派出街道办事处"[:40]


def papers(locked: Locked) -> Iterator[Paper]:
    """Every paper that can be made, with the 反馈单 of all units."""
    for make in KINDS.values():
        with suppress(Unready):
            yield make(locked)
    yield from feedbacks(locked)


@cache
def of_demo(scheme_id: str) -> tuple[Paper, ...]:
    """Every paper of a demonstration as it comes."""
    return tuple(papers(demos()[scheme_id]))


def known_cites(scheme: Scheme) -> set[str]:
    """Every clause that the scheme cites anywhere."""
    found: set[str] = {READING}

    def walk(value: object) -> None:
        if isinstance(value, Ruled):
            found.update(value.cite)
        if isinstance(value, Element):
            found.update(getattr(value, "cite", ()) or ())
            for name in type(value).model_fields:
                walk(getattr(value, name))
        elif isinstance(value, tuple | list):
            for each in value:
                walk(each)

    walk(scheme)
    return found


def said(paper: Paper) -> list[str]:
    cells = [cell for table in paper.tables for row in (*table.heads, *table.rows) for cell in row]
    captions = [table.caption for table in paper.tables]
    return [*paper.title, paper.addressee, paper.marking, paper.stamp, *paper.texts, *captions, *cells]


@pytest.fixture(scope="module", params=SCHEMES)
def made(request) -> list[Paper]:
    return [*of_demo(request.param), *papers(whole_demos()[request.param])]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store.open(f"sqlite:///{tmp_path_factory.mktemp('rough') / 'a.db'}")


def test_every_paragraph_names_the_clause_or_the_reading_it_rests_on():
    for scheme_id in SCHEMES:
        locked = demos()[scheme_id]
        known = known_cites(locked.state.scheme)
        for paper in of_demo(scheme_id):
            for block in paper.blocks:
                if isinstance(block, Text):
                    assert block.cites, (paper.name, block.text)
                    assert {*block.cites} <= known, (paper.name, block)


def test_nothing_empty_and_nothing_of_the_programs_own_is_printed(made):
    for paper in made:
        assert all(title for title in paper.title)
        for text in said(paper):
            assert not re.search(r"None|Fraction|\bnan\b|\{\}|\[\]|True|False", text), (paper.name, text)
            assert not re.search("（）|“”|。。|，。|垫底|末位", text), (paper.name, text)
        assert all(text.strip() for text in paper.texts)
        assert "/" not in paper.name


def test_paragraphs_end_with_a_stop_and_headings_without(made):
    for paper in made:
        for block in paper.blocks:
            if isinstance(block, Text) and "（签字）" not in block.text:
                assert block.text.endswith("。"), (paper.name, block.text)
            if isinstance(block, Heading):
                assert not block.text.endswith("。")


def test_tables_fit_the_page_and_their_own_columns(made):
    for paper in made:
        for table in paper.tables:
            assert sum(table.widths) <= (225 if table.across else 156) + 0.01, (paper.name, table.caption)
            assert min(table.widths) >= 10
            assert {len(row) for row in (*table.heads, *table.rows)} == {len(table.widths)}


def test_until_it_is_approved_every_paper_says_that_it_is_not():
    for scheme_id in SCHEMES:
        locked = demos()[scheme_id]
        for paper in of_demo(scheme_id):
            assert paper.marking == locked.marking
            assert "示例数据" in paper.marking
            assert ("未经审定" in paper.marking) == (locked.standing.settled is None)
            assert paper.stamp == locked.stamp


def test_what_is_not_decided_is_only_proposed():
    for scheme_id in SCHEMES:
        locked = demos()[scheme_id]
        for paper in of_demo(scheme_id):
            told = "\n".join(paper.texts)
            if locked.standing.settled is None:
                assert "审定等次为" not in told
            for action in ("谈话提醒，尚待决定", "约谈，尚待决定", "表扬，尚待决定"):
                assert told.count(action) == told.count(f"拟{action}") + told.count(f"拟通报{action}")


def test_the_same_locked_version_gives_the_same_papers():
    assert tuple(papers(demos()["jiangmen-2020-county"])) == of_demo("jiangmen-2020-county")


@pytest.mark.parametrize("kind", [*KINDS, "反馈单"])
def test_an_empty_assessment_gives_no_paper_of_results(store, kind):
    name = f"2020年江门市 · 空{kind}"
    state = load_state(store, empty(store, "jiangmen-2020-county", name).id)
    locked = unkept(state, TODAY)
    make = KINDS.get(kind) or (lambda each: feedback(each, "蓬江区"))
    if kind == "口径确认表":
        assert "共11项，尚有11项待确认。" in make(locked).texts[0]  # before the first sheet is the best time to confirm
        return
    with pytest.raises(Unready, match=r"请先上报评分表。$"):
        make(locked)


@pytest.mark.parametrize("scheme_id", SCHEMES)
def test_a_refusal_says_what_is_missing_and_ends_as_a_sentence(scheme_id):
    for locked in (demos()[scheme_id], whole_demos()[scheme_id]):
        for make in KINDS.values():
            try:
                make(locked)
            except Unready as refused:
                told = str(refused)
                assert re.search("尚未|尚缺|没有|还没有", told), told
                assert told.endswith("。")


def test_names_of_forty_letters_and_unprintable_ones_go_through_every_paper(store):
    made = empty(store, "jiangmen-2020-county", "2020年\x00江\x0b门市")
    names = [LONG, "=1+1\x07区", '<b>&"县"</b>', "甲县\n乙县"]
    units = [replace(unit, name=name) for unit, name in zip(made.units, names, strict=False)] + list(made.units[4:])
    made = store.correct_roster(made.id, units, CLERK, "示例")
    row = store.add_fact(
        made.id, Fact(LONG, "sanction", "记过", "2020-06-01", "江纪\x00〔2020〕12号"), "说明\x1b", CLERK
    )
    store.confirm_fact(row.id, CHECKER)
    for unit in made.units:
        for component in ("cross", "municipal", "daily"):
            hand_in(store, made, ticks(unit.name, component, "1" * 18 + "3"))
    locked = locked_of(store, made.id)
    count = 0
    for paper in (*papers(locked), notice(as_approved(locked)), rectify(locked, LONG)):
        count += 1
        assert docx(paper)[:2] == b"PK"
        assert not re.search("[\x00\x07\x0b\x1b]", html(paper))
        assert "<b>&" not in html(paper)
    assert count >= 13
