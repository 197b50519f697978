"""Reading in worker processes: the same readings, limited memory and time, and a fresh worker after a bad file."""

from __future__ import annotations

import io
import json
import os
import signal
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.sheets import FileReading, Problem, Question, Reader, shared_reader
from data.sheets.pool import Pool
from data.sheets.wire import dump_reading, load_reading
from data.sheets.worker import limit_memory, serve
from scoring.marks import Mark, Sheet
from tests.data.sheet_forms import COUNTY, cells, form, read


@pytest.fixture(scope="module")
def reader():
    reader = Reader()
    yield reader
    reader.close()


def test_a_worker_reads_as_this_process_does(reader):
    for content in (form(), form(cells(F5="√")), form(unit="")):
        assert reader.read("表.xlsx", content, COUNTY) == read(content, "表.xlsx")
    asked = {"component": "cross", "unit": "江海区"}
    assert reader.read("表.xlsx", form(unit="", component=""), COUNTY, **asked).rows[0].unit == "江海区"


def test_many_threads_share_two_workers(reader):
    units = [unit.name for unit in COUNTY.groups[0].units] * 3
    with ThreadPoolExecutor(8) as pool:
        readings = list(pool.map(lambda unit: reader.read("表.xlsx", form(unit=unit), COUNTY), units))
    assert [reading.sheets[0].unit for reading in readings] == units
    assert len(reader.pool._all) <= 2


def test_a_worker_that_dies_is_replaced():
    reader = Reader(Pool(workers=1))
    try:
        reader.warm()
        (worker,) = reader.pool._all
        os.kill(worker.process.pid, signal.SIGTERM)
        worker.process.wait(10)
        assert reader.read("表.xlsx", form(), COUNTY).verdict == "accept"
    finally:
        reader.close()


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="这个系统不能暂停进程")
def test_a_worker_that_takes_too_long_rejects_the_file_and_is_replaced():
    reader = Reader(Pool(workers=1), seconds=0.3)
    try:
        reader.warm()
        (worker,) = reader.pool._all
        os.kill(worker.process.pid, signal.SIGSTOP)
        reading = reader.read("表.xlsx", form(), COUNTY)
        assert (reading.verdict, reading.problems[0].code) == ("reject", "reader-timeout")
        assert "读取超过 0.3 秒" in reading.problems[0].message
        reader.seconds = 20
        assert reader.read("表.xlsx", form(), COUNTY).verdict == "accept"
        assert worker.process.poll() is not None
    finally:
        reader.close()


def test_a_worker_that_dies_while_reading_rejects_the_file(monkeypatch):
    reader = Reader(Pool(workers=1))
    try:
        reader.warm()
        (worker,) = reader.pool._all
        os.kill(worker.process.pid, signal.SIGTERM)
        monkeypatch.setattr(worker.process, "poll", lambda: None)
        reading = reader.read("表.xlsx", form(), COUNTY)
        assert (reading.verdict, reading.problems[0].code) == ("reject", "reader-stopped")
    finally:
        reader.close()


def test_an_empty_or_oversized_file_never_reaches_a_worker():
    reader = Reader()
    assert reader.read("表.xlsx", b"", COUNTY).problems[0].code == "empty-file"
    assert reader.read("表.xlsx", b"x" * (21 << 20), COUNTY).problems[0].code == "too-large"
    assert not reader.pool._all


def test_a_closed_reader_rejects_and_leaves_no_process():
    reader = Reader()
    reader.warm()
    (worker,) = reader.pool._all
    reader.close()
    assert worker.process.poll() is not None
    assert reader.read("表.xlsx", form(), COUNTY).problems[0].code == "reader-stopped"


def test_there_is_one_shared_reader():
    assert shared_reader() is shared_reader()


def test_a_worker_limits_its_memory():
    resource = pytest.importorskip("resource")
    child = os.fork()
    if not child:
        limit_memory()
        try:
            bytearray(1 << 30)
        except MemoryError:
            os._exit(7)
        os._exit(resource.getrlimit(resource.RLIMIT_AS)[0] & 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def test_a_worker_is_sent_a_scheme_once():
    told = {"name": "表.xlsx", "component": None, "unit": None}
    asked = {"task": "form", "told": told, "size": len(form()), "kept": COUNTY.hash}
    lines = [{**asked, "text": COUNTY.model_dump_json()}, asked]
    answers = io.BytesIO()
    serve(io.BytesIO(b"".join(json.dumps(each).encode() + b"\n" + form() for each in lines)), answers)
    ready, *readings = answers.getvalue().splitlines()
    assert ready == b"ready"
    assert [load_reading(json.loads(each)["answer"]) for each in readings] == [read(form(), "表.xlsx")] * 2


scores = st.none() | st.fractions(0, 100)
marks = st.builds(
    Mark,
    st.none() | st.integers(1, 19),
    st.none() | st.sampled_from(COUNTY.grades),
    scores,
    st.booleans(),
    st.text(),
    st.text(),
    st.text(),
)


def tuples(strategy):
    return st.lists(strategy, max_size=2).map(tuple)


problems = st.builds(Problem, st.sampled_from(["error", "warning"]), *[st.text()] * 6)
questions = st.builds(Question, st.sampled_from(["unit", "component"]), st.text(), tuples(st.text()), st.text())
sheets = st.builds(Sheet, st.text(), st.text(), tuples(marks), st.text())
verdicts = st.sampled_from(["accept", "warn", "reject"])


@given(
    st.builds(FileReading, st.text(), verdicts, tuples(sheets), tuples(problems), tuples(st.text()), tuples(questions))
)
def test_a_reading_crosses_between_processes_unchanged(reading):
    told = json.loads(json.dumps(dump_reading(reading)))
    assert load_reading(told) == reading
    assert all(isinstance(mark.score, Fraction | None) for sheet in load_reading(told).sheets for mark in sheet.marks)
