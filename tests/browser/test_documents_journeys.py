"""Each document's way through the product: its words, why one unit stands where it does, the map, and another reading.

The places stand for a story of the 示例数据 (data/demo), and what they come to was worked out by hand beside each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from urllib.parse import unquote

import pytest
from playwright.sync_api import Page, expect

from data.demo import all_demos
from data.regions import outlines, place, towns
from tests.browser.driver import Server, goto, serve, settled
from tests.browser.map_hands import MAP, drawer, svg_click

NUMBERS = {demo.scheme_id: number for number, demo in enumerate(all_demos(), start=1)}
"""Scheme → its assessment's number in the address, where all demonstrations are loaded."""

OURS = "口径（原文未规定）"
FOOT = re.compile("^(内部资料·|已批复).+。$")
"""The line at the end of a page: how final it is."""
LATIN = {"xlsx", "CSV", "GS", "yyyy", "mm", "dd"}
"""Kinds of files, the map's licence, and how a day is typed."""

WORDS_ONLY = """main => {
  const copy = main.cloneNode(true);
  copy.querySelectorAll('[data-testid=stIconMaterial], [translate=no], [role=img], style, script, svg, canvas')
    .forEach(each => each.remove());
  return copy.textContent;
}"""
"""What is written on a page: without icons, which are words of a font, and without what is drawn."""


STANDS_THERE = """sentence => document.querySelector('[data-testid=stMain]')
  .textContent.replaceAll('\\u2060', '').includes(sentence)"""


@dataclass(frozen=True)
class Document:
    """A document's journey. ``why`` are steps of 分项情况, each with its clause; ``never`` words of other documents.

    ``reading`` is a 口径 (its key, the other reading's label) and what becomes of ``unit`` under it.
    """

    scheme: str
    unit: str
    opening: tuple[str, ...]
    why: tuple[tuple[str, str], ...]
    never: tuple[str, ...] = ()
    reading: tuple[str, str, str] | None = None

    @property
    def number(self) -> int:
        return NUMBERS[self.scheme]


GUANGDONG = Document(
    "guangdong-2019",
    "韶关市",  # 12 ticks 好, 5 较好: (12×95 + 5×85) ÷ 17 = 92.0588…; ×0.4 + 91.3×0.3 + 90.2×0.3 = 91.2735…
    ("20个地级以上市三种考核方式结果已全部到齐", "被帮扶市14个", "对口帮扶市6个", "等次由评议确定"),
    (
        ("第三方评估直接给分91.3", "六（四）"),
        ("四舍五入为91.27分", "六（四）"),
        ("原文只列等次、未定分数线：只出得分，等次由评议确定", OURS),
    ),
    reading=("bands", "借用江门2020的90/80/70", "好"),
)
CITIES = Document(
    "dongxi-2019-city",
    "广州市",  # five 大项 95 and 产业合作 75: 550 ÷ 6 = 91.666…, 好 but for 七（一）3
    ("10个帮扶市分组成效评价结果已全部到齐", "较好3个", "拟通报批评1个"),
    (
        ("综合得分91.6666", OURS),
        ("有一大项被评价为“一般”等次的，不能评价为“好”的等次", "七（一）3"),
        ("测算等次为“较好”，得分不变", "七（一）3"),
        ("拟表扬", "八"),
    ),
    never=("考核对象", "考核方式"),
    # With 100/80/60/40 产业合作 has 60, which is 差 for a 大项: neither 好 nor 较好 is possible (七（一）3)
    reading=("ticks", "100/80/60/40", "较好 → 一般"),
)
DEPARTMENTS = Document(
    "dongxi-2019-department",
    "团省委",  # 组织领导 95, 基础工作 60, 重点工作 95: 250 ÷ 3 = 83.33, 较好 but for a 大项 that is 差
    ("15个省直单位分组成效评价结果已全部到齐",),
    (("83.33分，在80分以上、90分以下，按分数为“较好”", OURS), ("测算等次为“一般”，得分不变", OURS)),
    never=("考核对象", "考核方式"),
)
LEAGUES = Document(
    "neimenggu-2018",
    "呼和浩特市",  # income grew as the nation's: 高于 is not 等于, so no point
    ("其余11个盟市已可测算", "尚缺鄂尔多斯市的年终考核", "拟奖励1个"),
    (("平时监控：15项分项给分、满分100分", "第四条"), ("年终考核：17项分项给分、满分100分", "第四条")),
    never=("市（区）", "评价对象"),
    reading=("bands", "借用江门2020的90/80/70", "较好"),
)
RUYUAN = Document(
    "ruyuan-2017",
    "必背镇",  # 89.5 is not 90; rounded to a whole number first, it would be
    ("9个镇的县考核结果已全部到齐", "随帮扶对象计分的单位等次为", "必背镇距“好”差0.50分"),
    (("综合得分89.50分", "七（一）"), ("89.50分，在80分以上、90分以下，按分数为“较好”", "六")),
    never=("市（区）", "盟市"),
    reading=("rounding", "先取整再定等次", "较好 → 好"),
)
QUJIANG = Document(
    "qujiang-2018",
    "罗坑镇",  # 违反资金规定 and 情节严重: up to the third step of 第八条（三）
    ("综合评定，不计总分、不排位次", "3个有问题情形", "9个镇和单位中"),
    (
        ("“违反扶贫资金管理使用规定”情形", "第七条（二）"),
        ("“情节严重、造成不良影响”情形", "第八条（三）"),
        ("责任追究", "第八条（三）"),
        ("提出处理意见", "第七条"),
    ),
    never=("暂缺", "综合得分", "第1位"),
)
ALL = (GUANGDONG, CITIES, DEPARTMENTS, LEAGUES, RUYUAN, QUJIANG)


