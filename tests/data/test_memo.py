"""The memo of a comparison: what it says, in which format, what it must never let out, and that it is always the same."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Paper
from docx.oxml.ns import qn

from data.documents.memo import memo
from data.papers.words import numeral
from data.scenarios import Compared
from data.schemes import scheme_ids
from tests.data.comparisons import demo_state, hidden, saved, side_by_side, totals_state

COUNTY = "jiangmen-2020-county"
HEAVY = {"w": "cross:60,municipal:20,daily:20"}
# 40/30/30: 95, 85, 85 are 89.00 较好 and 80, 90, 90 are 86.00 较好; under 60/20/20 they are 91.00 好 and 84.00 较好
MARKS = {
    "蓬江区": {"cross": "95", "municipal": "85", "daily": "85"},
    "江海区": {"cross": "80", "municipal": "90", "daily": "90"},
    "新会区": {"cross": "75", "municipal": "75"},
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    state = totals_state(tmp_path_factory.mktemp("memo"), MARKS)
    return side_by_side(state, saved("交叉加重", "county", **HEAVY))


def paper(compared: Compared) -> Paper:
    return Document(io.BytesIO(memo(compared)))


def lines(compared: Compared) -> list[str]:
    return [line.text for line in paper(compared).paragraphs if line.text]


def whole(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())


def test_it_says_what_was_compared_on_which_data_and_by_which_engine(found):
    text = "\n".join(lines(found))
    for said in (
        "江扶字〔2020〕8号",
        "“文件原方案”（基准）",
        "“交叉加重”（情景1）",
        f"第{found.state.version}版",
        "计分引擎为1.2.0版",
    ):
        assert said in text
    assert "李经办于2026年11月20日 10:00保存，理由：年度研究。" in text
    assert all(column.scheme.hash in text for column in found.columns)


def test_every_change_is_told_with_its_clause_or_that_the_text_is_silent(found, tmp_path):
    told = lines(found)
    assert "1. 考核方式权重“交叉考核”：由40%调整为60%。依据：五（一）、六（五）。" in told
    state = totals_state(tmp_path, MARKS)
    ticks = side_by_side(state, saved("高分", "county", {"ticks": "100/85/75/60"}))
    assert next(line for line in lines(ticks) if line.startswith("1. 口径“四档赋分”")).endswith("依据：原文未规定。")


def test_a_unit_whose_grade_changes_has_a_sentence_with_its_cause(found):
    assert "蓬江区：得分由89.00分变为91.00分，等次由“较好”升为“好”，因交叉考核权重 40 → 60。" in lines(found)


def test_the_table_marks_what_differs_and_calls_what_is_missing(found):
    rows = [[cell.text for cell in row.cells] for row in paper(found).tables[0].rows]
    assert rows[0][1:] == ["基准：文件原方案"] * 3 + ["情景1：交叉加重"] * 3
    assert rows[1][1:] == ["位次", "得分", "等次"] * 2
    assert rows[2] == ["蓬江区", "1", "89.00", "较好", "1", "91.00", "好 ↑"]
    assert rows[3] == ["江海区", "2", "86.00", "较好", "2", "84.00", "较好"]
    assert ["新会区", "", "暂缺", "暂缺", "", "暂缺", "暂缺"] in rows
    assert any(line.endswith("位次为暂列。") and "新会区（日常工作）" in line for line in lines(found))


def test_readings_that_nobody_confirmed_are_told_as_ours(found):
    told = next(line for line in lines(found) if "项影响计分的口径原文未规定、尚未确认" in line)
    assert "“四档赋分”" in told  # of totals alone no reading of ticks changes a grade


def test_it_gives_the_line_that_computes_each_scenario_again(found):
    told = lines(found)
    assert "python cli.py score --scheme jiangmen-2020-county 评分表/*.xlsx" in told
    assert "python cli.py whatif --scheme jiangmen-2020-county --set components.cross.weight=60 评分表/*.xlsx" in told


def test_of_another_assessments_marks_there_is_no_line_and_the_paper_says_why(found):
    told = "\n".join(lines(replace(found, own=False)))
    assert "cli.py" not in told
    assert "所用评分沿用自另一次考核" in told
    assert all(column.scheme.hash in told for column in found.columns)


def test_hidden_names_are_nowhere_in_the_file_nor_is_the_rosters_order(tmp_path):
    state = demo_state(tmp_path, COUNTY)
    names = hidden(state, "county")
    why = replace(saved("为开平市", "county", **HEAVY), reason="蓬江区的建议")
    compared = side_by_side(state, why, names=names)
    content = memo(compared)
    assert not [unit for unit in names if unit in whole(content)]
    rows = [row.cells[0].text for row in Document(io.BytesIO(content)).tables[0].rows[2:]]
    assert rows == [names[result.unit] for result in compared.base.results.ranked("county")]


def test_it_has_the_format_of_official_papers(found):
    page = paper(found).sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert [round(side.mm) for side in (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)] == [
        37, 35, 28, 26,
    ]  # fmt: skip
    assert page.header.paragraphs[0].text == page.even_page_header.paragraphs[0].text == "内部资料·未经审定"
    assert " PAGE " in page.footer._element.xml
    fonts: dict[str, str] = {}
    for line in paper(found).paragraphs:
        if line.runs:
            fonts.setdefault(line.text[:2], line.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")))
    told = (fonts["20"], fonts["一、"], fonts["（一"], fonts["依据"])
    assert told == ("方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312")
    assert '<w:altName w:val="仿宋"/>' in whole(memo(found))


def test_the_same_comparison_gives_the_same_bytes_and_names_no_author(found):
    assert memo(found) == memo(found)
    about = paper(found).core_properties
    assert (about.author, about.title, about.comments) == ("衡效", "情景比对说明", "")


def test_text_that_no_document_can_hold_is_left_out(tmp_path):
    state = totals_state(tmp_path, MARKS)
    odd = replace(saved("名\x00称\x0b", "county", **HEAVY), reason="<w:p>\x08理由")
    told = "\n".join(lines(side_by_side(state, odd)))
    assert "情景1：名称" in told
    assert "理由：<w:p>理由" in told


@pytest.mark.slow
@pytest.mark.parametrize("name", scheme_ids())
def test_every_scheme_has_a_memo(tmp_path: Path, name: str):
    state = demo_state(tmp_path, name)
    assert lines(side_by_side(state, group=state.scheme.groups[0].id))[1] == "一、比对的对象和依据"


def test_sections_are_numbered_as_officials_do():
    assert [numeral(n) for n in (1, 10, 11, 20, 21)] == ["一", "十", "十一", "二十", "二十一"]
