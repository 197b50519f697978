"""The workbook of a 锁定版 computes in a spreadsheet what the engine computes, also after a weight is typed over."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import openpyxl
import pytest

from data.demo import all_demos
from data.documents.locked_book import locked_book
from data.locked import Locked
from scoring.edges import to_next
from scoring.scheme import Scheme
from tests.data.book_hands import texts
from tests.data.locked_books import changed, computed, of_demo, of_made, opened, rows, summary, told, typed
from tests.data.office import recalculated
from tests.pages import builders

SCHEMES = tuple(demo.scheme_id for demo in all_demos())
SCORED = tuple(name for name in SCHEMES if name != "qujiang-2018")
COUNTY = "county by hand"


@dataclass(frozen=True)
class Typing:
    """What is typed into which workbook, and the scheme that says the same."""

    book: str
    cells: tuple[tuple[str, str, object], ...]
    scheme: Scheme


def typings(found: dict[str, Locked]) -> dict[str, Typing]:
    """A weight, a line and the points of a tick, in documents of several shapes."""

    def rules(name: str) -> Scheme:
        return found[name].state.scheme

    ten = {"cross": Fraction(10)}
    return {
        "weight": Typing(COUNTY, (("考核方式权重", "交叉考核", 10),), rules(COUNTY).replace(weights=ten)),
        "three weights": Typing(
            COUNTY,
            (("考核方式权重", "交叉考核", 50), ("考核方式权重", "市级考核", 25), ("考核方式权重", "日常工作", 25)),
            rules(COUNTY).replace(weights={"cross": Fraction(50), "municipal": Fraction(25), "daily": Fraction(25)}),
        ),
        "line": Typing(COUNTY, (("等次线", "好", 91),), rules(COUNTY).replace(lines={"好": Fraction(91)})),
        "towns": Typing(
            "jiangmen-2020-town", (("赋分", "好", 100),), rules("jiangmen-2020-town").replace(points={"好": Fraction(100)})
        ),
        "several groups": Typing(
            "guangdong-2019", (("考核方式权重", "交叉考核", 5),), rules("guangdong-2019").replace(weights={"cross": Fraction(5)})
        ),
        "added up": Typing(
            "template-2026-county", (("考核方式权重", "交叉考核", 70),),
            rules("template-2026-county").replace(weights={"cross": Fraction(70)}),
        ),
    }  # fmt: skip


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Locked]:
    made = {name: of_demo(tmp_path_factory.mktemp("demo"), name) for name in SCHEMES}
    return made | {COUNTY: of_made(tmp_path_factory.mktemp("county"), builders.county)}


@pytest.fixture(scope="module")
def books(found: dict[str, Locked]) -> dict[str, bytes]:
    return {name: locked_book(locked) for name, locked in found.items()}


@pytest.fixture(scope="module")
def office(
    found: dict[str, Locked], books: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, openpyxl.Workbook]:
    """Every workbook, and those that were typed into, worked out by LibreOffice in one go."""

    def written(typing: Typing) -> bytes:
        content = books[typing.book]
        for cell in typing.cells:
            content = changed(content, typed(*cell))
        return content

    more = {name: written(typing) for name, typing in typings(found).items()}
    return recalculated(tmp_path_factory.mktemp("office"), books | more)


@pytest.mark.parametrize("name", [COUNTY, *SCORED])
def test_the_values_saved_beside_the_formulas_are_the_engines(
    found: dict[str, Locked], books: dict[str, bytes], name: str
) -> None:
    """What a phone's preview or a script reads, which computes nothing."""
    book = opened(books[name], values=True)
    assert told(book, found[name]) == computed(found[name].state.results)
    assert "公式结果与系统结果全部一致。" in texts(book["说明"])


@pytest.mark.parametrize("name", [COUNTY, *SCORED])
def test_the_points_to_the_next_grade_are_those_of_the_ranking(
    found: dict[str, Locked], books: dict[str, bytes], name: str
) -> None:
    state = found[name].state
    for unit, row in summary(opened(books[name], values=True), found[name]).items():
        following = to_next(state.scheme, state.results.of(unit))
        gap = row.get("距上一等次（分）")
        assert (None if gap in (None, "") else Fraction(str(gap))) == (following[1] if following else None), unit


