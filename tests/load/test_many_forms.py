"""Clerks who hand in at the same time, in small: every form is counted, and once."""

from __future__ import annotations

import asyncio

from data.store import Store
from data.store.location import FILE_NAME, sqlite_url
from tests.browser.driver import serve
from tests.load.many_forms import forms_of, stock, uploaded


def test_forms_of_four_clerks_at_once_are_each_counted_once_while_others_watch() -> None:
    with serve(stock=lambda store: stock(store, 8)) as server:
        met = asyncio.run(uploaded(server.url, forms_of(8), clerks=4, viewers=5, seconds=6))
        with Store.open(sqlite_url(server.data / FILE_NAME)) as store:
            (made,) = store.assessments()
            counted = {(one.unit, one.component) for one in store.submissions(made.id)}
            revisions = [one.revision for one in store.history(made.id)]
            broken = store.verify_log()
    assert met.errors == []
    assert len(counted) == 24
    assert revisions == [1] * 24
    assert broken is None
