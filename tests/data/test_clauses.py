"""An official text cut into clauses: 江门's by hand, and the odd habits of the other four papers."""

from __future__ import annotations

import pytest

from data.clauses import document_text, find, normal, part_of, read_clauses
from data.schemes import document_ids, scheme

JIANGMEN = read_clauses(document_text("jiangmen-2020.txt"))
GUANGDONG = read_clauses(document_text("guangdong-2019.txt"))


def test_the_clauses_of_jiangmen_are_those_of_the_paper_in_its_order():
    assert [clause.key for clause in JIANGMEN] == [
        "文头", "引言", "一", "二", "三", "四", "四（一）", "四（二）", "四（三）", "四（四）", "四（五）",
        "五", "五（一）", "五（二）", "五（三）", "五（四）",
        "六", "六（一）", "六（二）", "六（三）", "六（四）", "六（五）", "六（六）", "七", "八", "八（一）", "八（二）", "八（三）", "九",
        "附件清单", "附件1", "附件2", "附件3", "附件4",
    ]  # fmt: skip


def test_a_clause_has_its_heading_and_its_words():
    clause = find(JIANGMEN, "六（五）")
    assert clause.title == "综合评价"
    assert "分别按40%、30%、30%的权重" in clause.text


def test_a_rule_without_a_heading_of_its_own_is_all_text():
    clause = find(JIANGMEN, "五（四）")
    assert clause.title == ""
    assert clause.paragraphs[0].endswith("当年不得评为“好”等次。")


def test_a_heading_may_be_the_whole_line_with_its_deadline():
    assert find(JIANGMEN, "六（三）").title == "组织交叉考核（2020年11月30日前完成）"


def test_a_paragraph_that_a_page_tore_apart_is_whole_again():
    assert "各市（区）可参照市的做法" in find(JIANGMEN, "二").paragraphs[0]


def test_each_table_stands_under_the_attachment_that_the_list_announced():
    titles = {number: find(JIANGMEN, f"附件{number}").title for number in (2, 3, 4)}
    assert ["本级" in titles[2], "县级" in titles[3], "镇级" in titles[4]] == [True, True, True]
    assert any("19. 探索推进" in cell for row in find(JIANGMEN, "附件3").rows for cell in row)


def test_the_shifted_row_of_the_county_table_stays_shifted():
    shifted = next(row for row in find(JIANGMEN, "附件3").rows if any("14. 财政专项" in cell for cell in row))
    assert shifted[:3] == ("", "三、资金管理", "使用监管")


def test_rows_of_a_table_are_never_headings():
    assert all("减贫成效" not in clause.title for clause in JIANGMEN if clause.key == "一")


@pytest.mark.parametrize(
    ("cite", "key"),
    [("六(五)", "六（五）"), ("四（二）②", "四（二）"), ("附件 1", "附件1"), ("附1-1", "附件1"), ("六（九）", "六")],
)
def test_a_cite_leads_to_its_clause_or_the_nearest_above(cite, key):
    assert find(JIANGMEN, cite).key == key


@pytest.mark.parametrize("cite", ["十", "十一", "附件11", "附件9", "标题", ""])
def test_a_cite_of_what_is_not_there_leads_nowhere(cite):
    assert find(JIANGMEN, cite) is None


def test_a_paper_with_two_documents_keeps_their_clauses_apart():
    assert part_of(GUANGDONG, "广东省东西部扶贫协作成效评价办法") == "附件2"
    assert part_of(JIANGMEN, scheme("jiangmen-2020-county").document.title) == ""
    assert find(GUANGDONG, "一", "附件1").title == "考核组织"
    assert find(GUANGDONG, "一", "附件2").title == "成效评价目的"


def test_articles_and_points_are_clauses_too():
    neimenggu = read_clauses(document_text("neimenggu-2018.txt"))
    assert find(neimenggu, "第七条（一）1").title == "平时监控"
    assert find(neimenggu, "第十条").text.endswith("自治区扶贫办负责。")
    assert find(read_clauses(document_text("qujiang-2018.txt")), "第五条").title == "考核内容"


@pytest.mark.parametrize("scheme_id", document_ids())
def test_every_clause_that_a_scheme_cites_is_in_its_text(scheme_id):
    read = scheme(scheme_id)
    clauses = read_clauses(document_text(read.document.text))
    part = part_of(clauses, read.document.title)
    cites = {cite for component in read.components for cite in component.cite}
    cites |= {cite for row in (*read.limits, *read.outcomes, *read.steps, *read.indicators) for cite in row.cite}
    assert [cite for cite in sorted(cites) if find(clauses, cite, part) is None] == []


@pytest.mark.parametrize("name", ["", "没有.txt", "../jiangmen-2020-county.yaml", "/etc/hostname"])
def test_only_a_text_beside_the_schemes_is_read(name):
    assert document_text(name) == ""


@pytest.mark.parametrize("text", ["", "\n\n", "没有编号的一段话。"])
def test_a_text_without_numbers_is_at_most_one_clause(text):
    assert [clause.key for clause in read_clauses(text)] == (["文头"] if text.strip() else [])


def test_cites_are_written_one_way():
    assert normal(" 附 2-1 ") == "附件2-1"
