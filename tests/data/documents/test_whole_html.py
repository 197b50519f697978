"""The whole result as one web page: complete, without a script, a server or a request, and safe whatever is in a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from data.documents.locked_map import REMINDER
from data.documents.whole_html import whole_html
from data.locked import Locked
from data.schemes import scheme, scheme_text
from data.store import Given, Store, UnitRow
from data.store.location import FILE_NAME, sqlite_url
from scoring.marks import Fact, Mark, Sheet
from tests.data.locks import approved, locked_of, settled
from tests.pages import builders, documents
from tests.pages.builders import CHECKER, CLERK

HOSTILE = '<img src=x onerror="alert(1)"></td>&amp;\x00\x0b\u202e市'
ALONE = {"meta", "br", "rect", "path", "circle"}
"""Elements that have no end tag, or are written without one in SVG."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(sqlite_url(tmp_path / FILE_NAME)) as opened:
        yield opened


@pytest.fixture
def county(store: Store) -> Locked:
    return locked_of(store, builders.county(store).id)


class Page(HTMLParser):
    """A page's elements, attributes and words; fails where an element is not closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in ALONE:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self) -> str:
        return "".join(self.words)


def insist_on_nothing_from_outside(html: str) -> None:
    page = Page(html)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {
        "script",
        "link",
        "iframe",
        "img",
        "object",
        "embed",
        "form",
        "base",
        "image",
        "use",
        "video",
        "audio",
    }
    for tag, attributes in page.elements:
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
        for name in ("src", "href", "srcset", "action", "xlink:href", "data"):
            assert (attributes.get(name) or "#").startswith("#"), (tag, attributes)
    assert "http:" not in html
    assert "https:" not in html
    assert "@import" not in html
    assert re.findall(r"url\((?!#)", html) == []


def test_the_page_asks_nothing_of_anyone_and_forbids_itself_to(county: Locked) -> None:
    html = whole_html(county, "王复核")
    insist_on_nothing_from_outside(html)
    policy = next(a["content"] for tag, a in Page(html).elements if tag == "meta" and a.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")


def test_everything_of_the_result_is_in_it(county: Locked) -> None:
    text = Page(whole_html(county)).text
    for heading in ("结论", "位次和等次", "地图", "结果运用", "分项情况", "口径", "条款原文", "数据来源"):
        assert heading in text
    for result in county.state.results.units:
        for step in result.steps:
            assert step.what in text
            assert step.cite in text
    for row in county.state.scheme.indicators:
        assert row.name in text
    for reading in county.state.assumptions:
        assert f"原文未规定：{reading.silent}" in text
    assert county.record.hash in text
    assert county.stamp in text
    assert "年度任务完成较好，台账较齐全，个别项目推进偏慢。" in text


def test_each_mark_stands_with_the_cell_it_came_from(county: Locked) -> None:
    page = whole_html(county)
    hand = re.search(r'<details id="u3">.*?</details>', page, re.DOTALL)  # 新会区, third in place
    assert hand
    text = Page(hand[0]).text
    assert "新会区_交叉考核.xlsx" in text
    assert "◆ 较好 E19" in text  # its fifteenth item, ticked in the second column of row 19


def test_the_clauses_that_results_cite_are_quoted(county: Locked) -> None:
    text = Page(whole_html(county)).text
    assert "五（四）" in text
    assert "记过以上处分的" in text, "the document's own words"


def test_units_open_without_a_script_and_the_list_leads_to_them(county: Locked) -> None:
    page = Page(whole_html(county))
    links = {a["href"] for tag, a in page.elements if tag == "a"}
    there = {f"#{a['id']}" for tag, a in page.elements if a.get("id")}
    assert links <= there
    assert sum(tag == "details" for tag, _ in page.elements) >= 7


def test_a_map_never_goes_without_its_source_and_the_reminder(county: Locked) -> None:
    text = Page(whole_html(county)).text
    assert REMINDER in text
    assert "审图号 GS(2024)0650号" in text
    assert "示意图" in text


def test_the_marking_and_the_viewer_stand_on_it_until_approval(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    before = Page(whole_html(locked_of(store, made.id), "王复核")).text
    assert "内部资料·未经审定　示例数据　王复核" in before
    assert before.count("王复核") > 30, "as a watermark, too"
    done = Page(whole_html(approved(store, store.assessment(made.id)), "王复核")).text
    assert "内部资料" not in done
    assert "示例数据" in done
    assert "批复：江门市人民政府（江府函〔2020〕66号，2020年12月15日）。" in done


def test_a_settled_grade_colours_the_list_and_the_map_and_gives_its_reason(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    html = whole_html(settled(store, store.assessment(made.id), {"开平市": Given("好", "改革创新成效突出")}))
    text = Page(html).text
    assert "审定等次" in text
    assert "测算等次为“较好”，审定等次为“好”：改革创新成效突出" in text
    assert "● 好 89.24" in text, "on the map"


def test_nothing_in_a_name_a_remark_or_an_opinion_is_markup(store: Store) -> None:
    rules = scheme("jiangmen-2020-county")
    units = [UnitRow(HOSTILE, "county")]
    made = store.create_assessment(HOSTILE, rules.id, scheme_text(rules.id), rules.hash, units, CLERK, False)
    marks = tuple(Mark(row.no, "好", remark=HOSTILE, cell="D5", sheet=HOSTILE) for row in rules.indicators)
    store.take(made.id, HOSTILE, b"1", [Sheet(HOSTILE, "cross", marks)], CLERK)
    store.take(made.id, HOSTILE, b"2", [Sheet(HOSTILE, "daily", (Mark(None, score=90),), HOSTILE)], CLERK)  # type: ignore[arg-type]
    row = store.add_fact(made.id, Fact(HOSTILE, "sanction", "记过", "2020-06-01", HOSTILE), HOSTILE, CLERK)
    store.confirm_fact(row.id, CHECKER)
    html = whole_html(locked_of(store, made.id), HOSTILE)
    insist_on_nothing_from_outside(html)
    assert '<img src=x onerror="alert(1)"></td>&amp;市' in Page(html).text
    assert not set(html) & set("\x00\x0b\u202e")


@pytest.mark.parametrize("scheme_id", documents.EVERY)
def test_every_document_has_its_page(store: Store, scheme_id: str) -> None:
    found = locked_of(store, documents.EVERY[scheme_id](store, 1).id)
    html = whole_html(found, "王复核")
    insist_on_nothing_from_outside(html)
    text = Page(html).text
    assert all(result.unit in text for result in found.state.results.units)
    assert all(step.what in text for result in found.state.results.units for step in result.steps)


def test_the_same_lock_gives_the_same_page(county: Locked) -> None:
    assert whole_html(county, "王复核") == whole_html(county, "王复核")
