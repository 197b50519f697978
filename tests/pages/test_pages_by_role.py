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
PRESSED = {
    "take": "--o--", "fact-add-": "-oo-o", "confirm-together": "-o--o", "save-targets": "-o--o", "lock-open": "-o--o",
    "lock-suggested-open": "-o--o", "finding-open": "-oo-o", "decide-all-": "-o--o", "notice-open": "----o", "draw-now": "-o--o",
    "finalise-": "----o", "new-create": "----o", "load-demo": "----o", "clear-demo-do": "----o", "roster-correct": "----o",
    "whatif-save": "-o---", "editor-create": "-o---", "backtest-keep-": "-o---", "do-": "--o--", "withdraw-do-": "-oooo",
}  # fmt: skip
"""Beginning of a button's key → who may press it; for others it is out of reach, with the reason."""
ROLES: tuple[Role, ...] = ("view", "plan", "fill", "review", "manage")


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[Person], None]:
    def as_person(person: Person) -> None:
        monkeypatch.setattr(signed_in, "person", lambda store: person)

    return as_person


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
    at = ROLES.index(role)
    visitor = AppTest.from_file(APP, default_timeout=60).run()
    found, pressed = {}, set()
    for entry in PAGES:
        found[entry.url] = standing(visitor.switch_page(entry.script).run())
        for button in visitor.button:
            for beginning, marks in PRESSED.items():
                if str(button.key).startswith(beginning) and marks[at] == "-":
                    assert button.disabled, (entry.url, button.key)
                    assert "办理" in button.proto.help, (entry.url, button.key)
                    pressed.add(beginning)
    assert found == {url: marks[at] for url, marks in OPEN.items()}
    assert pressed or role == "fill"