def each(*documents: Document) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("document", documents, ids=lambda document: document.scheme)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serve(stock="all") as running:
        yield running


def enter(page: Page, document: Document) -> None:
    """Open the document's assessment, on 总览."""
    goto(page, f"?a={document.number}")
    expect(page.get_by_role("heading", name="总览")).to_be_visible()


def walk(page: Page, section: str, title: str) -> None:
    """Go on by the menu."""
    page.get_by_text(section, exact=True).first.click()
    page.get_by_test_id("stTopNavDropdownLink").filter(has=page.get_by_text(title, exact=True)).click()
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    settled(page)


def told(page: Page, *sentences: str) -> None:
    """Wait until each sentence stands on the page, whatever of it is bold."""
    for sentence in sentences:
        page.wait_for_function(STANDS_THERE, arg=sentence)


def read(page: Page, document: Document) -> None:
    """Nothing on the page is English, and nothing is in another document's words."""
    words = page.get_by_test_id("stMain").evaluate(WORDS_ONLY)
    assert set(re.findall(r"[A-Za-z]{2,}", words)) <= LATIN
    assert not [word for word in document.never if word in words]


def explained(page: Page, document: Document) -> None:
    """分项情况 of the document's unit, with each step beside its clause."""
    expect(page.get_by_role("heading", name=document.unit)).to_be_visible()
    for sentence, clause in document.why:
        step = page.get_by_test_id("stMarkdownContainer").filter(has_text=sentence).filter(has_text=clause)
        expect(step.first).to_be_visible()


@each(*ALL)
def test_the_document_opens_in_its_own_words_and_says_why_a_unit_stands_where_it_does(page, document) -> None:
    enter(page, document)
    told(page, *document.opening)
    read(page, document)
    goto(page, f"unit?a={document.number}&unit={document.unit}")
    explained(page, document)
    read(page, document)


@each(GUANGDONG, CITIES, LEAGUES)
def test_a_city_is_found_on_the_map_and_a_click_says_why(page, document) -> None:
    enter(page, document)
    walk(page, "考核结果", "地图")
    read(page, document)
    code = next(each.code for each in _parts(document) if each.name == document.unit)
    lead_on(page, code)
    explained(page, document)


def lead_on(page: Page, code: str) -> None:
    """A click on the map, and on from its drawer."""
    svg_click(page, code)
    drawer(page).get_by_role("button", name="查看分项情况").click()
    expect(page.get_by_role("heading", name="分项情况")).to_be_visible()


def _parts(document: Document):
    province = "150000" if document is LEAGUES else "440000"
    return [place(each["properties"]["code"]) for each in outlines(province)["features"]]


@each(RUYUAN, QUJIANG)
def test_a_town_is_a_point_on_the_map_and_leads_to_why(page, document) -> None:
    enter(page, document)
    walk(page, "考核结果", "地图")
    read(page, document)
    county = {"ruyuan-2017": "440232", "qujiang-2018": "440205"}[document.scheme]
    town = next(each for each in towns(county) if each.name == document.unit)
    lead_on(page, town.code)
    explained(page, document)


