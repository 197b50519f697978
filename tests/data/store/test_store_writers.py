"""Many at once: nobody's change is lost, and versions rise strictly."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from data.store import Assessment, Moved, Store, UnitRow
from scoring.marks import Mark, Sheet

EACH = 15


def test_two_writers_on_one_file_lose_nothing(url: str, store: Store, assessment: Assessment) -> None:
    def write(who: str) -> None:
        with Store.open(url) as own:
            for turn in range(EACH):
                own.take(assessment.id, f"{who}{turn}.xlsx", who.encode(), [_sheet("蓬江区", who, turn)], who)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, ["甲", "乙"]))
    log = store.log(assessment.id)
    assert [entry.version for entry in log] == list(range(2 * EACH + 1, 0, -1))
    assert store.version(assessment.id) == 2 * EACH + 1
    for who in ("甲", "乙"):
        assert [one.revision for one in store.history(assessment.id, component=who)] == list(range(EACH, 0, -1))
    assert len(store.submissions(assessment.id)) == 2
    assert store.verify_log() is None


def test_threads_sharing_one_store_lose_nothing(store: Store, assessment: Assessment) -> None:
    def write(turn: int) -> int:
        store.set_setting(assessment.id, f"assumption:k{turn % 3}", str(turn), f"人{turn}")
        return store.version(assessment.id)

    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(write, range(40)))
    assert store.version(assessment.id) == 41
    assert max(seen) == 41
    assert sum(len(store.setting_history(assessment.id, f"assumption:k{key}")) for key in range(3)) == 40
    assert store.verify_log() is None


def test_of_two_who_looked_at_the_same_version_one_is_told_to_look_again(
    url: str, store: Store, assessment: Assessment
) -> None:
    start = threading.Barrier(2)

    def write(unit: str) -> bool:
        with Store.open(url) as own:
            start.wait()
            try:
                own.take(assessment.id, "a.xlsx", b"a", [_sheet(unit, "cross")], "张三", expected_version=1)
            except Moved:
                return False
            return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(write, ["蓬江区", "江海区"])) == [False, True]
    assert len(store.submissions(assessment.id)) == 1


def test_a_viewer_reading_in_between_sees_one_moment(store: Store, assessment: Assessment) -> None:
    done = threading.Event()

    def write() -> None:
        for turn in range(30):
            units = [_sheet(unit.name, "cross", turn) for unit in assessment.units]
            store.take(assessment.id, f"{turn}.xlsx", b"x", units, "张三")
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not done.is_set():
        loaded = store.load(assessment.id)
        revisions = {one.revision for one in loaded.submissions}
        assert revisions <= {loaded.assessment.version - 1}
    writer.join()


def test_many_programs_may_open_a_new_store_at_the_same_moment(bare_url: str) -> None:
    script = (
        "import sys; from data.store import Store; store = Store.open(sys.argv[1]);"
        "store.create_assessment(sys.argv[2], 's', 't', 'h', [], 'x'); store.close()"
    )
    runs = [subprocess.Popen([sys.executable, "-c", script, bare_url, str(n)], stderr=subprocess.PIPE) for n in range(4)]
    said = [run.communicate()[1].decode() for run in runs]
    assert said == [""] * 4
    with Store.open(bare_url) as store:
        assert sorted(one.name for one in store.assessments()) == ["0", "1", "2", "3"]
        assert store.verify_log() is None


def test_a_program_killed_while_saving_loses_nothing_it_had_saved(
    url: str, store: Store, assessment: Assessment
) -> None:
    script = (
        "import sys; from data.store import Store; from scoring.marks import Mark, Sheet\n"
        "from itertools import count\n"
        "store = Store.open(sys.argv[1])\n"
        "for turn in count():\n"
        "    sheets = [Sheet(unit, 'cross', (Mark(1, '好', remark=str(turn)),)) for unit in ('蓬江区', '江海区')]\n"
        "    store.take(1, 'a.xlsx', b'a', sheets, '甲'); print(store.version(1), flush=True)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script, url], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        told = [int(run.stdout.readline()) for _ in range(5)]
        run.kill()
    loaded = store.load(assessment.id)
    assert loaded.assessment.version >= told[-1] == 6
    assert [one.revision for one in loaded.submissions] == [loaded.assessment.version - 1] * 2
    assert store.verify_log() is None


def test_threads_may_open_a_new_store_at_the_same_moment(bare_url: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        for opened in list(pool.map(Store.open, [bare_url] * 6)):
            opened.close()


def test_thousands_of_units_are_taken_and_loaded_whole(store: Store, sheet: Callable[..., Sheet]) -> None:
    names = [f"第{n}镇" for n in range(3000)]
    made = store.create_assessment("镇考核", "s", "t", "h", [UnitRow(name, "town") for name in names], "张三")
    store.take(made.id, "全部.xlsx", b"x", [sheet(name) for name in names], "张三")
    store.take(made.id, "全部.xlsx", b"y", [sheet(name, score="90") for name in names], "张三")
    assert [one.unit for one in store.submissions(made.id)] == names
    assert {one.revision for one in store.submissions(made.id)} == {2}


def _sheet(unit: str, component: str, score: int = 1) -> Sheet:
    return Sheet(unit, component, (Mark(1, grade="好", remark=str(score)),))
