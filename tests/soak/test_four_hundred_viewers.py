"""Four hundred follow 总览 while a sheet is handed in, and four hundred and twenty forms come within a minute."""

from __future__ import annotations

import asyncio

import pytest

from data.demo import last_form, load_demo
from data.store import Store
from data.store.location import FILE_NAME, sqlite_url
from tests.browser.driver import serve
from tests.load.crowd import hand_in, watch
from tests.load.many_forms import forms_of, stock, uploaded

pytestmark = pytest.mark.soak


def test_four_hundred_viewers_meet_no_error_and_all_see_the_sheet(capsys: pytest.CaptureFixture[str]) -> None:
    form = last_form()
    with serve(stock=load_demo) as server:
        met = asyncio.run(
            watch([server.url], 400, lambda: hand_in(server.url, form.name, form.content), coming=80, quiet=30)
        )
    with capsys.disabled():
        print(f"\n400 viewers of 总览\n{met}")
    assert met.errors == []
    assert met.behind == 0
    assert len(met.arrived.values) == 400


def test_four_hundred_and_twenty_forms_from_twenty_clerks_are_each_counted_once(capsys: pytest.CaptureFixture[str]) -> None:
    with serve(stock=stock) as server:
        met = asyncio.run(uploaded(server.url, forms_of(140), clerks=20, viewers=50, seconds=60))
        with Store.open(sqlite_url(server.data / FILE_NAME)) as store:
            (made,) = store.assessments()
            counted = {(one.unit, one.component) for one in store.submissions(made.id)}
            revisions = [one.revision for one in store.history(made.id)]
            broken = store.verify_log()
    with capsys.disabled():
        print(f"\n420 forms, 20 clerks, 50 viewers\n{met}")
    assert met.errors == []
    assert len(counted) == 420
    assert revisions == [1] * 420, "none was taken twice"
    assert broken is None
