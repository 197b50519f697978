"""Two replicas behind the nginx that is shipped, on one PostgreSQL: what one takes the other shows, and either may die."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator

import httpx
import pytest

from data.access import Duty
from data.demo import COUNTY, last_form, load_one
from data.demo.jiangmen import DEMOS
from data.store import Store
from tests.load.crowd import hand_in
from tests.load.replicas import Behind, two_replicas
from tests.load.viewer import Viewer
from tests.pg_server import serving_postgres
from tests.serving.cookie_hands import cookie_for

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def behind() -> Iterator[Behind]:
    with serving_postgres("fsync=off") as postgres:
        database = postgres.ready()
        with Store.open(database) as store:
            load_one(store, next(demo for demo in DEMOS if demo.scheme_id == COUNTY))
            store.enrol_person("guan", "管甲", [Duty("manage")], "", "本机")
            store.enrol_person("tian", "填丙", [Duty("fill")], "", "管甲")
        with two_replicas(database) as running:
            yield running


def signed_in(behind: Behind, replica: str, account: str = "guan") -> dict[str, str]:
    """The cookies of a person who was sent to this replica: guan manages, tian fills in."""
    return {"_streamlit_user": cookie_for(behind.url, account), "hengxiao_replica": replica}


def until_nginx_asks_the_first_again(behind: Behind) -> None:
    """It leaves a replica that failed alone for ``fail_timeout``, and so it gives whoever comes meanwhile to the other one."""
    deadline = time.monotonic() + 120
    asked = {"headers": {"Cookie": "hengxiao_replica=1"}, "trust_env": False}
    while "hengxiao_replica=2" in httpx.get(f"{behind.url}/_stcore/health", **asked).headers.get("set-cookie", ""):
        assert time.monotonic() < deadline, "nginx never came back to the first replica"
        time.sleep(0.2)


def test_a_visitor_is_given_one_replica_and_kept_there(behind: Behind) -> None:
    with httpx.Client(base_url=behind.url, trust_env=False) as visitor:
        first = visitor.get("/_stcore/health")
        given = re.match(r"hengxiao_replica=([12]); Path=/; HttpOnly; SameSite=Lax$", first.headers.get_list("set-cookie")[-1])
        assert given
        for _ in range(6):
            assert "hengxiao_replica" not in visitor.get("/_stcore/health").headers.get("set-cookie", "")
        assert visitor.cookies["hengxiao_replica"] == given[1]


def test_a_cookie_that_names_no_replica_is_replaced(behind: Behind) -> None:
    for strange in ("3", "1; x", "12", "%0d%0aSet-Cookie:x=1"):
        answer = httpx.get(f"{behind.url}/_stcore/health", headers={"Cookie": f"hengxiao_replica={strange}"}, trust_env=False)
        assert answer.status_code == 200
        assert "x=1" not in str(answer.headers)


def test_nginx_closes_the_metrics_and_says_no_safety_header_twice(behind: Behind) -> None:
    with httpx.Client(base_url=behind.url, trust_env=False) as visitor:
        assert visitor.get("/_stcore/metrics").status_code == 404
        page = visitor.get("/")
        assert page.status_code == 200
        for name in ("x-content-type-options", "x-frame-options", "referrer-policy", "content-security-policy"):
            assert len(page.headers.get_list(name)) == 1, name
        assert page.headers["server"] == "nginx"


def test_a_body_larger_than_any_form_is_refused_by_nginx(behind: Behind) -> None:
    answer = httpx.put(f"{behind.url}/_stcore/upload_file/a/b", content=b"0" * (26 << 20), trust_env=False, timeout=60)
    assert answer.status_code == 413


def test_what_one_replica_takes_the_other_shows_though_one_is_killed_in_between(behind: Behind) -> None:
    asyncio.run(_an_afternoon(behind))


async def _an_afternoon(behind: Behind) -> None:
    form = last_form()
    here, there = (Viewer(behind.url, cookies=signed_in(behind, replica)) for replica in ("1", "2"))
    async with here, there:
        await asyncio.gather(here.drawn(), there.drawn())
        assert here.says("数据未齐")
        assert there.says("数据未齐")
        begun = here.version

        behind.first.kill()
        made = await hand_in(behind.url, form.name, form.content, cookies=signed_in(behind, "1", "tian"))
        assert made == begun + 1
        await asyncio.gather(*(each.until(lambda one=each: one.version == made) for each in (here, there)))
        for each in (here, there):
            assert each.says("已全部到齐")
            assert not each.seen.errors
        assert here.reconnects >= 1
        assert here.seen.replicas[-1] == "2", "whoever has lost the first replica is with the second one"
        assert there.reconnects == 0

        behind.first.start()
        until_nginx_asks_the_first_again(behind)
        async with Viewer(behind.url, cookies=signed_in(behind, "1")) as later:
            await later.drawn()
            assert later.seen.replicas == ["1"]
            assert later.version == made
        assert here.says("已全部到齐")
        assert here.seen.replicas[-1] == "2", "and stays there when the first one is back"
