"""The schemes say what their documents say: tables to the letter, clauses that exist, counts that agree."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from data.clauses import document_text, read_clauses
from data.regions.places import place
from data.schemes import FOLDER, document_ids, scheme, scheme_ids
from scoring.kinds import Element, Ruled
from scoring.load import load_scheme
from scoring.scheme import Scheme

TABLES = Path(__file__).parents[1] / "cases" / "indicators"

SOURCES = {
    "jiangmen-2020-county": "江门2020",
    "jiangmen-2020-town": "江门2020",
    "jiangmen-2020-city": "江门2020",
    "guangdong-2019": "广东2019",
    "dongxi-2019-city": "广东2019东西部",
    "dongxi-2019-department": "广东2019东西部",
    "neimenggu-2018": "内蒙古2018",
    "ruyuan-2017": "乳源2017",
    "qujiang-2018": "曲江2018",
}
"""By scheme, the document's name in the clause list."""


def letters(text: str) -> str:
    """The text without differences of width and blanks, as two prints of one sentence may differ."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def table(name: str) -> list[dict[str, str]]:
    with (TABLES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def clauses_of(source: str) -> set[str]:
    with (FOLDER / "clauses.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        printed = [clause for row in rows if row["source"] == source for clause in (row["clause"], opening(row))]
    return {re.sub(r"^附(?!件)", "附件", clause) for row in printed for clause in each_clause(letters(row))}


def opening(row: dict[str, str]) -> str:
    """A row of 第五条 whose words begin with （一） speaks of 第五条（一）."""
    numbered = re.match(r"（.）", row["words"])
    return row["clause"] + (numbered[0] if numbered else "")


def each_clause(printed: str) -> list[str]:
    """附件2/3/4 names three clauses, 三/六 two."""
    first, *others = printed.split("/")
    if re.fullmatch(r"附件\d", first):
        others = [f"附件{other}" for other in others]
    return [first, *others]


def headings_of(one: Scheme) -> set[str]:
    """The document's own numbers: the list need not have a row for each of its clauses."""
    return {letters(clause.key) for clause in read_clauses(document_text(one.document.text))}


def stands(clause: str, known: set[str]) -> bool:
    """Whether a cited clause is in the list, itself or with its parts: 附件1 is there as 附件1-1, 第八条 as 第八条(三)."""
    cited = letters(clause)
    return any(re.match(re.escape(cited) + (r"(?!\d)" if cited[-1].isdigit() else ""), entry) for entry in known)


def ruled(element: Element) -> list[Ruled]:
    """Every element with a basis, wherever it stands in the scheme."""
    found = [element] if isinstance(element, Ruled) else []
    for name in type(element).model_fields:
        value = getattr(element, name)
        for each in value if isinstance(value, tuple) else (value,):
            found += ruled(each) if isinstance(each, Element) else []
    return found


def items_of(one: Scheme) -> list:
    return [*one.indicators, *(item for group in one.groups for item in group.indicators)]


def source_text(one: Scheme) -> str:
    return letters((FOLDER / "texts" / one.document.text).read_text(encoding="utf-8"))


def test_there_are_nine_schemes_of_documents_and_one_template_of_ours():
    assert set(document_ids()) == set(SOURCES)
    assert set(scheme_ids()) - set(SOURCES) == {"template-2026-county"}


def test_the_template_cites_no_paper_and_says_that_it_is_none():
    one = scheme("template-2026-county")
    assert one.template
    assert "模板" in one.title
    assert "非官方文件" in one.document.title
    assert not one.document.number
    assert not one.document.text
    assert not one.document.issuer
    assert [element for element in ruled(one) if element.cite or not element.assumed] == []
    assert {clause for item in items_of(one) for clause in item.cite} == {"模板"}


def test_the_template_asks_for_each_item_once_and_makes_a_hundred():
    one = scheme("template-2026-county")
    assert (one.base, len(one.indicators)) == (100, 21)
    assert {len(item.full) for item in one.indicators} == {1}
    assert {len(item.path) for item in one.indicators} == {2}  # 一级 and 二级 above the item: three levels


@pytest.mark.parametrize("name", SOURCES)
def test_a_scheme_loads_under_its_own_name(name):
    assert scheme(name).id == name
    assert scheme(name).status == "whole"


@pytest.mark.parametrize("name", SOURCES)
def test_every_clause_cited_exists(name):
    known = clauses_of(SOURCES[name]) | headings_of(scheme(name))
    cites = {clause for element in ruled(scheme(name)) for clause in element.cite}
    cites |= {clause for item in items_of(scheme(name)) for clause in item.cite}
    assert cites
    assert sorted(clause for clause in cites if not stands(clause, known)) == []


