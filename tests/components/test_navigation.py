"""The menu: every page findable by its own icon, title and address, its section together."""

from itertools import groupby

import pytest

from components.access.admission import Admission
from components.navigation import PAGES
from data.access import LOCAL, Duty, Person

SYSTEM = {"people", "keeping"}


def test_no_two_pages_share_an_icon_a_title_an_address_or_a_script():
    for values in zip(*((page.icon, page.title, page.url, page.script) for page in PAGES), strict=True):
        assert len(set(values)) == len(values)


def test_a_section_stands_together_and_keeps_its_scripts_in_one_folder():
    sections = [(section, {page.script.split("/")[1] for page in pages}) for section, pages in _sections()]
    assert sections == [
        ("考核结果", {"results"}), ("权重测算", {"explore"}), ("数据汇集", {"collect"}), ("会议汇报", {"meeting"}),
        ("方案与口径", {"rules"}), ("系统管理", {"system"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("role", "closed"),
    [
        ("view", {"upload", "crosscheck", "geography", "editor", *SYSTEM}), ("plan", SYSTEM), ("manage", set()),
        ("fill", {"whatif", "firmness", "compare", "backtest", "crosscheck", "draw", "lock", "assessments", "geography",
                  "editor", *SYSTEM}),
        ("review", {"upload", "geography", "editor", *SYSTEM}),
    ],
)  # fmt: skip
def test_the_menu_leaves_out_what_is_not_ones_work(role, closed):
    person = Person("李四", "li", (Duty(role, 3),))
    assert {page.url for page in PAGES if Admission(person, 3, False).refusal(page)} == closed
    assert all(Admission(person, 4, False).refusal(page) for page in PAGES)
    assert not any(Admission(LOCAL, None, False).refusal(page) for page in PAGES)


def _sections():
    return groupby(PAGES, key=lambda page: page.section)
