"""What stands on 排名 and what stands in documents of the same version: the same score, place and grade, to the digit."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.navigation import RANKING
from data.demo import Demo, all_demos, load_one
from data.documents.kinds import make
from data.documents.phone_picture import picture_data
from data.locked import Locked, open_locked
from data.store import Store
from tests.data.documents import read_back
from tests.data.documents.read_back import Told
from tests.data.locks import TODAY, locked_of
from tests.pages import builders

Visit = Callable[..., AppTest]
BLANK = ("", "—", "暂缺", "待评议", None)


def on_screen(visit: Visit, locked: Locked) -> dict[str, Told]:
    """Every group's table on 排名."""
    scheme = locked.state.scheme
    told: dict[str, Told] = {}
    for group in scheme.groups:
        if not locked.state.results.group(group.id):
            continue
        at = visit(RANKING, a=str(locked.record.assessment), group=group.name)
        frame = at.dataframe[0].value
        rows = [[str(cell).strip() for cell in row] for row in frame.to_numpy()]
        told |= read_back.of_rows(list(frame.columns), rows, scheme.words.unit, [p.name for p in scheme.counted])
    return told


def in_documents(locked: Locked) -> dict[str, dict[str, Told]]:
    scheme = locked.state.scheme
    unit, parts = scheme.words.unit, [part.name for part in scheme.counted]
    return {
        "report": read_back.of_docx(make("report", locked, "docx").content, unit, parts),
        "html": read_back.of_html(make("html", locked, "html").content.decode(), unit, parts),
        "workbook": read_back.of_xlsx(make("workbook", locked, "xlsx").content, "综合结果", unit, parts),
        "picture": read_back.of_picture(picture_data(locked)),
    }


def insist(screen: dict[str, Told], documents: dict[str, dict[str, Told]]) -> None:
    for document, units in documents.items():
        for name, told in units.items():
            seen = screen[name]
            pairs = {
                "score": (told.score, seen.score),
                "place": (told.place, seen.place),
                "grade": (told.grade, seen.grade),
            }
            pairs |= {part: (told.parts[part], seen.parts[part]) for part in told.parts if part in seen.parts}
            for what, (one, other) in pairs.items():
                assert one == other or None in (one, other) or (one in BLANK and other in BLANK), (document, name, what)


def test_the_screen_and_the_documents_of_seven_counties_agree(county_store: Store, visit: Visit) -> None:
    locked = locked_of(county_store, county_store.assessments()[0].id)
    screen = on_screen(visit, locked)
    assert screen["新会区"] == Told(
        "94.00", "3", "较好", {"交叉考核": "94.47", "市级考核": "93.95", "日常工作": "93.42"}
    )
    assert screen["恩平市"].score == "暂缺"
    documents = in_documents(locked)
    assert all(set(units) == set(screen) for units in documents.values())
    insist(screen, documents)


@pytest.mark.slow
def test_the_screen_and_the_documents_of_73_towns_agree(page_store: Store, visit: Visit) -> None:
    locked = locked_of(page_store, builders.towns(page_store).id)
    screen = on_screen(visit, locked)
    assert len(screen) == 73
    insist(screen, in_documents(locked))


@pytest.mark.slow
@pytest.mark.parametrize(
    "demo", [d for d in all_demos() if d.scheme_id != "qujiang-2018"], ids=lambda demo: demo.scheme_id
)
def test_the_screen_and_the_documents_of_every_demonstration_agree(page_store: Store, visit: Visit, demo: Demo) -> None:
    made = load_one(page_store, demo)
    known = page_store.locked_versions(made.id)
    locked = open_locked(page_store, made.id, known[0].number, TODAY) if known else locked_of(page_store, made.id)
    if known and known[0].version != page_store.version(made.id):
        pytest.skip("its 锁定版 is older than what the screen shows")
    screen = on_screen(visit, locked)
    assert set(screen) == {result.unit for result in locked.state.results.units}
    insist(screen, in_documents(locked))
