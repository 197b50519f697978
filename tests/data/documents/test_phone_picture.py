"""The picture for a phone: what it says, that it says so when it leaves something out, and that it fits a phone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PIL import Image

from data.documents.phone_data import FULL_LIST
from data.documents.phone_picture import HIGHEST, WIDTH, phone_picture, phone_svg, picture_data
from data.locked import Locked
from data.schemes import scheme, scheme_text
from data.store import Given, Store, UnitRow
from data.store.location import FILE_NAME, sqlite_url
from tests.data.locks import approved, locked_of, settled
from tests.pages import builders, documents
from tests.pages.builders import CLERK

HOSTILE = ('<script>alert("x")</script>&市', "名\x00\x0b称\u202e市", "长" * 40, "]]>市")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(sqlite_url(tmp_path / FILE_NAME)) as opened:
        yield opened


@pytest.fixture
def county(store: Store) -> Locked:
    return locked_of(store, builders.county(store).id)


@pytest.fixture
def whole(store: Store) -> tuple[Store, int]:
    made = builders.county(store)
    builders.last_sheet(store, made)
    return store, made.id


def written(locked: Locked, viewer: str = "") -> list[str]:
    """Every text of the picture, from the top."""
    root = ElementTree.fromstring(phone_svg(locked, viewer))
    return [each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text")]


def named(svg_texts: list[str]) -> str:
    return "".join(svg_texts)


def test_the_picture_is_a_phone_wide_and_not_too_high(county: Locked) -> None:
    image = Image.open(io.BytesIO(phone_picture(county)))
    assert image.format == "PNG"
    assert image.width == WIDTH == 1080
    assert image.height <= HIGHEST == 2400


def test_it_says_first_what_is_missing_and_how_many_have_each_grade(county: Locked) -> None:
    data = picture_data(county)
    assert data.sentences[0].startswith("数据未齐。已收20份，应收21份，尚缺恩平市的日常工作")
    assert data.sentences[1] == (
        "按江扶字〔2020〕8号测算，等次为：好2个（鹤山市、蓬江区），较好3个（新会区、开平市、台山市），一般1个（江海区），较差0个。"
    )
    (part,) = data.parts
    assert part.counts == (("好", 2), ("较好", 3), ("一般", 1), ("较差", 0), ("暂缺", 1))
    assert "数据未齐，位次为暂列" in data.foot[0]


def test_every_unit_has_its_place_its_score_its_grade_in_shape_and_word_and_what_must_be_said(county: Locked) -> None:
    (part,) = picture_data(county).parts
    lines = {line.unit: line for line in part.lines}
    assert [(each.place, each.unit, each.score, each.sign) for each in part.lines] == [
        ("1", "鹤山市", "93.58", "● 好"), ("2", "蓬江区", "90.00", "● 好"), ("3", "新会区", "94.00", "◆ 较好"),
        ("4", "开平市", "89.24", "◆ 较好"), ("5", "台山市", "86.14", "◆ 较好"), ("6", "江海区", "79.78", "▲ 一般"),
        ("", "恩平市", "暂缺", "暂缺"),
    ]  # fmt: skip
    assert lines["蓬江区"].edge == "恰在“好”线上"
    assert lines["开平市"].edge == "距“好”差0.76分"
    assert lines["新会区"].notes == ("有“记过”情形，按五（四）最高为“较好”",)
    assert lines["恩平市"].notes == ("缺日常工作；可能58.08至88.08分，较差至较好",)


def test_what_is_drawn_is_what_the_data_says(county: Locked) -> None:
    drawn, data = written(county), picture_data(county)
    for line in data.parts[0].lines:
        assert {line.unit, line.score, line.place} - {""} <= set(drawn)
    assert data.marking in drawn
    assert named(drawn).count("● 好") == 3  # its tile and two units


def test_until_approval_it_bears_the_marking_and_the_viewers_name_and_afterwards_neither(
    whole: tuple[Store, int],
) -> None:
    store, made = whole
    found = locked_of(store, made)
    assert picture_data(found).marking == "内部资料·未经审定　示例数据"
    assert "王复核" in written(found, "王复核")
    done = approved(store, store.assessment(made))
    assert picture_data(done).marking == "示例数据"
    assert "王复核" not in written(done, "王复核")
    assert "内部资料" not in named(written(done))


def test_a_grade_that_was_settled_otherwise_stands_with_the_computed_one_and_the_reason(
    whole: tuple[Store, int],
) -> None:
    store, made = whole
    found = settled(store, store.assessment(made), {"开平市": Given("好", "改革创新成效突出")})
    data = picture_data(found)
    assert data.heading == "审定等次"
    told = ("审定等次：好3个、较好3个、一般1个。", "拟表扬3个（鹤山市、蓬江区、开平市）；拟谈话提醒1个（江海区）。")
    assert data.sentences[-2:] == told  # what follows goes by the grade that stands
    kaiping = next(line for line in data.parts[0].lines if line.unit == "开平市")
    assert kaiping.sign == "● 好"
    assert kaiping.notes[0] == "测算等次为“较好”，审定等次为“好”：改革创新成效突出"


def test_a_list_that_is_cut_says_so_and_names_everybody_by_grade(store: Store) -> None:
    found = locked_of(store, builders.towns(store).id)
    data = picture_data(found)
    assert Image.open(io.BytesIO(phone_picture(found))).height <= HIGHEST
    assert sum(part.whole for part in data.parts) == 73
    assert FULL_LIST in data.foot[0]
    for part in data.parts:
        assert f"共{part.whole}个" in part.cut
        assert sum(number for _, number in part.counts) == part.whole == sum(len(names) for _, names in part.names)
    drawn = named(written(found))
    assert all(unit.name in drawn for unit in found.state.units), "there is room for all 73 names"


def test_76_units_that_take_their_towns_scores_are_counted_where_there_is_no_room_for_names(store: Store) -> None:
    found = locked_of(store, documents.ruyuan(store).id)
    data, drawn = picture_data(found), named(written(found))
    assert Image.open(io.BytesIO(phone_picture(found))).height <= HIGHEST
    towns, *heirs = data.parts
    assert [line.unit for line in towns.lines][:2] == ["乳城镇", "一六镇"]
    assert sum(part.whole for part in heirs) == 81
    for part in heirs:
        assert part.cut == f"共{part.whole}个，各等次个数如下"
        assert "　".join(f"{data.signs[grade]} {len(names)}个" for grade, names in part.names) in drawn


def test_units_that_share_a_place_are_shown_together_or_not_at_all(store: Store) -> None:
    made = builders.empty(store, "jiangmen-2020-town", "2020年江门市 · 镇级")
    component = scheme("jiangmen-2020-town").counted[0].id
    size = len(scheme("jiangmen-2020-town").indicators)
    for unit in made.units:
        builders.hand_in(store, made, builders.ticks(unit.name, component, "1" * size))
    for part in picture_data(locked_of(store, made.id)).parts:
        assert len({line.place for line in part.lines}) <= 1
        assert len(part.lines) in (0, part.whole)


def test_no_name_breaks_the_picture_and_forty_letters_are_shown_whole(store: Store) -> None:
    rules = scheme("guangdong-2019")
    units = [UnitRow(name, rules.groups[0].id) for name in HOSTILE]
    made = store.create_assessment("甲<b>", rules.id, scheme_text(rules.id), rules.hash, units, CLERK, False)
    for name in HOSTILE:
        builders.hand_in(store, made, builders.total(name, "third", "90"))
    found = locked_of(store, made.id)
    assert "长" * 40 in named(written(found, '"><script>'))
    assert '<script>alert("x")</script>&市' in named(written(found))
    assert phone_picture(found, "<&>").startswith(b"\x89PNG")


@pytest.mark.parametrize("scheme_id", documents.EVERY)
def test_every_document_has_its_picture(store: Store, scheme_id: str) -> None:
    found = locked_of(store, documents.EVERY[scheme_id](store, 1).id)
    assert Image.open(io.BytesIO(phone_picture(found))).height <= HIGHEST
    shown = [line for part in picture_data(found).parts for line in part.lines]
    listed = [name for part in picture_data(found).parts for _, names in part.names for name in names]
    assert {line.unit for line in shown} | set(listed) == {result.unit for result in found.state.results.units}


def test_under_judgement_there_is_no_score_no_place_and_no_grade(store: Store) -> None:
    data = picture_data(locked_of(store, documents.qujiang(store).id))
    lines = {line.unit: line for line in data.parts[0].lines}
    assert all((line.place, line.score, line.grade) == ("", "", "") for line in lines.values())
    assert lines["小坑镇"].notes[0] == "违反扶贫资金管理使用规定、情节严重、造成不良影响"
    assert "白土镇" in lines
    assert "有待核对的情形" in lines["白土镇"].notes[-1]


def test_the_same_lock_gives_the_same_picture(county: Locked) -> None:
    assert phone_picture(county, "王复核") == phone_picture(county, "王复核")