@pytest.mark.slow
@pytest.mark.parametrize("name", [COUNTY, *SCORED])
def test_a_spreadsheet_finds_the_engines_scores_grades_and_places(
    found: dict[str, Locked], office: dict[str, openpyxl.Workbook], name: str
) -> None:
    assert told(office[name], found[name]) == computed(found[name].state.results)


@pytest.mark.slow
@pytest.mark.parametrize("name", [COUNTY, *SCHEMES])
def test_a_spreadsheet_finds_in_every_cell_what_was_saved_beside_its_formula(
    books: dict[str, bytes], office: dict[str, openpyxl.Workbook], name: str
) -> None:
    for sheet in opened(books[name], values=True).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert alike(cell.value, office[name][sheet.title][cell.coordinate].value), (
                    sheet.title,
                    cell.coordinate,
                )


def alike(saved: object, seen: object) -> bool:
    if isinstance(saved, int | float) and isinstance(seen, int | float):
        return abs(saved - seen) < 1e-9
    return (saved or "") == (seen or "")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["weight", "three weights", "line", "towns", "several groups", "added up"])
def test_what_is_typed_into_a_yellow_cell_gives_what_the_engine_gives_under_it(
    found: dict[str, Locked], office: dict[str, openpyxl.Workbook], name: str
) -> None:
    typing = typings(found)[name]
    locked = found[typing.book]
    expected = computed(locked.state.assess_with(typing.scheme))
    assert expected != computed(locked.state.results)
    assert told(office[name], locked) == expected


@pytest.mark.slow
def test_another_weight_gives_the_score_worked_by_hand(
    found: dict[str, Locked], office: dict[str, openpyxl.Workbook]
) -> None:
    """蓬江区: 交叉考核 (11×95＋8×85)÷19 = 1725/19, 市级考核 (17×95＋2×85)÷19 = 1785/19, 日常工作 85.

    40/30/30: 90.00, 好. 10/30/30: (10×1725/19＋30×1785/19＋30×85)÷70 = 89.6616…, so 89.66, 较好. 50/25/25: 90.1315…, 90.13.
    """
    assert told(office[COUNTY], found[COUNTY])["蓬江区"][:2] == ("90.00", "好")
    assert told(office["weight"], found[COUNTY])["蓬江区"][:2] == ("89.66", "较好")
    assert told(office["three weights"], found[COUNTY])["蓬江区"][:2] == ("90.13", "好")


@pytest.mark.slow
def test_what_the_system_proposed_is_not_told_of_another_grade(
    found: dict[str, Locked], office: dict[str, openpyxl.Workbook]
) -> None:
    """With 10/30/30 蓬江区 falls to 较好, which is not to be 表扬; and the weights no longer come to 100."""
    before, after = (summary(office[name], found[COUNTY])["蓬江区"] for name in (COUNTY, "weight"))
    assert before["拟结果运用"] == "拟表扬"
    assert after["拟结果运用"] == "参数或评分已改动，须在系统中另行测算"
    warned = [str(row[0] or "") for row in office["weight"]["综合结果"].iter_rows(values_only=True)]
    assert [line for line in warned if "考核方式权重合计应为100，现为70" in line]


@pytest.mark.slow
def test_a_spreadsheet_finds_no_error_in_any_cell(office: dict[str, openpyxl.Workbook]) -> None:
    for name, book in office.items():
        cells = [c for sheet in book.worksheets for row in sheet.iter_rows() for c in row]
        assert not [(name, c.parent.title, c.coordinate) for c in cells if str(c.value).startswith("#")]


@pytest.mark.slow
def test_the_detail_adds_up_to_the_score(office: dict[str, openpyxl.Workbook]) -> None:
    """蓬江区's 交叉考核 in 分项明细: 1725/19."""
    row = next(r for r in rows(office[COUNTY]["分项明细"], "市（区）") if r["市（区）"] == "蓬江区")
    assert abs(Fraction(str(row["得分"])) - Fraction(1725, 19)) < Fraction(1, 10**9)
