"""A document's clauses beside what was made of them: who stands with whom, and what a search finds and marks."""

from __future__ import annotations

import pytest

from components.rules import clause_view, register_view
from components.rules.clause_view import Row, highlighted
from data import register
from data.clauses import document_text, part_of, read_clauses
from data.register import Place
from data.schemes import document_ids, scheme, scheme_ids
from scoring.rulebook import rules


def rows_of(scheme_id: str) -> list[Row]:
    read = scheme(scheme_id)
    clauses = read_clauses(document_text(read.document.text))
    return clause_view.beside(read, clauses, part_of(clauses, read.document.title), rules(read))


def row(scheme_id: str, key: str) -> Row:
    return next(found for found in rows_of(scheme_id) if found.clause and found.clause.key == key)


def found(scheme_id: str, needle: str) -> list[str]:
    hits = clause_view.matching(rows_of(scheme_id), needle, None, only_ruled=False)
    return [hit.clause.key if hit.clause else "" for hit in hits]


def plain(markdown: str) -> str:
    return markdown.replace("\\", "").replace("\u200b", "").replace("\u2060", "")


@pytest.mark.parametrize("scheme_id", document_ids())
def test_every_rule_stands_beside_each_clause_it_cites_or_among_those_without_one(scheme_id):
    placed = [rule for one in rows_of(scheme_id) for rule in one.rules]
    assert set(placed) == set(rules(scheme(scheme_id)))
    assert all(rule.cites for one in rows_of(scheme_id) if one.clause for rule in one.rules)
    assert not [rule for one in rows_of(scheme_id) if not one.clause for rule in one.rules if rule.cites]


@pytest.mark.parametrize("scheme_id", scheme_ids())
def test_every_doubt_and_every_entry_of_the_register_stands_beside_its_clause(scheme_id):
    rows = rows_of(scheme_id)
    assert sorted(d.text for r in rows for d in r.doubts) == sorted(d.text for d in scheme(scheme_id).doubts)
    assert [doubt for one in rows if not one.clause for doubt in one.doubts] == []
    assert sorted(e.id for r in rows for e in r.entries) == sorted(e.id for e in register.of_scheme(scheme_id))


def test_the_rule_of_the_weights_is_told_once_and_not_by_the_register_again():
    weights = row("jiangmen-2020-county", "六（五）")
    assert len([rule for rule in weights.rules if rule.kind == "考核方式"]) == 3
    assert [entry.id for entry in weights.told] == []
    assert [entry.id for entry in weights.entries] == ["JM038", "JM039"]


def test_what_is_left_out_is_told_beside_a_doubt_too():
    assert [entry.id for entry in row("jiangmen-2020-county", "八（二）").told] == ["JM049", "JM068"]


def test_a_number_finds_its_clause_and_those_beneath_and_no_other():
    assert found("jiangmen-2020-county", "五(四)") == ["五（四）"]
    assert found("neimenggu-2018", "第七条") == [
        "第七条", "第七条（一）", "第七条（一）1", "第七条（一）2", "第七条（二）", "第七条（三）", "第七条（四）",
    ]  # fmt: skip


def test_words_are_found_in_the_text_in_rules_in_doubts_and_in_tables():
    assert "六（六）" in found("jiangmen-2020-county", "谈话提醒 领导小组")
    assert found("qujiang-2018", "90% 满意度") == [""]  # our own reading, so among those without a clause
    assert "四（二）" in found("jiangmen-2020-county", "附件2至附件4作")
    assert "附件3" in found("jiangmen-2020-county", "党建扶贫情况")
    assert found("jiangmen-2020-county", "没有这样的话") == []


def test_a_phrase_is_marked_in_any_width_and_across_blanks():
    assert plain(highlighted("14 个地级市", ["14个"])) == ":blue-background[14 个]地级市"
    assert plain(highlighted("按（四）办理", ["(四)"])) == "按:blue-background[（四）]办理"
    assert plain(highlighted("占40％", ["40%"])) == "占:blue-background[40％]"


@pytest.mark.parametrize("needle", ["(", "[", "\\", "*", "a|b", "?", " ", ""])
def test_a_needle_is_text_and_never_a_pattern(needle):
    assert plain(highlighted("平常的一句话", [needle])) == "平常的一句话"
    clause_view.matching(rows_of("qujiang-2018"), needle, None, only_ruled=False)


def test_text_that_looks_like_markdown_stays_text():
    assert ":blue-background[\\[x\\]\\(h" in highlighted("[x](http)", ["[x](h"])


@pytest.mark.parametrize(
    ("path", "scheme_id", "words"),
    [
        (
            "limits.leader", "jiangmen-2020-county",
            "等次限制“当年在扶贫领域方面各市（区）党委或政府班子成员出现受到记过以上处分的情况，当年不得评为“好”等次”",
        ),
        ("indicators.5-9", "jiangmen-2020-county", "指标第5至9项"),
        ("indicators", "jiangmen-2020-county", "指标共19项"),
        ("groups.helper.indicators.3-7", "guangdong-2019", "指标第3至7项"),
        ("components.cross", "jiangmen-2020-county", "考核方式“交叉考核”"),
        ("bands.好", "jiangmen-2020-county", "等次线“好”"),
        ("doubts.六（三）", "jiangmen-2020-county", "原文存疑"),
        ("document.number", "jiangmen-2020-county", "文件卡片"),
        ("send_to", "jiangmen-2020-county", "分送"),
        ("steps.cross", "jiangmen-2020-county", "考核步骤“交叉考核”"),
        ("categories.减贫成效", "neimenggu-2018", "类别“减贫成效”"),
    ],
)  # fmt: skip
def test_a_place_in_a_scheme_is_told_in_words(path, scheme_id, words):
    (place,) = register.resolve(path, [scheme(scheme_id)])
    assert register_view.place_words(place) == words


def test_a_page_is_told_by_its_title_and_a_module_by_what_it_does():
    assert register_view.place_words(Place("pages/collect/limits.py")) == "“情形登记”页"
    assert register_view.place_words(Place("data/store/log.py")) == "操作日志的记录"
    files = {place.path for entry in register.entries() for place in entry.places if place.is_file}
    assert [path for path in sorted(files - {"text"}) if not register_view.place_words(Place(path))] == []


def test_what_stands_in_another_scheme_of_the_document_is_told_with_its_name():
    entry = next(entry for entry in register.entries() if entry.id == "DX003")
    assert register_view.where(entry, "dongxi-2019-department") == "考核对象名单“省直单位”"
    assert (
        register_view.where(entry, "dongxi-2019-city") == "见方案“2019年东西部协作 · 省直单位”：考核对象名单“省直单位”"
    )


@pytest.mark.parametrize("entry", register.entries(), ids=lambda entry: entry.id)
def test_no_words_on_screen_are_a_path_or_code(entry):
    for scheme_id in entry.schemes or ("",):
        told = register_view.where(entry, scheme_id) + entry.note
        assert "/" not in told
        assert ".py" not in told
        assert "_" not in told
