"""Who sees what: the sign-in's pages through the seam, the menu by 角色, and the page that enrols, changes and retires."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from components.access import signed_in
from components.navigation import LOG, MINE, PAGES, PEOPLE, UNIT
from data.access import NOBODY, Duty, Person
from data.store import Store
from tests.pages.county_hands import APP

CHIEF = Person("管甲", "guan", (Duty("manage"),))


@pytest.fixture
def as_person(monkeypatch: pytest.MonkeyPatch) -> Callable[[Person], None]:
    """``as_person(CHIEF)``: from now on this is who has signed in."""

    def sign_in(person: Person) -> None:
        monkeypatch.setattr(signed_in, "person", lambda store: person)

    return sign_in


def texts(page: AppTest) -> str:
    return "\n".join(str(each.value) for kind in (page.title, page.markdown, page.info, page.caption) for each in kind)


def test_whoever_has_not_signed_in_sees_one_button_and_nothing_of_any_assessment(
    county_store: Store, as_person: Callable[[Person], None]
) -> None:
    as_person(NOBODY)
    page = AppTest.from_file(APP, default_timeout=60).run()
    assert not page.exception
    assert [title.value for title in page.title] == ["衡效"]
    assert not any(word in texts(page) for word in ("江门", "台山市", "总览"))


def test_an_account_without_duties_is_told_whom_to_ask_and_nothing_else(
    county_store: Store, as_person: Callable[[Person], None]
) -> None:
    as_person(Person("王五", "wang"))
    page = AppTest.from_file(APP, default_timeout=60).run()
    assert [title.value for title in page.title] == ["没有分工"]
    assert "账号 wang" in texts(page)
    assert "系统管理员" in texts(page)
    assert not any(word in texts(page) for word in ("江门", "台山市"))


def test_ones_own_duties_are_told_in_words(
    county_store: Store, as_person: Callable[[Person], None], visit: Callable[..., AppTest]
) -> None:
    as_person(Person("填丙", "tian", (Duty("fill", 1, frozenset({"台山市"}), frozenset({"cross"})),)))
    page = visit(MINE.script)
    assert "填丙" in texts(page)
    assert all(word in texts(page) for word in ("填报", "台山市", "交叉考核"))


def test_a_person_is_enrolled_changed_and_retired_on_the_page(
    county_store: Store, as_person: Callable[[Person], None], visit: Callable[..., AppTest]
) -> None:
    as_person(CHIEF)
    page = visit(PEOPLE)
    page.button(key="person-new").click().run()
    page.text_input(key="follow-account-1").set_value("tian").run()
    page.text_input(key="follow-name-1").set_value("填丙").run()
    page.segmented_control(key="follow-duty-role-1").set_value("fill").run()
    page.selectbox(key="follow-duty-assessment-1").set_value(1).run()
    page.multiselect(key="follow-duty-units-1-1").set_value(["台山市", "恩平市"]).run()
    page.multiselect(key="follow-duty-components-1-1").set_value(["cross"]).run()
    page.button(key="follow-duty-add-1").click().run()
    page.button(key="person-enrol").click().run()
    assert not page.exception
    (made,) = county_store.people()
    assert made.duties == (Duty("fill", 1, frozenset({"台山市", "恩平市"}), frozenset({"cross"})),)
    assert (made.account, made.name, made.actor) == ("tian", "填丙", "管甲")

    page.button(key=f"person-edit-{made.number}").click().run()
    page.button(key="follow-duty-off-0-2").click().run()
    page.segmented_control(key="follow-duty-role-2").set_value("review").run()
    page.button(key="follow-duty-add-2").click().run()
    page.button(key="person-change").click().run()
    assert [error.value for error in page.error] == ["更改理由不能为空，请填写后重试。"]
    page.text_input(key="follow-note-2").set_value("改任复核").run()
    page.button(key="person-change").click().run()
    assert county_store.person_of("tian") == Person("填丙", "tian", (Duty("review"),))

    page.button(key=f"person-retire-{made.number}").click().run()
    page.text_input(key="follow-reason-3").set_value("调离").run()
    page.button(key="person-retire").click().run()
    assert county_store.people() == []
    assert not page.exception


def test_without_sign_in_the_page_says_so_and_the_offices_assessments_page_too(
    county_store: Store, visit: Callable[..., AppTest]
) -> None:
    assert "尚未配置登录" in texts(visit(PEOPLE))
    assert "未配置登录，仅供本机使用" in texts(visit("pages/rules/assessments.py"))


@pytest.mark.parametrize("script", [page.script for page in PAGES if "view" not in page.roles])
def test_a_page_that_is_not_ones_work_says_whose_it_is(
    county_store: Store, as_person: Callable[[Person], None], visit: Callable[..., AppTest], script: str
) -> None:
    as_person(Person("读乙", "du", (Duty("view"),)))
    page = visit(script)
    assert "您的分工不含这些角色" in texts(page)
    assert not page.button


@pytest.mark.parametrize("script", [PAGES[0].script, UNIT, LOG, PEOPLE, MINE.script])
def test_no_page_runs_for_whoever_has_not_signed_in(
    county_store: Store, as_person: Callable[[Person], None], visit: Callable[..., AppTest], script: str
) -> None:
    as_person(NOBODY)
    page = visit(script)
    assert [title.value for title in page.title] == ["衡效"]
    assert "江门" not in texts(page)
