"""What is true of the 考核情况报告 of every scheme's demonstration: no figure, name or clause from nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from data.clauses import document_text, read_clauses
from data.demo import all_demos, load_one
from data.locked import Locked, open_locked, unkept
from data.papers.paper import Heading, Paper, Table, Text
from data.papers.report import SECTIONS, report
from data.papers.report_scope import item_name
from data.papers.words import READING
from data.store import Given, Store
from scoring import exact, profile
from scoring.edges import above_line, to_next
from scoring.explain import score_text, steps_of
from scoring.profile import unit_rows
from tests.data.locks import TODAY, locked_of, settled

DEMOS = {demo.scheme_id: demo for demo in all_demos()}
_DECIMAL = re.compile(r"(?<![\d.])\d+\.\d+")


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Locked]]:
    """Every demonstration, locked once."""
    with Store.open(f"sqlite:///{tmp_path_factory.mktemp('reports')}/t.db") as store:
        yield {name: _opened(store, load_one(store, demo).id) for name, demo in DEMOS.items()}


def _opened(store: Store, assessment_id: int) -> Locked:
    """As the demonstration locked it, if it did, else locked now."""
    there = store.locked_versions(assessment_id)
    return open_locked(store, assessment_id, there[0].number, TODAY) if there else locked_of(store, assessment_id)


@pytest.fixture(params=list(DEMOS))
def locked(request: pytest.FixtureRequest, known: dict[str, Locked]) -> Locked:
    return known[request.param]


@pytest.fixture
def paper(locked: Locked) -> Paper:
    return report(locked)


def told(paper: Paper) -> list[str]:
    """Every text there is: paragraphs, headings, captions and cells."""
    cells = [cell for each in paper.tables for row in (*each.heads, *each.rows) for cell in row]
    return [*paper.title, *paper.texts, *(each.caption for each in paper.tables), *cells]


def test_the_five_parts_stand_in_their_order_and_none_is_empty(paper: Paper) -> None:
    firsts = [at for at, block in enumerate(paper.blocks) if isinstance(block, Heading) and block.level == 1]
    numbers = zip("一二三四五", SECTIONS, strict=True)
    assert [paper.blocks[at].text for at in firsts] == [f"{number}、{name}" for number, name in numbers]  # type: ignore[union-attr]
    for at, block in enumerate(paper.blocks):
        if isinstance(block, Heading):
            after = paper.blocks[at + 1]
            assert isinstance(after, Text | Table) or (block.level == 1 and isinstance(after, Heading)), block.text


def test_parts_within_a_part_are_numbered_in_order(paper: Paper) -> None:
    count = 0
    for block in paper.blocks:
        if isinstance(block, Heading):
            count = 0 if block.level == 1 else count + 1
            assert block.level == 1 or block.text.startswith(f"（{'一二三四五六七八九十'[count - 1]}）")


def test_every_paragraph_is_a_whole_sentence_without_a_slip_of_the_pen(paper: Paper) -> None:
    for text in [block.text for block in paper.blocks if isinstance(block, Text)]:
        assert text.endswith(("。", "：")), text
        for slip in (
            "None",
            "（）",
            "、、",
            "。。",
            "，。",
            "；。",
            "：。",
            "，，",
            "（（",
            "“”",
            "  ",
            "Fraction",
            "垫底",
            "末位",
            "%%",
        ):
            assert slip not in text, (slip, text)
        for begin, end in ("（）", "“”", "‘’", "《》", "〔〕"):
            assert text.count(begin) == text.count(end), text


def test_no_figure_in_brackets_or_cell_is_empty_or_a_python_word(paper: Paper) -> None:
    for text in told(paper):
        assert text.strip()
        assert "None" not in text
        assert "Fraction" not in text


def test_every_unit_is_told_of(locked: Locked, paper: Paper) -> None:
    text = "\n".join(told(paper))
    assert [result.unit for result in locked.state.results.units if result.unit not in text] == []


def test_every_ground_is_a_clause_of_the_document_or_a_reading(locked: Locked, paper: Paper) -> None:
    scheme = locked.state.scheme
    printed = {clause.key for clause in read_clauses(document_text(scheme.document.text))}
    clauses = set(_cites(scheme.model_dump())) | printed | {READING}
    assert {cite for block in paper.blocks if isinstance(block, Text) for cite in block.cites} <= clauses


def test_what_is_analysed_evaluated_and_proposed_names_its_ground(paper: Paper) -> None:
    """Only what tells the locked version itself and what people decided rests on no clause."""
    bare = [block.text for block in paper.blocks if isinstance(block, Text) and not block.cites]
    allowed = ("本报告数据", "与测算等次不同的", "按本次数据没有", "异议第", "办理异议")
    assert [
        text
        for text in bare
        if not text.lstrip("0123456789. ").startswith((*allowed, "审定", "待数据收齐", "建议等次与", "审定等次与"))
    ] == []


def test_every_decimal_is_a_result_or_follows_from_results_by_a_mean_or_a_difference(
    locked: Locked, paper: Paper
) -> None:
    allowed = _figures(locked)
    texts = [block.text for block in paper.blocks if isinstance(block, Text)]
    cells = [cell for table in paper.tables for row in table.rows for cell in row]
    for text in (*texts, *cells):
        for number in _DECIMAL.findall(text):
            assert number in allowed, (number, text)


def test_rows_have_the_width_of_their_heads_and_fit_the_page(paper: Paper) -> None:
    for table in paper.tables:
        assert all(len(row) == len(table.widths) for row in (*table.heads, *table.rows))
        assert sum(table.widths) <= (225 if table.across else 156) + 0.01


def test_the_paper_carries_the_marking_and_stamp_of_what_was_locked(locked: Locked, paper: Paper) -> None:
    assert (paper.marking, paper.stamp) == (locked.marking, locked.stamp)
    assert paper.marking.endswith("示例数据")
    assert ("内部资料" in paper.marking) == (locked.standing.approved is None)
    assert re.search("^[^/\\\\:]+情况报告_锁定版第1号$", paper.name)
    assert paper.title[-1].endswith("（草稿）") == (locked.standing.settled is None)


def test_an_incomplete_result_says_so_in_its_first_paragraph_and_only_then(locked: Locked, paper: Paper) -> None:
    lacking = not locked.complete and not locked.state.scheme.judged
    assert paper.texts[0].startswith("本稿数据未齐，为草稿") == lacking


def test_the_same_locked_version_gives_the_same_report(locked: Locked, paper: Paper) -> None:
    assert report(locked) == paper


def test_results_no_store_holds_are_reported_as_not_locked(locked: Locked) -> None:
    paper = report(unkept(locked.state, date(2020, 12, 8)))
    assert any("未入库锁定" in text for text in paper.texts)
    assert paper.name.endswith("_未入库")


def test_a_document_without_scores_is_reported_without_any(known: dict[str, Locked]) -> None:
    text = "\n".join(told(report(known["qujiang-2018"])))
    assert not _DECIMAL.search(text.replace(known["qujiang-2018"].record.code, ""))
    assert "不计分值、不定等次" in text
    assert "位次" not in text.replace("不排位次", "").replace("“位次”", "")
    assert "罗坑镇：“违反扶贫资金管理使用规定”（第七条（二））" in text


def test_a_document_without_lines_is_reported_without_grades(known: dict[str, Locked]) -> None:
    for name in ("guangdong-2019", "neimenggu-2018"):
        paper = report(known[name])
        assert any("等次待评议确定" in text for text in paper.texts)
        heads = {head for table in paper.tables for head in table.heads[0]}
        assert "测算等次" not in heads
        assert any("评议确定" in text and "的等次" in text for text in paper.texts)


def test_grades_that_judgement_gave_are_told_in_one_sentence_and_compared_with_nothing(
    tmp_path: Path,
) -> None:
    with Store.open(f"sqlite:///{tmp_path}/t.db") as store:
        made = load_one(store, DEMOS["guangdong-2019"])
        every = {unit.name: Given("较好") for unit in made.units}
        paper = report(settled(store, made, every | {"韶关市": Given("好", "经评议研究。")}))
    assert not any("与测算等次不同的" in text for text in paper.texts)
    told = [text for text in paper.texts if "没有测算等次" in text]
    assert told == [
        "20个地级以上市没有测算等次（文件未定分数线，等次由评议确定），审定等次见下表。其中韶关市“好”，理由：经评议研究。"
    ]


def test_bands_are_told_as_printed_and_what_they_leave_open_is_told_as_a_reading(known: dict[str, Locked]) -> None:
    told = next(text for text in report(known["ruyuan-2017"]).texts if text.startswith("按综合得分分为"))
    # 六: 90分以上(含90分), 80-89分(含80分), 60-79分(含60分), 59分以下
    assert told == (
        "按综合得分分为好（90分以上）、较好（80-89分）、一般（60-79分）、较差（59分以下）4个等次（六）。90分、80分、60分原文写明含本数。"
        "89分与90分、79分与80分、59分与60分之间的得分归入哪一等次原文未写，按归入较低的等次（口径，原文未规定）。"
    )


def test_the_name_of_an_item_ends_without_a_stop() -> None:
    # 附件1-2 prints it with one
    assert item_name(3, "市级党委政府主要领导责任落实情况。") == "第3项“市级党委政府主要领导责任落实情况”"


def test_groups_ranked_apart_have_means_and_tables_of_their_own(known: dict[str, Locked]) -> None:
    paper = report(known["guangdong-2019"])
    assert [table.caption for table in paper.tables if table.caption.endswith("得分和位次")] == [
        "被帮扶市得分和位次", "对口帮扶市得分和位次",
    ]  # fmt: skip
    assert any(text.startswith("14个被帮扶市平均得分") for text in paper.texts)


def test_those_that_inherit_are_told_apart_from_those_that_are_marked(known: dict[str, Locked]) -> None:
    paper = report(known["ruyuan-2017"])
    assert any(text.startswith("9个镇平均得分") for text in paper.texts)
    heirs = next(table for table in paper.tables if table.caption == "随帮扶对象计分的单位")
    assert len(heirs.rows) == 81
    assert "随所帮扶的镇计分" in "\n".join(paper.texts)


def _cites(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from inner if key == "cite" else _cites(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _cites(inner)


def _figures(locked: Locked) -> set[str]:
    """Every decimal that the results bear out: scores and parts, what the scheme says, means, differences, shares."""
    state = locked.state
    scheme, results = state.scheme, state.results.units
    found: set[str] = set(_DECIMAL.findall(str(scheme.model_dump())))
    found |= {n for r in results for step in steps_of(scheme, r) for n in _DECIMAL.findall(step.what)}
    scores = [(r, r.score) for r in results if r.score is not None]
    found |= {score_text(scheme, abs(a - b)) for _, a in scores for _, b in scores}
    for r in results:
        found |= {score_text(scheme, r.score)} if r.score is not None else set()
        found |= {score_text(scheme, end) for end in (r.possible.low, r.possible.high)} if r.possible else set()
        following, above = to_next(scheme, r), above_line(scheme, r)
        found |= {score_text(scheme, following[1])} if following else set()
        found |= {score_text(scheme, above)} if above is not None else set()
        found |= {exact.fixed(award.value, award.places) for award in r.awards}
        rates = []
        for part in r.components.values():
            if part.score is not None:
                found.add(score_text(scheme, part.score))
                found |= {score_text(scheme, abs(part.score - r.score))} if r.score is not None else set()
                rates.append(part.score * 100 / part.full)
        found |= {exact.fixed(rate) for rate in rates} | {exact.fixed(abs(a - b)) for a in rates for b in rates}
        found |= {exact.fixed(item.points) for item in profile.items(scheme, r) if item.points is not None}
        found |= {exact.fixed(value) for value in r.categories.values() if value is not None}
    found |= _means(locked)
    found |= {f"{n / 10:.1f}" for n in range(1001)}  # safe radii, which scoring.firmness rounds down to 0.1
    return found


def _means(locked: Locked) -> set[str]:
    state = locked.state
    scheme, found = state.scheme, set[str]()
    groups = [list(state.results.group(group.id)) for group in scheme.groups]
    everyone = [result for members in groups for result in members]
    for members in (*groups, everyone):
        marked = [r for r in members if scheme.inheritance(r.group) is None]
        found |= _mean([r.score for r in marked])
        for component in scheme.counted:
            parts = [r.components[component.id] for r in marked if component.id in r.components]
            whole = [r.components[component.id] for r in marked if r.score is not None and component.id in r.components]
            found |= _mean([part.score for part in parts])
            found |= _mean([None if p.score is None else p.score * 100 / p.full for p in whole])
        for name in {name for r in marked for name in r.categories}:
            found |= _mean([r.categories.get(name) for r in marked])
        for no in {row.no for r in marked for row in unit_rows(scheme, r)}:
            found |= _mean([item.points for r in marked for item in profile.items(scheme, r) if item.no == no])
        found |= {exact.fixed(Fraction(100 * n, 19)) for n in range(20)}  # what items weigh that divide nobody
    return found


def _mean(values: list[Fraction | None]) -> set[str]:
    there = [value for value in values if value is not None]
    return {exact.fixed(sum(there, Fraction(0)) / len(there))} if there else set()
