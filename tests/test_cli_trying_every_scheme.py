"""``whatif`` and ``robust`` over every scheme's 示例数据: what they say of a unit is what ``score`` says, and comes true."""

from __future__ import annotations

import csv
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from data.demo import SEED, Demo, all_demos, demo_of
from data.documents.roster_form import filled_roster
from data.schemes import scheme, scheme_ids
from data.sheets import FileReading, read_file
from scoring import exact
from scoring.scheme import Scheme
from tests.cli_calls import run

TRIED = {
    "dongxi-2019-city": "categories.组织领导.weight=30",
    "dongxi-2019-department": "readings.tasks=完成即评“好”",
    "guangdong-2019": "readings.bands=借用江门2020的90/80/70",
    "jiangmen-2020-city": "lines.好=88",
    "jiangmen-2020-county": "components.cross.weight=50",
    "jiangmen-2020-town": "ticks.好=100",
    "neimenggu-2018": "components.平时监控.weight=70",
    "ruyuan-2017": "lines.好=88",
    "template-2026-county": "rounding.total=1",
}
"""One of each kind of setting; 曲江 has no score, so nothing to try."""
BORROWED = {"guangdong-2019", "neimenggu-2018"}
"""Documents without lines, asked under those of 江门."""
Capture = pytest.CaptureFixture[str]


class Reader:
    """Reads each form once for all the calls of a test, in this process."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], FileReading] = {}

    def read(self, name: str, content: bytes, rules: Scheme, component: str | None = None) -> FileReading:
        key = (name, rules.hash)
        if key not in self.known:
            self.known[key] = read_file(name, content, rules, component=component)
        return self.known[key]


@pytest.fixture(autouse=True)
def reader(monkeypatch: pytest.MonkeyPatch) -> None:
    once = Reader()
    monkeypatch.setattr("commands.inputs.shared_reader", lambda: once)


def call_of(demo: Demo, folder: Path) -> list[str]:
    """What follows the command: scheme, figures, roster, facts and forms of a demonstration, written as files."""
    rules = scheme(demo.scheme_id)
    words = ["--scheme", demo.scheme_id, "--json"]
    for target, figure in demo.targets.items():
        words += ["--target", f"{target}={figure}"]
    if demo.units:
        (folder / "名单.xlsx").write_bytes(filled_roster(rules, demo.units(SEED)))
        words += ["--roster", str(folder / "名单.xlsx")]
    return [*words, "--facts", facts_of(demo, folder), *forms_of(demo, folder)]


def facts_of(demo: Demo, folder: Path) -> str:
    path, facts = folder / "情形.csv", [fact for fact in demo.facts(SEED) if fact.confirmed]
    with path.open("w", encoding="utf-8", newline="") as file:
        told = csv.writer(file)
        told.writerow(("考核对象", "情形", "取值", "日期", "依据", "数额"))
        for fact in facts:
            amount = "" if fact.amount is None else exact.plain(fact.amount)
            told.writerow((fact.unit, fact.fact, fact.value, fact.date, fact.basis, amount))
    return str(path)


def forms_of(demo: Demo, folder: Path) -> list[str]:
    """All of them; of 73 towns those of the first county."""
    forms = demo.forms(SEED)[:1] if demo.scheme_id == "jiangmen-2020-town" else demo.forms(SEED)
    paths = []
    for form in [*forms, *([demo.last(SEED)] if demo.last else [])]:
        paths.append(folder / form.name)
        paths[-1].write_bytes(form.content)
    return [str(path) for path in paths]


def bare(unit: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in unit.items() if key not in ("unit", "group")}


def test_each_scheme_is_tried() -> None:
    assert {*TRIED, "qujiang-2018"} == {*scheme_ids()} == {demo.scheme_id for demo in all_demos()}


@pytest.mark.parametrize("name", sorted(TRIED))
def test_before_is_what_score_says_and_after_is_another_scheme(name: str, capsys: Capture, tmp_path: Path) -> None:
    call = call_of(demo_of(name), tmp_path)
    group = ["--group", scheme(name).groups[0].id] if "categories" in TRIED[name] else []
    _, scored, _ = run(capsys, "score", *call)
    code, told, said = run(capsys, "whatif", *call, *group, "--set", TRIED[name])
    assert (code, said) == (0, "")
    assert {unit["unit"]: unit["before"] for unit in told["units"]} == {u["unit"]: bare(u) for u in scored["units"]}
    assert any(unit["before"] != unit["after"] for unit in told["units"])
    assert told["scenario"]["settings"], told["scenario"]
    changed = {unit["unit"] for unit in told["units"] if unit["before"]["grade"] != unit["after"]["grade"]}
    assert {change["unit"] for change in told["changed"]} == changed


@pytest.mark.parametrize("name", sorted(TRIED))
def test_what_is_said_to_change_a_grade_does_when_typed(name: str, capsys: Capture, tmp_path: Path) -> None:
    call = call_of(demo_of(name), tmp_path)
    call += ["--reading", "bands=借用江门2020的90/80/70"] if name in BORROWED else []
    code, told, said = run(capsys, "robust", *call)
    assert (code, said) == (0, "")
    asked = [unit for unit in told["units"] if unit["why_not"] is None]
    assert asked
    for unit in asked:
        assert sum(Fraction(share) for share in unit["shares"].values()) == 1
        assert sum(Fraction(share) for share in (unit["local_shares"] or {"": "1"}).values()) == 1
    grades = scheme(name).grades
    for way, better in (("nearest_up", True), ("nearest_down", False)):
        for unit in islice((unit for unit in asked if unit[way] and unit[way]["set"]), 1):
            _, tried, _ = run(capsys, "whatif", *call, "--group", unit["group"], "--set", unit[way]["set"])
            now = next(each["after"]["grade"] for each in tried["units"] if each["unit"] == unit["unit"])
            assert (grades.index(now) < grades.index(unit["grade"])) == better, (unit["unit"], unit[way])
            assert now != unit["grade"]


def test_without_a_score_there_is_nothing_to_try_and_that_is_said(capsys: Capture, tmp_path: Path) -> None:
    call = call_of(demo_of("qujiang-2018"), tmp_path)
    code, told, _ = run(capsys, "robust", *call)
    assert code == 0
    assert {unit["why_not"] for unit in told["units"]} == {"尚无综合得分"}
    _, text, _ = run(capsys, "robust", *(word for word in call if word != "--json"))
    assert text.strip() == "本方案由评议综合认定，不计得分"
    code, _, said = run(capsys, "whatif", *call, "--set", "rounding.total=1")
    assert (code, said.strip()) == (2, "“rounding.total=1”：小数位数没有“1”这一选项；本方案没有得分")
