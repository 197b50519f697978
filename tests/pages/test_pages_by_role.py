"""Which pages open for whom, worked out by hand; a page that is not allowed says why and shows nothing else."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.access import signed_in
from components.navigation import PAGES
from data.access import Duty, Person, Role
from data.store import Store
from tests.pages.county_hands import APP

# view plan fill review manage: o opens, - says that the role is another's, b says that results are not seen yet
OPEN = {
    "overview": "ooboo",
    "ranking": "ooboo",
    "unit": "ooboo",
    "changes": "ooboo",
    "map": "ooboo",
    "outcomes": "ooboo",
    "scales": "ooboo",
    "whatif": "oo-oo",
    "firmness": "oo-oo",
    "compare": "oo-oo",
    "backtest": "oo-oo",
    "upload": "-oo-o",
    "progress": "ooooo",
    "limits": "ooooo",
    "crosscheck": "-o-oo",
    "draw": "oo-oo",
    "lock": "oo-oo",
    "present": "ooboo",
    "documents": "ooboo",
    "assessments": "oo-oo",
    "geography": "-o--o",
    "scheme": "ooooo",
    "assumptions": "ooooo",
    "editor": "-o--o",
    "log": "ooooo",
    "people": "----o",
}
ROLES: tuple[Role, ...] = ("view", "plan", "fill", "review", "manage")


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[Person], None]:
    def as_person(person: Person) -> None:
        monkeypatch.setattr(signed_in, "person", lambda store: person)

    return as_person


def opened(script: str) -> AppTest:
    visitor = AppTest.from_file(APP, default_timeout=60).run()
    return visitor.switch_page(script).run()


def standing(visitor: AppTest) -> str:
    assert not visitor.exception, visitor.exception[0].stack_trace
    assert not visitor.error, visitor.error[0].value
    told = [info.value for info in visitor.info]
    if any("承担填报" in each for each in told):
        return "b"
    return "-" if any("角色使用" in each for each in told) else "o"


def test_every_page_stands_in_the_table() -> None:
    assert {entry.url for entry in PAGES} == OPEN.keys()


@pytest.mark.parametrize("role", ROLES)
def test_a_page_opens_for_those_roles_that_the_table_says(
    role: Role, county_store: Store, sign_in: Callable[[Person], None]
) -> None:
    sign_in(Person("钱七", "qian@example.org", (Duty(role),)))
    found = {entry.url: standing(opened(entry.script)) for entry in PAGES}
    assert found == {url: marks[ROLES.index(role)] for url, marks in OPEN.items()}
