"""Whatever the scheme and the marks, a spreadsheet computes in the workbook of a comparison what the engine computes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from data.documents.scenario_book import scenario_book
from data.scenarios import Column, Compared
from data.schemes import scheme, scheme_ids
from scoring.assess import assess
from scoring.marks import Fact, Sheet
from scoring.scenario import Scenario
from scoring.scheme import Scheme
from tests.data.book_hands import table
from tests.data.comparisons import side_by_side, totals_state
from tests.data.office import recalculated
from tests.scoring import strategies
from tests.scoring.filling import all_sheets, some_facts, with_figures

PROPERTY = settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    print_blob=False,
    suppress_health_check=list(HealthCheck),
)


def together(base: Compared, schemes: list[Scheme], sheets: list[Sheet], facts: list[Fact]) -> Compared:
    """One set of marks under several schemes, as columns."""
    columns = [Column(f"方案{n}", Scenario("county"), s, assess(s, sheets, facts)) for n, s in enumerate(schemes)]
    return replace(base, columns=tuple(columns))


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Compared:
    return side_by_side(totals_state(tmp_path_factory.mktemp("blank"), {}), group="county")


@pytest.mark.slow
@PROPERTY
@given(st.lists(strategies.schemes(), min_size=5, max_size=5), strategies.sheets(strategies.UNITS), strategies.facts())
def test_any_scheme_over_any_sheets_computes_alike_in_a_spreadsheet(tmp_path_factory, blank, schemes, sheets, facts):
    found = together(blank, schemes, sheets, facts)
    folder = tmp_path_factory.mktemp("any")
    book = recalculated(folder, {"any": scenario_book(found)})["any"]
    for number, column in enumerate(found.columns):
        rows = table(book[f"情景{number}" if number else "基准"])
        assert {row["核对"] for row in rows} == {"一致"}, (column.scheme.rounding, column.scheme.rank)


def disagreeing(found: dict[str, Compared], folder: Path) -> list[tuple[str, int]]:
    """(book, scenario) wherever a spreadsheet finds anything else than the engine."""
    books = recalculated(folder, {name: scenario_book(each) for name, each in found.items()})
    return [
        (name, number)
        for name, each in found.items()
        for number in range(len(each.columns))
        if {row["核对"] for row in table(books[name][f"情景{number}" if number else "基准"])} != {"一致"}
    ]


def over(base: Compared, schemes: list[Scheme], seed: int) -> Compared:
    """Every group's marks and facts at random under each scheme; the first group of the first is told of."""
    rules, random = schemes[0], Random(seed)
    group = rules.marked_groups[0]
    sheets = all_sheets(rules, random)
    facts = [fact for unit in group.units for fact in some_facts(rules, unit.name, random)]
    columns = [Column(f"方案{n}", Scenario(group.id), s, assess(s, sheets, facts)) for n, s in enumerate(schemes)]
    names = {unit.name: unit.name for unit in group.units}
    state = replace(base.state, own=rules, scheme=rules)
    return replace(base, state=state, columns=tuple(columns), group=group.id, names=names)


@pytest.mark.slow
@PROPERTY
@given(st.lists(strategies.extra_schemes(), min_size=6, max_size=6), st.integers(0, 10**6))
def test_whatever_comes_on_top_or_off_computes_alike_in_a_spreadsheet(tmp_path_factory, blank, schemes, seed):
    assert disagreeing({"extras": over(blank, schemes, seed)}, tmp_path_factory.mktemp("extras")) == []


@pytest.mark.slow
def test_every_scheme_computes_alike_in_a_spreadsheet_whatever_was_marked(tmp_path, blank):
    known = {name: with_figures(scheme(name)) for name in scheme_ids() if not scheme(name).judged}
    found = {f"{name}-{seed}": over(blank, [rules], seed) for name, rules in known.items() for seed in (1, 2)}
    assert disagreeing(found, tmp_path) == []