@pytest.mark.parametrize("name", SOURCES)
def test_the_words_of_a_cited_rule_stand_in_the_document(name):
    text = source_text(scheme(name))
    rules = [element for element in ruled(scheme(name)) if element.cite and getattr(element, "text", "")]
    assert [rule.text for rule in rules if letters(rule.text) not in text] == []


@pytest.mark.parametrize("name", SOURCES)
def test_the_document_card_is_complete(name):
    document = scheme(name).document
    assert document.title
    assert document.text
    assert document.issuer
    assert document.number or name == "ruyuan-2017", "乳源的来源件没有文号"
    assert document.issued or name == "ruyuan-2017"
    assert scheme(name).doubts


@pytest.mark.parametrize("name", SOURCES)
def test_every_place_on_a_roster_has_the_name_of_its_code(name):
    units = [unit for group in scheme(name).groups for unit in group.units]
    assert [unit.name for unit in units if unit.region and place(unit.region).name != unit.name] == []
    if name != "dongxi-2019-department":
        assert all(unit.region for unit in units)


@pytest.mark.parametrize("name", SOURCES)
def test_each_alternative_makes_a_scheme(name):
    one = scheme(name)
    for field in ("ticks", "item_weights", "rounding", "bands", "ratios", "category_grades"):
        element = getattr(one, field)
        for alternative in element.alternatives if element else ():
            changed = Scheme.model_validate(one.model_dump() | {field: element.model_dump() | alternative.sets})
            assert getattr(changed, field) != element


JIANGMEN = {
    "jiangmen-2020-city": "jiangmen2020_shibenji",
    "jiangmen-2020-county": "jiangmen2020_xianji",
    "jiangmen-2020-town": "jiangmen2020_zhenji",
}


@pytest.mark.parametrize(("name", "printed"), JIANGMEN.items())
def test_jiangmens_items_are_the_printed_table_to_the_letter(name, printed):
    written = [(item.no, *map(letters, (*item.path, item.name, item.source))) for item in scheme(name).indicators]
    assert written == [
        (
            int(row["no"]),
            *map(letters, (unnumbered(row["category"]), row["sub_category"], row["name"], row["data_source"])),
        )
        for row in table(printed)
    ]


def unnumbered(category: str) -> str:
    """一、减贫成效 is called 减贫成效."""
    return re.sub(r"^[一二三四五六七八九十]+、", "", category)


@pytest.mark.parametrize(
    ("group", "printed"), [("helped", "guangdong2019_beibangfu17"), ("helper", "guangdong2019_duikou8")]
)
def test_guangdongs_two_groups_have_their_own_printed_tables(group, printed):
    items = scheme("guangdong-2019").indicators_of(group)
    assert [(item.no, *map(letters, (*item.path, item.name, item.source))) for item in items] == [
        (
            int(row["no"]),
            *map(letters, (unnumbered(row["category"]), row["sub_category"], row["name"], row["data_source"])),
        )
        for row in table(printed)
    ]


@pytest.mark.parametrize(
    ("name", "printed", "category"),
    [
        ("dongxi-2019-city", "dongxibu2019_shi40", "category"),
        ("dongxi-2019-department", "dongxibu2019_shengzhi", "category"),
        ("ruyuan-2017", "ruyuan2017_zhibiao10", "category_reconstructed"),
    ],
)
def test_the_other_tables_are_the_printed_ones_to_the_letter(name, printed, category):
    written = [(item.no, *map(letters, (item.path[0], item.name, item.detail))) for item in scheme(name).indicators]
    assert written == [
        (int(row["no"]), *map(letters, (row[category], row["name"] or "重点工作", row["detail"])))
        for row in table(printed)
    ]


def test_neimenggus_items_and_both_full_marks_are_the_printed_ones():
    written = [
        (item.no, *map(letters, (*item.path, item.name, item.method)), item.full["daily"], item.full["yearend"])
        for item in scheme("neimenggu-2018").indicators
    ]
    assert written == [
        (
            int(row["no"]),
            *map(letters, (row["category"], row["target"], row["criterion"], row["method"])),
            int(row["points_pingshi"]),
            int(row["points_nianzhong"]),
        )
        for row in table("neimenggu2018_jiankong")
    ]


def test_qujiangs_contents_are_the_printed_ones():
    written = [tuple(map(letters, (*item.cite, item.name, item.detail))) for item in scheme("qujiang-2018").indicators]
    assert written == [
        tuple(map(letters, (row["clause"], row["name"], row["detail"]))) for row in table("qujiang2018_neirong5")
    ]


