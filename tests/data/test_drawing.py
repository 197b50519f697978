"""A draw between the rules, the store and the paper: kept as JSON, done again from its seed, printed to be signed."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import cli
from data.documents.drawing_sheet import to_xlsx
from data.drawing import (
    choose,
    draw_inputs,
    draw_result,
    drawable,
    hold_sample,
    known_places,
    lacks_of,
    lines_of,
    plan_of,
    redraw,
    resample,
    sample_inputs,
    sample_result,
    within_scope,
)
from data.frames import read_frame
from data.schemes import scheme
from data.state import State, load_state
from data.store import Drawing, Store
from scoring.draws import draw, plan
from scoring.rules import Sample
from scoring.sampling import Entry, SampleError
from tests.pages import builders

COUNTY = scheme("jiangmen-2020-county")
TWENTY = Sample.model_validate({"id": "household", "of": "预脱贫户", "each": "每镇", "least": 3, "cite": "五（三）",
                                "including": {"分散贫困户": "2"}})  # fmt: skip
LIST = "户编号,镇,类别\n" + "".join(
    f"{code}{n:02},{town}镇,{'分散贫困户' if n % 2 else '集中'}\n"
    for code, town in (("D", "大桥"), ("L", "洛阳"))
    for n in range(9)
)


def listed() -> tuple[Entry, ...]:
    return read_frame("名册.csv", LIST.encode()).entries


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(value, ensure_ascii=False))


@pytest.fixture
def state(tmp_path: Path) -> Iterator[State]:
    with Store.open(f"sqlite:///{tmp_path}/s.db") as store:
        yield load_state(store, builders.empty(store, "jiangmen-2020-county", "2020年江门市 · 县级").id)


def drawing(kind: str, inputs: dict[str, Any], result: dict[str, Any], **more: Any) -> Drawing:
    kept = {"id": 1, "state": "current", "kind": kind, "rule": "", "scope": (), "seed": "3 17 22", "reason": "", "actor": "李经办",
            "at": datetime(2020, 11, 25, 1, 31, 7, tzinfo=UTC)}  # fmt: skip
    return Drawing(**(kept | {"inputs": through_json(inputs), "result": through_json(result)} | more))


def cells(content: bytes) -> list[list[Any]]:
    return [
        [cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows()
    ]


@pytest.mark.parametrize(
    "name", ["jiangmen-2020-county", "guangdong-2019", "dongxi-2019-city", "dongxi-2019-department"]
)
def test_what_was_kept_gives_the_same_draw_again(name: str) -> None:
    chosen = plan(scheme(name))
    kept = through_json(draw_inputs(scheme(name), chosen))
    result = through_json(draw_result(draw(chosen, "3 17 22")))
    assert plan_of(kept) == chosen
    assert redraw(kept, "3 17 22") == result
    assert redraw(kept, "3 17 23") != result
    assert lines_of(result) == draw(chosen, "3 17 22")


def test_a_sample_of_households_keeps_no_list_but_is_done_again_with_the_same_one() -> None:
    inputs = through_json(
        sample_inputs("户", TWENTY, [], listed(), file="名册.csv", counts_as={"分散贫困户": ["分散贫困户"]})
    )
    result = through_json(hold_sample(inputs, listed(), "7"))
    assert inputs["entries"] == []
    assert inputs["roster"]["size"] == 18
    assert resample(inputs, "7", listed()) == result
    assert [len(stratum["picked"]) for stratum in result["strata"]] == [3, 3]
    with pytest.raises(SampleError, match="请选取当时上传的那份名册"):
        resample(inputs, "7", listed()[::-1])
    with pytest.raises(SampleError, match=r"所给名册（0条）与抽取时的名册（18条）"):
        resample(inputs, "7")


def test_a_part_of_a_list_is_found_again_by_the_places_drawn_in() -> None:
    inputs = sample_inputs("户", TWENTY, [], listed()[:9])
    assert within_scope(inputs, ["大桥镇"], listed()) == listed()[:9]
    assert within_scope(inputs, [], listed()) == listed()


def test_a_sample_of_places_keeps_its_list() -> None:
    rule = Sample.model_validate(
        {"id": "banner", "of": "旗县", "each": "每盟市", "least": 1, "percent": "10", "cite": "七"}
    )
    entries = known_places("county", ["150100", "150200"])
    inputs = through_json(sample_inputs("旗县", rule, [], entries))
    result = resample(inputs, "7")
    assert [stratum["where"] for stratum in result["strata"]] == ["呼和浩特市", "包头市"]
    assert resample(inputs, "7") == result


def test_what_a_list_lacks_is_known_before_the_draw() -> None:
    inputs = sample_inputs("户", TWENTY, [], listed()[:4], size=5, counts_as={"分散贫困户": ["分散贫困户"]})
    assert [str(lack) for lack in lacks_of(inputs, listed()[:4])] == [
        "大桥镇：名册只有4个，规则要求5个。请核对名册是否齐全；确只有这些的，全部抽取"
    ]


def test_towns_named_by_people_are_checked() -> None:
    rule = next(one for one in scheme("ruyuan-2017").samples if one.id == "town")
    towns = known_places("town", [unit.region for unit in scheme("ruyuan-2017").groups[0].units])
    inputs = sample_inputs("镇", rule, [], towns)
    assert (len(towns), towns[0].places) == (9, (("county", "乳源瑶族自治县"),))
    (one,) = choose(inputs, towns, {towns[2]})
    assert "请再指定1个" in str(one.lacks[0])
    (two,) = choose(inputs, towns, {towns[2], towns[5]})
    assert (two.lacks, [entry.name for entry in two.picked]) == ((), ["桂头镇", "大桥镇"])


def test_a_place_nobody_knows_gives_nothing() -> None:
    assert known_places("town", ["999999"]) == []
    assert known_places("county", ["440703"]) == []


def test_rules_that_speak_of_a_part_are_drawn_with_the_whole() -> None:
    rules = scheme("ruyuan-2017").with_elements(samples=[
        {"id": "household", "of": "户", "least": 20, "cite": ["五"]},
        {"id": "disabled", "of": "因病户", "percent": 20, "within": "household", "cite": ["五"]},
    ])  # fmt: skip
    found = drawable(rules)
    assert list(found) == ["household"]
    assert [part.id for part in found["household"][1]] == ["disabled"]


def test_the_sheet_of_a_draw_has_seed_clause_time_actor_method_and_room_to_sign(state: State) -> None:
    chosen = plan(COUNTY)
    one = drawing("draw", draw_inputs(COUNTY, chosen), draw_result(draw(chosen, "3 17 22")), reason="=换组长()")
    content = to_xlsx(state, one, "2020年11月25日 09:31:07（北京时间）")
    text = "\n".join(str(value) for row in cells(content) for value in row if value)
    for words in ("示例数据", "内部资料·未经审定", "江扶字〔2020〕8号　六（三）", "种子：3 17 22", "2020年11月25日 09:31:07",
                  "署名：李经办", "重抽理由：=换组长()", "第1组（蓬江区）", "SHA-256", "监督人："):  # fmt: skip
        assert words in text
    table = [row for row in cells(content) if str(row[1]).startswith("第")]
    assert [row[2] for row in table] == [line.objects[0] for line in draw(chosen, "3 17 22")]
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert not any(cell.data_type == "f" for row in book.worksheets[0].iter_rows() for cell in row)


def test_the_sheet_of_a_draw_has_a_column_for_shared_objects_only_where_there_are_any(state: State) -> None:
    for rules, heads in (
        (COUNTY, ["序号", "考核组", "考核对象", "组长签名", "备注"]),
        (scheme("guangdong-2019"), ["序号", "考核组", "考核对象", "兼考", "组长签名", "备注"]),
    ):
        chosen = plan(rules)
        one = drawing("draw", draw_inputs(rules, chosen), draw_result(draw(chosen, "3 17 22")))
        assert heads in cells(to_xlsx(state, one, "当日"))


def test_the_sheet_of_a_draw_names_no_reading_of_samples_nor_that_of_a_sample_any_other(state: State) -> None:
    one = drawing("draw", draw_inputs(COUNTY, plan(COUNTY)), draw_result(draw(plan(COUNTY), "3 17 22")))
    assert "按本系统口径" not in str(cells(to_xlsx(state, one, "当日")))
    inputs = sample_inputs("每镇　预脱贫户", TWENTY, [], listed(), file="名册.csv", size=10,
                           counts_as={"分散贫困户": ["分散贫困户"]})  # fmt: skip
    sampled = drawing("sample", inputs, hold_sample(inputs, listed(), "7"), seed="7")
    assert "尚未确认的1项：抽样：每镇贫困户。" in str(cells(to_xlsx(state, sampled, "当日")))


def test_the_sheet_of_a_sample_lists_every_household_and_what_was_lacking(state: State) -> None:
    inputs = sample_inputs("每镇　预脱贫户", TWENTY, [], listed(), file="名册.csv", size=10,
                           counts_as={"分散贫困户": ["分散贫困户"]})  # fmt: skip
    one = drawing("sample", inputs, hold_sample(inputs, listed(), "7"), seed="7")
    text = "\n".join(str(value) for row in cells(to_xlsx(state, one, "当日")) for value in row if value)
    assert "名册：名册.csv，18条，校验值" in text
    assert all(entry.name in text for entry in listed())
    assert "大桥镇：名册只有9个，规则要求10个" in text
    assert "和同一名册" in text


def test_the_sheet_of_a_choice_says_that_people_chose(state: State) -> None:
    rule = next(one for one in scheme("ruyuan-2017").samples if one.id == "town")
    towns = known_places("town", [unit.region for unit in scheme("ruyuan-2017").groups[0].units])
    inputs = sample_inputs("镇", rule, [], towns)
    one = drawing("sample", inputs, sample_result(choose(inputs, towns, {towns[0], towns[1]})), seed="指定")
    text = "\n".join(str(value) for row in cells(to_xlsx(state, one, "当日")) for value in row if value)
    assert "由署名人选定" in text
    assert "乳城镇" in text


def test_the_command_line_draws_the_same_pairs_as_the_page(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["draw", "--scheme", "jiangmen-2020-county", "--seed", " ３ 17 22 "]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "种子：3 17 22"
    assert told[1:] == [
        f"第{line.number}组（{line.group}） → {line.objects[0]}" for line in draw(plan(COUNTY), "3 17 22")
    ]


def test_the_command_line_says_that_nobody_told_where_the_members_come_from(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["draw", "--scheme", "dongxi-2019-city", "--seed", "1"]) == 0
    assert "未登记组员来源，本次抽签没有作回避" in capsys.readouterr().out.splitlines()[-1]


def test_the_command_line_gives_json_and_says_what_the_text_leaves_open(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["draw", "--scheme", "guangdong-2019", "--seed", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["form"], told["avoid"], len(told["lines"])) == ("pairs", ["self"], 14)
    assert "五（一）" in told["assumed"]
    assert sum(len(line["also"]) for line in told["lines"]) == 6
    assert cli.main(["draw", "--scheme", "guangdong-2019", "--seed", "1"]) == 0
    assert "（原文未写）" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "seed", "words"),
    [
        ("jiangmen-2020-town", "1", "没有抽签的规定"),
        ("jiangmen-2020-county", " ", "种子不能为空"),
        ("jiangmen-2020-county", "1|2", "有“|”"),
    ],
)
def test_the_command_line_refuses_in_words(
    name: str, seed: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["draw", "--scheme", name, "--seed", seed]) == 2
    assert words in capsys.readouterr().err
