"""The slides: figures that can be read back and edited, words beside every colour, the same bytes, and no name let out."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pptx import Presentation
from pptx.util import Emu

from data.briefing import pages
from data.documents.deck import deck
from data.documents.deck_text import broken
from data.lettering import width
from data.locked import Locked
from data.naming import aliases, short
from data.store import Store
from tests.data import locks, wild_names
from tests.data.locked_demos import locked_demos
from tests.pages import builders

RANKED = {"1　鹤山市": 93.58, "2　蓬江区": 90.0, "3　新会区": 94.0, "4　开平市": 89.24, "5　台山市": 86.14, "6　江海区": 79.78}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(f"sqlite:///{tmp_path}/hengxiao.db") as opened:
        yield opened


@pytest.fixture
def county(store: Store) -> Locked:
    return locks.locked_of(store, builders.county(store).id)


def slides(content: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(content)).slides)


def charts(slide: Any) -> list[Any]:
    return [shape.chart for shape in slide.shapes if shape.has_chart]


def everything(content: bytes) -> str:
    """All text in the file and in the workbooks within it, whatever it is packed in."""
    told = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            body = archive.read(name)
            told.append(name)
            told.append(everything(body) if name.endswith(".xlsx") else body.decode("utf-8", "ignore"))
    return "\n".join(told)


def test_there_is_a_slide_for_every_page_with_its_message_as_title(county: Locked) -> None:
    found = slides(deck(county))
    told = [slide.shapes.title.text_frame.text.replace("\v", "") for slide in found]
    assert told == [page.message for page in pages(county)]


def test_the_ranking_is_a_native_chart_with_the_scores_worked_out_by_hand(county: Locked) -> None:
    (slide,) = slides(deck(county, keys=["ranking"]))
    (chart,) = charts(slide)
    plot = chart.plots[0]
    assert dict(zip(plot.categories, plot.series[0].values, strict=True)) == RANKED | {"恩平市（暂缺）": None}
    assert chart.category_axis.reverse_order
    assert chart.value_axis.minimum_scale == 0


def test_a_bars_label_is_its_own_value_with_shape_and_word_of_its_grade(county: Locked) -> None:
    (slide,) = slides(deck(county, keys=["ranking"]))
    xml = charts(slide)[0]._chartSpace.xml
    formats = re.findall(r'<c:numFmt formatCode="([^"]*)" sourceLinked="0"/>', xml)
    told = [each.replace("&quot;", '"') for each in formats]
    assert told[:4] == ['0.00" ●好"', '0.00" ●好"', '0.00" ◆较好（受限制）"', '0.00" ◆较好"']
    assert 'showVal val="1"' in xml


def test_each_bar_has_the_colour_of_its_grade(county: Locked) -> None:
    (slide,) = slides(deck(county, keys=["ranking"]))
    series = charts(slide)[0].plots[0].series[0]
    colors = [str(series.points[at].format.fill.fore_color.rgb) for at in range(6)]
    assert colors == ["004E8C", "004E8C", "56B4E9", "56B4E9", "56B4E9", "E69F00"]


def test_the_lines_of_the_grades_stand_where_they_are(county: Locked) -> None:
    (slide,) = slides(deck(county, keys=["ranking"]))
    lines = {shape.name: shape.left for shape in slide.shapes if shape.name.startswith("等次线")}
    frame = next(shape for shape in slide.shapes if shape.has_chart)
    xml, axis = frame.chart._chartSpace.xml, frame.chart.value_axis.maximum_scale
    inner = {name: float(re.search(rf'<c:{name} val="([\d.]+)"', xml)[1]) for name in "xw"}  # type: ignore[index]
    for name, least in (("等次线 好", 90), ("等次线 较好", 80), ("等次线 一般", 70)):
        wanted = frame.left + frame.width * (inner["x"] + inner["w"] * least / axis)
        assert abs(lines[name] - wanted) < Emu(2000), name


def test_parts_are_a_stacked_chart_whose_figures_add_up_as_printed(county: Locked) -> None:
    (slide,) = slides(deck(county, keys=["parts"]))
    plot = charts(slide)[0].plots[0]
    assert [series.name for series in plot.series] == ["交叉考核", "市级考核", "日常工作"]
    assert [series.values[1] for series in plot.series] == [36.32, 28.18, 25.5]  # 蓬江区, 90.00
    assert list(plot.categories)[1] == "蓬江区　90.00"


def test_the_workbook_of_a_chart_holds_the_same_figures_and_no_formula(county: Locked) -> None:
    (slide,) = slides(deck(county, keys=["ranking"]))
    book = openpyxl.load_workbook(io.BytesIO(charts(slide)[0].part.chart_workbook.xlsx_part.blob))
    rows = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert {str(name): value for name, value in rows[:6]} == RANKED
    assert not any(cell.data_type == "f" for row in book.worksheets[0].iter_rows() for cell in row)


def test_notes_tell_every_clause_of_their_page(county: Locked) -> None:
    for slide, page in zip(slides(deck(county)), pages(county), strict=True):
        notes = slide.notes_slide.notes_text_frame.text
        assert page.message in notes
        assert all(cite in notes for cite in page.cites), page.key


def test_every_slide_says_how_final_it_is_from_which_figures_and_its_number(county: Locked) -> None:
    found = slides(deck(county, viewer="张三"))
    for number, slide in enumerate(found, 1):
        text = "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        assert county.marking in text
        assert county.stamp in text
        assert f"{number} / {len(found)}" in text
        assert any(shape.name == "水印" and shape.text_frame.text == "张三" for shape in slide.shapes)


def test_after_approval_there_is_no_watermark(store: Store) -> None:
    made = builders.county(store)
    builders.last_sheet(store, made)
    content = deck(locks.approved(store, made), viewer="张三")
    assert "张三" not in everything(content)
    assert "内部资料" not in everything(content)


def test_the_same_figures_are_the_same_bytes(county: Locked) -> None:
    assert deck(county, viewer="张三") == deck(county, viewer="张三")
    assert deck(county, viewer="张三") != deck(county, viewer="李四")


def test_the_file_names_no_person_and_carries_no_picture_of_another(county: Locked) -> None:
    with zipfile.ZipFile(io.BytesIO(deck(county))) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert not [name for name in archive.namelist() if "thumbnail" in name]
    assert "Canny" not in core
    assert "衡效" in core


def test_both_faces_are_named_for_every_letter(county: Locked) -> None:
    for slide in slides(deck(county, keys=["conclusion", "matters"])):
        for run in re.findall(r"<a:rPr.*?</a:rPr>", slide.shapes._spTree.xml, re.DOTALL):
            assert 'a:latin typeface="微软雅黑"' in run
            assert 'a:ea typeface="微软雅黑"' in run


def test_hidden_names_are_nowhere_in_the_file_nor_in_its_workbooks(county: Locked) -> None:
    names = aliases(locks.units_of(county), 5)
    text = everything(deck(county, names=names))
    assert "对象甲" in text
    assert not [unit for unit in names if short(unit) in text]
    assert "江纪" not in text


@pytest.mark.slow
def test_no_documents_slides_let_out_a_hidden_name(tmp_path: Path) -> None:
    for name, locked in locked_demos(tmp_path).items():
        names = aliases(locks.units_of(locked), 5)
        text = everything(deck(locked, names=names))
        assert not [unit for unit in names if unit in text or short(unit) in text], name


def test_names_that_look_like_formulas_or_break_files_stay_text(store: Store) -> None:
    content = deck(locks.locked_of(store, wild_names.county(store).id), viewer="=1+1\x0b")
    found = slides(content)
    labels = [label for slide in found for chart in charts(slide) for label in chart.plots[0].categories]
    assert any("=1+1" in label for label in labels)
    assert any("<b>甲&乙</b>" in label for label in labels)
    for slide in found:
        for chart in charts(slide):
            book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
            assert not any(cell.data_type == "f" for row in book.worksheets[0].iter_rows() for cell in row)


def test_nothing_stands_beyond_the_slide(county: Locked) -> None:
    made = Presentation(io.BytesIO(deck(county)))
    for slide in made.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= made.slide_width
            assert shape.top + shape.height <= made.slide_height


def test_the_map_is_a_picture_and_is_left_out_while_names_are_hidden(county: Locked) -> None:
    (slide,) = slides(deck(county, keys=["map"]))
    assert [shape.name for shape in slide.shapes if shape.shape_type == 13] == ["等次地图"]
    assert not slides(deck(county, keys=["map"], names=aliases(locks.units_of(county), 5)))


def test_a_message_is_broken_after_a_mark_and_never_within_brackets() -> None:
    assert broken("8个县（市、区），测算等次为好2个、较好3个、一般2个", 24) == ["8个县（市、区），", "测算等次为好2个、较好3个、一般2个"]
    assert broken("一句话", 24) == ["一句话"]
    assert all(width(line) <= 24 for line in broken("字" * 44, 24))