def test_jiangmen_assesses_seven_counties_and_seventy_three_towns():
    assert [len(group.units) for group in scheme("jiangmen-2020-county").groups] == [7]
    assert [len(group.units) for group in scheme("jiangmen-2020-town").groups] == [6, 3, 11, 17, 15, 10, 11]
    assert scheme("jiangmen-2020-county").weights == {"cross": 40, "municipal": 30, "daily": 30}


def test_guangdong_ranks_fourteen_and_six_cities_apart_and_leaves_out_jiangmen():
    guangdong = scheme("guangdong-2019")
    assert [(len(group.units), len(group.indicators)) for group in guangdong.groups] == [(14, 17), (6, 8)]
    assert guangdong.weights == {"cross": 40, "third": 30, "daily": 30}
    assert [place.name for place in guangdong.excluded] == ["江门市"]
    named = {unit.region for group in guangdong.groups for unit in group.units} | {guangdong.excluded[0].region}
    assert len(named) == 21


def test_the_cities_of_dongxi_have_forty_items_in_six_categories():
    city = scheme("dongxi-2019-city")
    assert len(city.groups[0].units) == 10
    assert Counter(item.path[0] for item in city.indicators) == {
        "组织领导": 6, "人才支援": 5, "资金支持": 6, "产业合作": 5, "劳务协作": 5, "携手奔小康行动": 13,
    }  # fmt: skip
    assert city.indicators[city.late[0].indicators[0] - 1].name == "援助资金"


def test_each_department_has_nine_items_in_common_and_one_of_its_own():
    department = scheme("dongxi-2019-department")
    units = [unit.name for unit in department.groups[0].units]
    assert len(units) == 15
    assert len([item for item in department.indicators if not item.only]) == 9
    assert sorted(name for item in department.indicators for name in item.only) == sorted(units)


def test_the_last_grade_is_called_what_each_document_calls_it():
    last = {name: scheme(name).grades[-1] for name in SOURCES if scheme(name).grades}
    assert {name for name, grade in last.items() if grade == "差"} == {
        "dongxi-2019-city", "dongxi-2019-department", "neimenggu-2018",
    }  # fmt: skip


def test_neimenggus_two_halves_are_a_hundred_each_and_its_classes_what_they_print():
    neimenggu = scheme("neimenggu-2018")
    assert [sum(item.full[half] for item in neimenggu.indicators) for half in ("daily", "yearend")] == [100, 100]
    classes: Counter = Counter()
    for item in neimenggu.indicators:
        classes[item.path[0]] += sum(item.full.values())
    assert list(classes.values()) == [20, 20, 70, 50, 20, 20]
    assert [category.full for category in neimenggu.categories] == [20, 20, 70, 50, 20, 20]
    assert (neimenggu.total.full, neimenggu.total.on, neimenggu.combine) == (200, 100, "add")
    assert len(neimenggu.groups[0].units) == 12


def test_ruyuan_draws_its_last_line_at_sixty_and_counts_its_units_by_class():
    ruyuan = scheme("ruyuan-2017")
    assert [(band.grade, band.min) for band in ruyuan.bands.items] == [
        ("好", 90),
        ("较好", 80),
        ("一般", 60),
        ("较差", 0),
    ]
    assert [group.size for group in ruyuan.groups] == [9, 28, 26, 6, 16, 5]
    assert sum(group.size for group in ruyuan.groups[1:5]) == 76
    assert [(award.times, award.groups) for award in ruyuan.awards] == [
        (2, ("town", "economy", "party")),
        (3, ("upper",)),
    ]
    assert len(ruyuan.indicators) == 10


def test_qujiang_has_five_triggers_and_neither_grades_nor_points():
    qujiang = scheme("qujiang-2018")
    assert (qujiang.grades, qujiang.bands, qujiang.combine) == ((), None, "judgement")
    first = qujiang.outcomes[0].when
    assert len(first.any) == 5
    actions = [outcome.action for outcome in qujiang.outcomes]
    assert actions == ["提出处理意见", "约谈并限期整改", "责任追究", "由司法机关依法处理", "表彰"]
    assert len(qujiang.groups[0].units) == 9


def test_where_a_document_draws_no_lines_none_are_borrowed_unasked():
    for name in ("guangdong-2019", "neimenggu-2018"):
        bands = scheme(name).bands
        assert bands.items == ()
        assert "原文" in bands.assumed
        assert all(alternative.sets["borrowed"] for alternative in bands.alternatives)


def test_a_scheme_of_ones_own_may_leave_the_roster_open():
    text = (TABLES.parent / "small.yaml").read_text(encoding="utf-8")
    own = load_scheme(text.replace(", units: [{name: 甲镇}, {name: 乙镇}]", ""))
    assert own.group_of("任何镇").id == "town"
