"""The clause register: every clause accounted for, every place there, every cite in the document's own text."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from data import register
from data.clauses import document_text, find, normal, part_of, read_clauses
from data.register import CLAUSES, DOCUMENTS, REGISTER, RegisterError
from data.schemes import document_ids, scheme
from scoring.kinds import Element

READ = csv.DictReader(CLAUSES.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
IDS = [row["id"] for row in READ]
ENTRIES = register.entries()
HEAD = "id\tstatus\tschemes\tplaces\tnote\n"


def one(entry_id: str) -> register.Entry:
    return next(entry for entry in ENTRIES if entry.id == entry_id)


def refused(line: str) -> str:
    """What is said of a register whose first line is this one; the lines that are then missing left out."""
    with pytest.raises(RegisterError) as refusal:
        register.read(CLAUSES.read_text(encoding="utf-8"), HEAD + line + "\n")
    return "\n".join(problem for problem in refusal.value.problems if not problem.startswith("register.tsv　没有写"))


def test_all_280_clauses_are_accounted_for_each_once():
    assert len(IDS) == len(set(IDS)) == 280
    assert [entry.id for entry in ENTRIES] == IDS
    assert sum(register.counts(ENTRIES).values()) == 280


def test_every_scheme_belongs_to_one_document():
    assert sorted(one for ids in DOCUMENTS.values() for one in ids) == document_ids()
    assert {entry.source for entry in ENTRIES} == set(DOCUMENTS)


def test_whatever_is_left_out_has_its_reason_and_whatever_is_not_has_a_place():
    assert [entry.id for entry in ENTRIES if entry.status == "left_out" and len(entry.note) < 6] == []
    assert [entry.id for entry in ENTRIES if entry.status != "left_out" and not entry.places] == []
    assert [entry.id for entry in ENTRIES if entry.status == "left_out" and entry.places] == []


def test_whatever_is_implemented_is_more_than_a_text_or_a_doubt():
    def acts(path: str) -> bool:
        return not path.split(":")[-1].startswith(("text", "doubts", "document"))

    idle = [e.id for e in ENTRIES if e.status == "implemented" and not any(map(acts, e.paths))]
    assert idle == [], "Only words stand there: the row is shown, not implemented."


@pytest.mark.parametrize("entry", ENTRIES, ids=IDS)
def test_a_clause_stands_in_the_document_where_the_register_says(entry):
    assert entry.home, f"{entry.clause}: no such clause"
    assert register.stand_in_text(entry), f"{entry.words!r} is not in {entry.home}"


def test_each_element_rests_on_the_clause_or_owns_up_that_it_is_assumed():
    apart = [
        f"{entry.id} {entry.clause}: {place.scheme} {place.path} cites {place.cites}"
        for entry in ENTRIES
        if entry.status == "implemented"
        for place in entry.places
        if not register.agrees(entry, place)
    ]
    assert apart == [], "The element rests on another clause: name that clause in the note, or take another place."


def elements(thing: Element | tuple | dict) -> Iterator[Element]:
    """Every element of a scheme, however deep."""
    inner = thing.values() if isinstance(thing, dict) else thing
    if isinstance(thing, Element):
        yield thing
        inner = [getattr(thing, name) for name in type(thing).model_fields]
    for value in inner:
        if isinstance(value, Element | tuple | dict):
            yield from elements(value)


def printed_under(cite: str, scheme_id: str) -> bool:
    """Whether the document has that clause: as a heading, or as a number within the words of the one above it."""
    document = scheme(scheme_id).document
    clauses = read_clauses(document_text(document.text))
    found = find(clauses, cite, part_of(clauses, document.title))
    if found is None:
        return False
    rest = register.squeezed(normal(cite)).removeprefix(register.squeezed(found.key))
    return not rest or bool(re.search(rf"(?<!\d){re.escape(rest)}[.．、]", found.text))


@pytest.mark.parametrize("scheme_id", document_ids())
def test_every_cite_of_a_scheme_is_a_clause_of_its_document(scheme_id):
    found = list(elements(scheme(scheme_id)))
    cites = {cite for element in found for cite in getattr(element, "cite", ())}
    assert cites
    assert [cite for cite in sorted(cites) if not printed_under(cite, scheme_id)] == []


@pytest.mark.parametrize("scheme_id", document_ids())
def test_every_doubt_names_a_clause_of_its_document(scheme_id):
    named = [doubt.clause for doubt in scheme(scheme_id).doubts if doubt.clause != "标题"]
    assert [clause for clause in named if not printed_under(clause, scheme_id)] == []


def test_the_rule_on_punished_leaders_is_found_from_its_clause():
    entry = one("JM026")
    assert (entry.source, entry.clause, entry.home) == ("江门2020", "五(四)", "五（四）")
    place = next(place for place in entry.places if place.path == "limits.leader")
    assert (place.scheme, place.cites) == ("jiangmen-2020-county", ("五（四）",))
    assert next(place for place in entry.places if place.is_file).path == "pages/collect/limits.py"


def test_a_clause_of_a_paper_with_two_documents_is_found_in_its_own():
    assert register.home("广东2019", "一").title == "考核组织"
    assert register.home("广东2019东西部", "一").title == "成效评价目的"


def test_a_range_of_items_is_each_of_them():
    (place,) = register.resolve("indicators.5-9", [scheme("jiangmen-2020-county")])
    assert [item.no for item in place.found] == [5, 6, 7, 8, 9]


def test_a_path_may_be_meant_for_one_scheme_of_several():
    both = [scheme("jiangmen-2020-county"), scheme("jiangmen-2020-town")]
    assert len(register.resolve("steps.self", both)) == 2
    assert [p.scheme for p in register.resolve("jiangmen-2020-town:steps.self", both)] == ["jiangmen-2020-town"]


def test_a_scheme_of_ones_own_has_no_register():
    assert register.of_scheme("anping-2026") == ()
    assert {entry.source for entry in register.of_scheme("dongxi-2019-department")} == {"广东2019东西部"}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("JM999\tshown\t\ttext\t", ["register.tsv 第 2 行", "没有“JM999”这一条", "clauses.tsv"]),
        ("JM001\tdone\t\ttext\t", ["状态“done”不认识", "implemented、shown、left_out"]),
        ("JM001\tleft_out\t\t\t", ["JM001 未纳入而没有理由", "note"]),
        ("JM001\timplemented\tjiangmen-2020-county\t\t", ["JM001 没有写在哪里", "places"]),
        ("JM026\timplemented\tjiangmen-2020-county\tlimits.nobody\t", ["“limits.nobody”", "jiangmen-2020-county", "找不到"]),
        ("JM026\timplemented\t\tlimits.leader\t", ["“limits.leader”在（未写方案）里找不到"]),
        ("JM026\timplemented\truyuan-2017\tbands\t", ["“江门2020”没有“ruyuan-2017”这个方案"]),
        ("JM026\timplemented\tjiangmen-2020-county\tpages/nowhere.py\t", ["没有“pages/nowhere.py”这个文件"]),
        ("JM026\timplemented\tjiangmen-2020-county\t../etc/passwd\t", ["没有“../etc/passwd”这个文件"]),
        ("JM026\timplemented\tjiangmen-2020-county; jiangmen-2020-city\tdraw\t", ["jiangmen-2020-city 里没有一处"]),
        ("JM003\tshown\tjiangmen-2020-county\tdocument.cutoff\t", ["“document.cutoff”", "找不到"]),
    ],
)  # fmt: skip
def test_a_wrong_line_is_refused_with_its_line_the_reason_and_the_mend(line, words):
    told = refused(line)
    assert [word for word in words if word not in told] == []


def test_a_clause_told_twice_or_not_at_all_is_refused():
    twice = "JM001\tshown\tjiangmen-2020-county\ttext\t\n" * 2
    with pytest.raises(RegisterError) as refusal:
        register.read(CLAUSES.read_text(encoding="utf-8"), HEAD + twice)
    assert "JM001 写了两次" in refusal.value.problems[0]
    assert len(refusal.value.problems) == 1 + 279
    assert refusal.value.problems[1] == "register.tsv　没有写 JM002（文头）；请补一行"


def test_a_register_without_its_columns_says_which():
    with pytest.raises(RegisterError, match="缺少列：status、schemes、places、note"):
        register.read(CLAUSES.read_text(encoding="utf-8"), "id\nJM001\n")


def test_the_register_is_a_table_with_one_shape():
    lines = REGISTER.read_text(encoding="utf-8").splitlines()
    assert {line.count("\t") for line in lines} == {4}
    assert Path(REGISTER).name == "register.tsv"
