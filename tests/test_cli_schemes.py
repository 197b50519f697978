"""Every scheme from a terminal: blank forms out, filled in, checked and scored."""

from __future__ import annotations

import io
import json
import zipfile
from fractions import Fraction
from pathlib import Path

import pytest

from cli import main
from data.documents.forms import filled_form
from scoring.assumptions import open_targets
from scoring.marks import Mark, Sheet
from scoring.scheme import Scheme
from tests.data.filled_forms import CITY, QUJIANG, plain
from tests.data.scheme_sheets import ALL


def sheets_of(name: str) -> list[Sheet]:
    """One unit of each group that hands in sheets (all where peers are compared), everything filled in."""
    scheme = ALL[name]
    units = [
        unit.name for group in scheme.marked_groups for unit in (group.units if scheme.median else group.units[:1])
    ]
    return [filled(scheme, unit, component.id) for unit in units for component in scheme.components]


def filled(scheme: Scheme, unit: str, component: str) -> Sheet:
    """A sheet of the kind that is asked for first: nine tenths of a total, or every item as its kind asks."""
    if scheme.judged or scheme.component(component).marks[0] != "total":
        return plain(scheme, unit, component)
    return Sheet(unit, component, (Mark(None, score=scheme.full_of(component) * Fraction(9, 10)),), "工作扎实")


def written(folder: Path, name: str) -> list[str]:
    """Their forms as files."""
    paths = []
    for sheet in sheets_of(name):
        path = folder / f"{sheet.unit}_{sheet.component}.xlsx"
        path.write_bytes(filled_form(ALL[name], sheet))
        paths.append(str(path))
    return paths


def said(capsys, *arguments: str) -> tuple[int, str]:
    code = main(list(arguments))
    return code, capsys.readouterr().out


@pytest.mark.parametrize("name", sorted(ALL))
def test_blank_forms_come_for_every_unit_that_hands_in_sheets(name, tmp_path):
    out = tmp_path / "空白.zip"
    assert main(["template", "--scheme", name, "--out", str(out)]) == 0
    units = sum(len(group.units) for group in ALL[name].marked_groups)
    with zipfile.ZipFile(io.BytesIO(out.read_bytes())) as archive:
        assert len(archive.namelist()) == units * len(ALL[name].components)


@pytest.mark.parametrize("name", sorted(ALL))
def test_filled_forms_are_checked_and_scored(name, capsys, tmp_path):
    forms = written(tmp_path, name)
    code, told = said(capsys, "check", "--scheme", name, "--json", *forms)
    assert code == 0, told
    figures = [f"--target={target.id}=100" for target in open_targets(ALL[name])]
    code, told = said(capsys, "score", "--scheme", name, "--json", *figures, *forms)
    assert code == 0
    results = {unit["unit"]: unit for unit in json.loads(told)["units"]}
    for sheet in sheets_of(name):
        assert results[sheet.unit]["complete"]
        assert (results[sheet.unit]["score"] is None) == ALL[name].judged


def test_a_score_without_lines_between_the_grades_is_left_to_judgement(capsys, tmp_path):
    _, told = said(capsys, "score", "--scheme", "guangdong-2019", *written(tmp_path, "guangdong-2019"))
    assert told.splitlines()[0] == "被帮扶市\t1\t韶关市\t92.00\t由评议确定"


def test_judgement_prints_what_was_found_and_what_follows_and_no_total(capsys, tmp_path):
    facts = tmp_path / "情形.csv"
    facts.write_text("考核对象,情形,取值\n马坝镇,未完成年度计划减贫任务,有\n", encoding="utf-8")
    forms = written(tmp_path, QUJIANG.id)
    _, told = said(capsys, "score", "--scheme", QUJIANG.id, "--facts", str(facts), *forms)
    assert told.splitlines()[0] == (
        "镇\t马坝镇\t情形：未完成年度计划减贫任务\t结果运用：提出处理意见（第七条）、约谈并限期整改（第八条（三））"
    )


def test_money_that_arrives_is_registered_with_its_day_and_amount(capsys, tmp_path):
    kind = next(each for each in CITY.facts if each.amount)
    head = "考核对象,情形,取值,日期,依据,数额\n"
    for row, code, words in (
        (f"广州市,{kind.name},{kind.values[-1]},2019-04-15,银行凭证,1200.5", 0, ""),
        (f"广州市,{kind.name},{kind.values[-1]},2019-04-15,银行凭证,若干", 2, "数额应写成数（万元）"),
        (f"广州市,{kind.name},{kind.values[-1]},,银行凭证,1200.5", 2, "须写明日期"),
    ):
        facts = tmp_path / "到账.csv"
        facts.write_text(head + row, encoding="utf-8")
        arguments = ["score", "--scheme", CITY.id, "--facts", str(facts), *written(tmp_path, CITY.id)]
        assert main(arguments) == code
        assert words in capsys.readouterr().err