def test_departments_have_no_place_on_a_map_and_it_says_so(page) -> None:
    enter(page, DEPARTMENTS)
    walk(page, "考核结果", "地图")
    expect(page.get_by_text("15个省直单位没有行政区划代码，不能在地图上定位")).to_be_visible()
    for drawn in (page.get_by_test_id(MAP), page.locator(".svg-map")):
        expect(drawn).to_have_count(0)
    read(page, DEPARTMENTS)
    page.get_by_role("link", name="查看全部省直单位的结果").click()
    expect(page.get_by_role("heading", name="排名")).to_be_visible()


@each(GUANGDONG, CITIES, LEAGUES, RUYUAN)
def test_another_reading_shows_who_is_affected_before_anything_is_kept(page, document) -> None:
    key, label, becomes = document.reading
    enter(page, document)
    walk(page, "方案与口径", "口径")
    read(page, document)
    card = page.locator(f".st-key-reading-{key}")
    card.get_by_text(label, exact=True).click()
    expect(card.get_by_role("row").filter(has_text=document.unit)).to_contain_text(becomes)
    expect(card.get_by_role("button", name="改用并确认此项口径")).to_be_visible()
    goto(page, f"unit?a={document.number}&unit={document.unit}")
    explained(page, document)


def test_内蒙古_the_two_halves_on_the_screen_make_the_score_that_is_shown(page) -> None:  # noqa: N802
    goto(page, f"unit?a={LEAGUES.number}&unit={LEAGUES.unit}")
    step = page.get_by_text(re.compile("÷200×100＝")).first
    expect(step).to_be_visible()
    daily, yearend, total = re.search(r"平时监控([\d.]+)＋年终考核([\d.]+)）÷200×100＝([\d.]+)，", step.inner_text()).groups()
    assert (Fraction(daily) + Fraction(yearend)) / 2 == Fraction(total)
    page.get_by_text("逐项计分说明").click()
    growth = page.get_by_text(re.compile("第3项.*不高于当年全国农村居民人均可支配收入增长率.*不得分"))
    expect(growth.first).to_be_visible()


def test_乳源_a_unit_that_helps_a_town_has_the_towns_score_and_the_way_to_it(page) -> None:  # noqa: N802
    goto(page, f"unit?a={RUYUAN.number}&unit=示例驻镇工作队02")  # the second team helps the second town
    expect(page.get_by_role("heading", name="随所帮扶的镇计分")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="一六镇")).to_contain_text("96.20")
    read(page, RUYUAN)
    page.get_by_role("button", name="查看一六镇的分项情况").click()
    expect(page.get_by_role("heading", name="一六镇")).to_be_visible()
    assert "unit=一六镇" in unquote(page.url)


def test_a_phone_shows_every_document_without_scrolling_sideways(open_page: Callable[..., Page]) -> None:
    phone = open_page(390, 844)
    for document in ALL:
        for way in ("", "ranking", "map", f"unit?unit={document.unit}"):
            goto(phone, f"{way}{'&' if '?' in way else '?'}a={document.number}")
            expect(phone.get_by_text(FOOT).first).to_be_attached()
            wide = phone.get_by_test_id("stMain").evaluate("main => [main.scrollWidth, main.clientWidth]")
            assert wide[0] <= wide[1], (document.scheme, way)


def test_曲江_a_second_person_confirms_a_finding_and_everyone_sees_what_follows(  # noqa: N802
    page: Page, open_page: Callable[..., Page]
) -> None:
    leader = open_page()
    enter(leader, QUJIANG)
    told(leader, "枫湾镇有待核对的情形")
    enter(page, QUJIANG)
    walk(page, "数据汇集", "情形登记")
    read(page, QUJIANG)
    told(page, "核对属实后：结果运用增加“提出处理意见”（第七条）、“约谈并限期整改”（第八条（三））")
    page.get_by_label("署名（记入操作日志）").fill("区扶贫办另一人")
    page.get_by_role("button", name="核对属实").click()
    expect(page.get_by_role("button", name="核对属实")).to_have_count(0)
    told(leader, "4个有问题情形", "拟约谈并限期整改4个")  # without a reload
    goto(leader, f"unit?a={QUJIANG.number}&unit=枫湾镇")
    told(leader, "拟由区扶贫开发领导小组约谈并限期整改", "审计反映帮扶责任人履职记录不实，待核实。")  # what the check wrote
    read(leader, QUJIANG)
