"""Pages of every document: none empty, none too long, exact, and silent about hidden names."""

from __future__ import annotations

import re

import pytest

from data.briefing import TOPICS, Page, answers, pages
from data.locked import Locked
from data.naming import aliases, short
from tests.data.locked_demos import locked_demos, texts
from tests.data.locks import units_of


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Locked]:
    return locked_demos(tmp_path_factory.mktemp("briefing"))


@pytest.fixture(scope="module")
def shown(demos: dict[str, Locked]) -> dict[str, tuple[Page, ...]]:
    return {name: pages(locked) for name, locked in demos.items()}


def test_every_page_has_something_to_show_and_something_to_say(shown: dict[str, tuple[Page, ...]]) -> None:
    for name, found in shown.items():
        assert [found[0].key, found[-1].key] == ["cover", "end"], name
        assert len({page.key for page in found}) == len(found)
        for page in found:
            assert all((page.topic, page.message, page.notes)), (name, page.key)
            assert page.figures or page.lines or page.chart or page.grid or page.map, (name, page.key)


def test_a_page_can_be_read_from_the_last_row(shown: dict[str, tuple[Page, ...]]) -> None:
    for name, found in shown.items():
        for page in found:
            where = (name, page.key, page.message)
            assert len(page.message) <= 44, where
            assert len(page.lines) <= 6, where
            assert all(len(line) <= 46 for line in page.lines), (where, page.lines)
            assert len(page.figures) <= 6, where
            assert page.grid is None or len(page.grid.rows) <= 6, where
            assert page.chart is None or 1 <= len(page.chart.bars) <= 15, where


def test_no_text_is_a_program_talking(demos: dict[str, Locked], shown: dict[str, tuple[Page, ...]]) -> None:
    for name, found in shown.items():
        for unit in units_of(demos[name])[:3]:
            found += answers(demos[name], unit)
        for text in texts(found):
            assert not re.search(r"None|nan|Fraction|[{}]|。。|（）|：；|\.\d{5}", text), (name, text)


def test_every_rule_that_is_told_has_its_clause(shown: dict[str, tuple[Page, ...]]) -> None:
    for name, found in shown.items():
        for page in found:
            if page.chart or page.map or page.key.partition("-")[0] in ("edges", "limits", "outcomes"):
                assert page.cites, (name, page.key)
                assert all(page.cites), (name, page.key)


def test_hidden_names_are_in_no_field_of_any_page(demos: dict[str, Locked]) -> None:
    for name, locked in demos.items():
        names = aliases(units_of(locked), 11)
        found = pages(locked, names)
        for unit in units_of(locked)[:4]:
            found += answers(locked, unit, names)
        hidden = {form for unit in names for form in (unit, short(unit))}
        for text in texts(found):
            assert not any(form in text for form in hidden), (name, text)


def test_units_are_charted_once_each_fifteen_at_most_a_page(demos: dict[str, Locked]) -> None:
    for scheme_id, count in (("jiangmen-2020-town", 62), ("ruyuan-2017", 90)):
        charts = [page.chart for page in pages(demos[scheme_id], keys=["ranking"])]
        scored = [bar.key for chart in charts if chart for bar in chart.bars if bar.values[0] is not None]
        assert len(scored) == len({*scored}) == count


def test_a_document_without_scores_shows_who_has_which_problem_and_no_figure(shown: dict[str, tuple[Page, ...]]) -> None:
    found = {page.key: page for page in shown["qujiang-2018"]}
    assert not {"ranking", "parts", "weak", "edges", "map"} & {*found}
    assert found["conclusion"].message == "9个镇和单位中，3个有问题情形"
    assert found["limits"].topic == "问题情形"


def test_without_lines_scores_are_told_and_no_grade_is(shown: dict[str, tuple[Page, ...]]) -> None:
    for name in ("guangdong-2019", "neimenggu-2018"):
        found = {page.key: page for page in shown[name]}
        assert found["conclusion"].message.endswith("等次由评议确定")
        assert not {"edges", "map"} & {*found}
        chart = found["ranking"].chart
        assert chart is not None
        assert not chart.lines
        assert not any(bar.grade for bar in chart.bars)


def test_groups_ranked_apart_have_pages_of_their_own(shown: dict[str, tuple[Page, ...]]) -> None:
    found = [page for page in shown["guangdong-2019"] if page.key.startswith("ranking")]
    assert [page.topic for page in found] == ["位次·被帮扶市", "位次·对口帮扶市"]
    assert [len(page.chart.bars) for page in found if page.chart] == [14, 6]


def test_every_topic_is_shown_by_some_document_or_tried_elsewhere(shown: dict[str, tuple[Page, ...]]) -> None:
    seen = {page.key.partition("-")[0] for found in shown.values() for page in found}
    assert {*TOPICS} - seen == {"objections"}
