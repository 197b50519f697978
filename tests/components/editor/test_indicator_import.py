"""由指标表新建, as the page that embeds it sees it: drop a table, look, answer, get a scheme's text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from streamlit.testing.v1 import AppTest

from scoring.load import load_scheme

ROOT = Path(__file__).parents[3]
APP = str(ROOT / "tests/browser/apps/indicator_app.py")
STORED = ROOT / "tests/data/indicator_tables"


def book(rows: Sequence[Sequence[Any]]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(list(row))
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def dropped(content: bytes, name: str = "指标表.xlsx") -> AppTest:
    app = AppTest.from_file(APP, default_timeout=60).run()
    app.file_uploader[0].upload(name, content).run()
    assert not app.exception, app.exception
    return app


def said(app: AppTest) -> str:
    return (
        "\n".join(str(one.value) for one in (*app.markdown, *app.caption, *app.error))
        .replace("\u2060", "")
        .replace("\\", "")
    )


def button(app: AppTest) -> Any:
    return app.button(key="import-draft")


def test_a_table_becomes_a_scheme_with_the_proposed_answers_as_they_stand():
    app = dropped((STORED / "县级三级指标.xlsx").read_bytes())
    assert "共3级、7项，合计100分" in said(app)
    assert "E列“三级指标”＝指标名称" in said(app)
    shown = app.table[-1].value
    assert list(shown["分值或权重"])[:2] == ["8分（F6）", "7.5分（F7）"]
    assert all(name.count(" → **") == 1 and name.count(" → ") == 2 for name in shown["类别与指标"])
    button(app).click().run()
    rules = load_scheme(app.session_state["text"])
    assert [row.full["part1"] for row in rules.indicators] == [8, 7.5, 9.5, 20, 15, 22, 18]


def test_what_was_answered_stands_in_the_scheme():
    app = dropped(book([["指标", "分值"], ["甲", 60], ["乙", 40]]))
    app.text_input(key="import-q-title").set_value("某县2027年考核")
    app.text_input(key="import-q-roster").set_value("东镇、西镇")
    app.text_input(key="import-q-components").set_value("年终考核60、平时考核40").run()
    button(app).click().run()
    rules = load_scheme(app.session_state["text"])
    assert rules.title == "某县2027年考核"
    assert [unit.name for unit in rules.groups[0].units] == ["东镇", "西镇"]
    assert rules.weights == {"part1": 60, "part2": 40}


def test_an_answer_that_fits_no_scheme_is_told_while_it_is_typed():
    app = dropped(book([["指标", "分值"], ["甲", 100]]))
    app.text_input(key="import-q-components").set_value("年终考核60、平时考核30").run()
    assert "权重合计为90，应为100" in said(app)
    assert button(app).disabled


def test_a_table_with_mistakes_shows_where_and_how_to_mend_and_offers_no_scheme():
    app = dropped(book([["指标", "分值"], ["甲", 60], ["乙", "许多"]]))
    assert "有1处须改正" in said(app)
    assert "B3" in app.table[0].value["位置"][0]
    assert not [one for one in app.button if one.label == "生成方案草稿"]


def test_choosing_another_table_changes_what_is_recognised():
    app = dropped(
        book([["甲表"], ["指标", "分值"], ["子", 100], [], ["乙表"], ["指标", "分值"], ["丑", 40], ["寅", 60]])
    )
    choice = app.selectbox(key="import-q-tables")
    assert choice.value == "各作一个组别"
    choice.set_value(choice.options[3]).run()
    assert "共1级、2项，合计100分" in said(app)


def test_a_file_taken_away_is_forgotten_with_its_answers():
    app = dropped(book([["指标", "分值"], ["甲", 100]]))
    app.text_input(key="import-q-title").set_value("别的").run()
    app.button(key="import-remove").click().run()
    assert not app.text_input
    app.file_uploader[0].upload("二.xlsx", book([["指标", "分值"], ["乙", 100]])).run()
    assert app.text_input(key="import-q-title").value == "二"


def test_names_from_a_file_act_as_no_markup():
    app = dropped(book([["指标", "分值"], ["**甲** <b>", 100]]), name="a_b_[c](d).xlsx")
    assert r"\*\*甲\*\*" in app.table[0].value["类别与指标"][0]
    assert not app.exception
