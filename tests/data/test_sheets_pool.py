"""Whatever a reading worker does — dies, hangs, says nonsense or too much — is a refusal in words, and the next file is read."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import threading

import pytest

from data.frame_worker import read_apart as read_frame_apart
from data.geographies import open_geography
from data.rosters_file import open_file
from data.scheme_file import read_scheme_file
from data.schemes import scheme_text
from data.sheets import guard, pool
from data.sheets.apart import read_apart
from data.sheets.pool import Pool, StoppedError
from data.sheets.problems import RefusalError
from data.sheets.worker import MEMORY, TASKS, serve
from scoring.scheme_text import SchemeError
from tests.data.sheet_forms import form

ACTORS = {
    "ends": "pass",
    "dies of a signal": "import os, signal; os.kill(os.getpid(), signal.SIGABRT)",
    "says nonsense": "say(b'Traceback (most recent call last):\\n')",
    "says what is no answer": "say(b'[1, 2]\\n')",
    "says a thing of its own": "say(b'{\"question\": 1}\\n')",
    "says what never ends inwards": "say(b'{\"answer\": ' + b'[' * 200000 + b']' * 200000 + b'}\\n')",
    "says half": "say(b'{\"answer\": ')",
    "says a problem that is none": "say(b'{\"problem\": {\"code\": 1}}\\n')",
    "never stops saying": "\nwhile True: say(b'x' * 65536)",
    "says nothing": "import time; time.sleep(600)",
}  # fmt: skip


@pytest.fixture
def acted(monkeypatch, tmp_path):
    """A pool whose workers read one request and then act as told."""

    def made(act: str) -> Pool:
        script = tmp_path / "actor.py"
        script.write_text(
            "import sys\n"
            "def say(line): sys.stdout.buffer.write(line); sys.stdout.buffer.flush()\n"
            f"say(b'ready\\n'); sys.stdin.buffer.readline()\n{act}\n"
        )
        run = pool.subprocess.Popen
        monkeypatch.setattr(pool.subprocess, "Popen", lambda _, **more: run([sys.executable, str(script)], **more))
        return Pool(workers=1)

    return made


@pytest.mark.parametrize("act", ACTORS)
def test_whatever_a_worker_does_is_a_refusal_in_words(acted, act, monkeypatch):
    monkeypatch.setattr(pool, "MOST_ANSWER", 1 << 20)
    crowd = acted(ACTORS[act])
    with pytest.raises(RefusalError) as refused:
        read_apart("grids", b"x" * 400, pool=crowd, seconds=3)
    told = refused.value.problem
    assert told.code == ("reader-timeout" if act == "says nothing" else "reader-stopped")
    assert told.mend
    assert "Traceback" not in told.message
    assert not crowd._all, "a worker that went astray is not used again"
    crowd.close()


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="这个系统不能暂停进程")
def test_a_worker_that_takes_no_more_bytes_holds_nobody_up():
    """A file larger than any pipe: writing it would wait for ever."""
    crowd = Pool(workers=1)
    crowd.warm()
    (worker,) = crowd._all
    os.kill(worker.process.pid, signal.SIGSTOP)
    with pytest.raises(TimeoutError):
        crowd.ask("grids", b"x" * (5 << 20), seconds=0.5)
    assert crowd.ask("grids", form())["answer"]
    crowd.close()


def test_a_worker_that_cannot_be_started_is_a_refusal_too(monkeypatch):
    monkeypatch.setattr(pool.sys, "executable", "/nowhere/python")
    with pytest.raises(StoppedError):
        Pool(workers=1).ask("grids", b"x")


def test_all_kinds_of_files_share_two_workers():
    crowd = pool.shared_pool()
    content = "名称,经度,纬度\n台城街道,112.79,22.25\n".encode()
    jobs = [lambda: open_file(form()), lambda: open_geography("a.csv", content, "440781"), lambda: read_frame_apart("a.csv", content)] * 3
    answers: list[object] = []
    threads = [threading.Thread(target=lambda job=job: answers.append(job())) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == len(jobs)
    assert len(crowd._all) <= pool.WORKERS == 2  # one that is spent has gone by now


@pytest.mark.parametrize("task", TASKS)
def test_every_kind_of_file_that_exhausts_its_worker_is_refused_and_the_worker_not_used_again(task, monkeypatch):
    """The reader is made to run out of memory, in this process, as a bomb would have it do in the worker."""
    module, _, function = TASKS[task].partition(":")

    def exhausted(*_):
        raise MemoryError

    monkeypatch.setattr(f"{module}.{function}", exhausted)
    answers = io.BytesIO()
    serve(io.BytesIO(b'{"task": "%s", "told": {}, "size": 1}\nx' % task.encode()), answers)
    told = answers.getvalue().splitlines()[1]
    assert b'"reader-stopped"' in told
    assert told.endswith(b'"spent": true}')


@pytest.mark.skipif(not os.path.exists("/proc/self/limits"), reason="只有 Linux 说明进程的限额")
def test_a_worker_has_half_a_gigabyte_and_leaves_no_memory_image():
    crowd = Pool(workers=1)
    crowd.warm()
    (worker,) = crowd._all
    with open(f"/proc/{worker.process.pid}/limits", encoding="ascii") as file:
        limits = {line[:25].strip(): line[25:].split()[:2] for line in file}
    assert limits["Max address space"] == [str(MEMORY)] * 2
    assert limits["Max core file size"] == ["0", "0"]
    crowd.close()


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="只有 Linux 把父进程的内存记到子进程名下")
def test_a_worker_is_not_called_spent_for_what_the_app_itself_holds():
    """A large app's workers would each be used once, and every upload wait for a new one."""
    child = "import subprocess, sys; held = bytearray(b'x') * (200 << 20); subprocess.run([sys.executable, '-c', sys.argv[1]])"
    grandchild = "from data.sheets.worker import _used; print(_used())"
    told = subprocess.run([sys.executable, "-c", child, grandchild], capture_output=True, check=True, text=True, cwd=pool._ROOT)
    assert 0 < int(told.stdout) < 100 << 20


# scheme files


def test_a_scheme_file_is_read_apart_to_the_very_scheme():
    text = scheme_text("ruyuan-2017")
    found = read_scheme_file("乳源.yaml", b"\xef\xbb\xbf" + text.encode())
    assert found.title
    assert found.hash == read_scheme_file("乳源.yaml", text.encode()).hash


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        ("标题: 甲".encode("gb18030"), "文件不是UTF-8文字"),
        (b"x" * (2 << 20), "不是方案文件"),
        (b"a: " + b"[" * 5_000, "方案文件"),
        (b"a: &a [x]\nb: *a", "引用"),
        (b"a: " + b"{b: " * 2_000, "方案文件"),
    ],
)
def test_a_scheme_file_that_cannot_be_read_is_told_with_its_line(content, words):
    with pytest.raises(SchemeError) as refused:
        read_scheme_file("甲.yaml", content)
    assert words in str(refused.value)
    assert "甲.yaml 第" in str(refused.value)


def test_the_guard_sees_a_file_before_any_worker_does():
    assert guard.LARGEST == 20 << 20
    with pytest.raises(RefusalError):
        read_apart("grids", b"", pool=Pool(workers=0))
