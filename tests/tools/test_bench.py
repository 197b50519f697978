"""The bench writes what it measured, keeps what it did not measure again, and writes times readably."""

from __future__ import annotations

import pytest

from tools import bench
from tools.bench_kit import REGISTRY, Section, Skip, in_turns, ms, times


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.0000532, "0.0532 ms"), (0.00814, "8.14 ms"), (0.812, "812 ms"), (1.09, "1.09 s"), (0.99999, "1.00 s")],
)
def test_a_time_is_written_with_three_digits_and_its_unit(seconds, text):
    assert ms(seconds) == text


@pytest.mark.parametrize(("ratio", "text"), [(0.256, "0.26 ×"), (1.0, "1.0 ×"), (19.2, "19 ×"), (144.0, "144 ×")])
def test_a_ratio_is_written_with_two_digits(ratio, text):
    assert times(ratio) == text


def test_rivals_take_turns():
    order: list[str] = []
    in_turns({"one": lambda: order.append("one"), "two": lambda: order.append("two")}, repeats=2, least=0)
    assert order[-4:] == ["one", "two", "one", "two"]


def small(title: str, value: str) -> Section:
    return Section(title, ("what", "time"), [("something", value)], "A note.")


def test_a_section_that_runs_again_replaces_its_part_of_the_report(tmp_path, monkeypatch, capsys):
    report = tmp_path / "docs" / "bench.md"
    monkeypatch.setattr(bench, "REPORT", report)
    monkeypatch.setattr(bench, "SECTIONS", {"first": "tools.bench_kit", "second": "tools.bench_kit"})
    monkeypatch.setitem(REGISTRY, "first", lambda: small("First", "1.00 ms"))
    monkeypatch.setitem(REGISTRY, "second", lambda: small("Second", "2.00 ms"))
    bench.main([])
    monkeypatch.setitem(REGISTRY, "first", lambda: small("First", "3.00 ms"))
    bench.main(["first"])
    text = report.read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if line.startswith("#")] == ["# Times", "## First", "## Second"]
    assert "| something | 3.00 ms |" in text
    assert "| something | 2.00 ms |" in text
    assert "1.00 ms" not in text
    assert "| something | 3.00 ms |" in capsys.readouterr().out


def test_a_section_that_cannot_run_says_why_and_leaves_the_report(tmp_path, monkeypatch, capsys):
    def absent() -> Section:
        raise Skip("no Chromium here")

    monkeypatch.setattr(bench, "REPORT", tmp_path / "bench.md")
    monkeypatch.setattr(bench, "SECTIONS", {"only": "tools.bench_kit"})
    monkeypatch.setitem(REGISTRY, "only", absent)
    bench.main([])
    assert "only: skipped: no Chromium here" in capsys.readouterr().out
    assert not bench.REPORT.exists()


def test_an_unknown_section_is_refused_by_name():
    with pytest.raises(SystemExit, match="No such section: speed"):
        bench.main(["speed"])
