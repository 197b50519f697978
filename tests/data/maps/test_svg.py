"""The picture as SVG: whole, well-formed, alike each time; every word inside it; nothing said by colour alone."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.looks import DARK, LIGHT
from data.maps import paint
from data.maps.svg import svg
from data.maps.svg_glyphs import GLYPHS
from data.maps.svg_light import by_day, legend_by_day
from data.maps.svg_text import wide
from data.maps.view import Frame
from tests.data.maps.small_map import areas, features, fills, towns

SPACE = "{http://www.w3.org/2000/svg}"
LEGEND = tuple(paint.grade_fill(grade) for grade in ("好", "较好", "一般", "较差", "暂缺"))


def read(text):
    return ElementTree.fromstring(text)


def texts(text):
    return ["".join(each.itertext()) for each in read(text).iter(f"{SPACE}text")]


def fill_of(text):
    return [each.get("fill") for each in read(text).iter(f"{SPACE}path")]


def placed(text):
    """(x, y, letters' size, anchor, text) of every text, in pixels of the whole picture."""

    def inside(node, right, down):
        move = re.search(r"translate\(([-\d.]+) ([-\d.]+)\)", node.get("transform", ""))
        if move:
            right, down = right + float(move[1]), down + float(move[2])
        if node.tag == f"{SPACE}text":
            yield right + float(node.get("x")), down + float(node.get("y")), float(node.get("font-size")), node
        for child in node:
            yield from inside(child, right, down)

    return list(inside(read(text), 0, 0))


def assert_inside(text):
    width, height = (float(read(text).get(name)) for name in ("width", "height"))
    for x, y, size, node in placed(text):
        across = wide(node.text or "", size)
        left = x - across / 2 if node.get("text-anchor") == "middle" else x
        assert left >= 0, node.text
        assert left + across <= width, node.text
        assert size * 0.8 <= y <= height - size * 0.2, node.text


def test_title_names_grades_legend_and_notes_are_all_said():
    said = texts(svg(areas(), title="江门市：等次", legend=LEGEND, notes=["示意图。", "示例数据。"]))
    for wanted in (
        "江门市：等次",
        "台山市",
        "◆ 较好 89.95",
        "恩平市",
        "■ 较差 59.00",
        "好",
        "暂缺",
        "示意图。",
        "示例数据。",
    ):
        assert wanted in said


def test_an_area_is_painted_in_its_grades_colour():
    drawn = fill_of(svg(areas()))
    assert "#56B4E9" in drawn
    assert "#A3231B" in drawn


def test_the_legend_bears_a_shape_and_a_word_beside_each_colour():
    drawn = read(svg(replace(areas(), words=()), legend=LEGEND))
    shapes = [each.get("d") for each in drawn.iter(f"{SPACE}path")]
    for shape in "●◆▲■○":
        assert GLYPHS[shape] in shapes


def test_a_point_bears_its_shape_within_its_circle():
    drawn = read(svg(towns()))
    circles = [(each.get("cx"), each.get("cy")) for each in drawn.iter(f"{SPACE}circle")]
    shapes = {each.get("d"): each.get("transform") for each in drawn.iter(f"{SPACE}path") if each.get("transform")}
    assert [
        shapes[GLYPHS[each]].startswith(f"translate({x} {y})") for each, (x, y) in zip("◆■", circles, strict=True)
    ] == [True] * 2


def test_an_area_without_a_label_still_bears_its_shape():
    drawn = read(svg(replace(areas(), words=())))
    shapes = [each.get("d") for each in drawn.iter(f"{SPACE}path")]
    assert GLYPHS["◆"] in shapes
    assert GLYPHS["■"] in shapes


def test_a_shape_that_has_no_drawing_is_written():
    odd = replace(areas().things[0].fill, shape="✚")
    assert "✚" in texts(svg(areas(), legend=[odd]))


def test_the_selected_area_has_a_dark_border_and_its_neighbour_a_broken_one():
    drawn = read(svg(areas(selected="440781", near=frozenset({"440785"}))))
    borders = [
        (each.get("stroke"), each.get("stroke-dasharray")) for each in drawn.iter(f"{SPACE}g") if each.get("stroke")
    ]
    assert (LIGHT.text, None) in borders
    assert (LIGHT.text, "5 3") in borders


def test_a_chosen_point_has_a_dark_edge():
    circles = list(read(svg(towns(selected="440781116"))).iter(f"{SPACE}circle"))
    assert [each.get("stroke") for each in circles] == [LIGHT.paper, LIGHT.text]


def test_lines_and_the_small_map_in_the_corner_are_drawn():
    line = {"type": "LineString", "coordinates": [[112, 22], [113.5, 22.9]]}
    small = replace(areas(frame=Frame(90, 110)), words=())
    plain, more = svg(areas()), svg(areas(lines=[line], inset=small))
    assert LIGHT.quiet in more.replace(plain, "")
    frames = [(each.get("width"), each.get("height")) for each in read(more).iter(f"{SPACE}rect")]
    assert ("90", "110") in frames
    assert len(fill_of(more)) > len(fill_of(plain)) + 2
    assert GLYPHS["◆"] not in more  # too small for shapes: the large map bears them


def test_the_same_scene_gives_the_same_bytes():
    assert svg(areas(), title="图", legend=LEGEND) == svg(areas(), title="图", legend=LEGEND)


def test_nothing_is_asked_from_outside_and_no_script_runs():
    drawn = svg(areas(), title="图", legend=LEGEND, notes=["示意图。"])
    assert re.findall(r"https?://[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"<script|<style|<image|href=|\son\w+=", drawn)


EVIL = '<script>alert("1")</script>&\x00\x0b\ud800]]>'


def test_names_that_look_like_markup_are_names():
    drawn = svg(areas(features(EVIL, "恩平")), title=EVIL, legend=[replace(LEGEND[0], word=EVIL)], notes=[EVIL])
    assert not list(read(drawn).iter(f"{SPACE}script"))
    assert "\x00" not in drawn
    assert "<script>alert" in "".join(texts(drawn))


@given(
    st.text(max_size=40), st.text(max_size=300), st.sampled_from([Frame(320, 300), Frame(640, 400), Frame(1200, 700)])
)
@settings(max_examples=60, deadline=None)
def test_no_name_title_or_note_leaves_the_picture_or_breaks_it(name, note, frame):
    drawn = svg(
        areas(features(name or "某地", "恩平市"), frame=frame),
        title=note,
        legend=[replace(LEGEND[0], word=note)],
        notes=[note],
    )
    assert_inside(drawn)


@pytest.mark.parametrize("name", ["双江拉祜族佤族布朗族傣族自治县", "W" * 60, "鄂" * 200])
def test_long_names_stay_inside_a_phones_picture(name):
    assert_inside(svg(areas(features(name, name), frame=Frame(300, 300)), title=name, notes=[name]))


def test_a_scene_of_nothing_is_a_picture_too():
    empty = replace(areas(), things=(), words=())
    assert texts(svg(empty, title="尚无数据")) == ["尚无数据"]


def test_a_picture_painted_for_a_dark_screen_is_by_day_the_light_one():
    dark = areas(colors=DARK, selected="440781")
    assert svg(dark) != svg(areas(selected="440781"))
    assert svg(by_day(dark)) == svg(areas(selected="440781"))
    assert svg(by_day(towns(colors=DARK))) == svg(towns())


def test_a_dark_legend_is_by_day_the_light_one():
    dark = [paint.grade_fill(grade, colors=DARK) for grade in ("好", "较好", "一般", "较差", "暂缺")]
    assert legend_by_day(dark, DARK) == LEGEND
    assert legend_by_day(LEGEND, LIGHT) == LEGEND


def test_the_words_of_a_tile_need_no_plate():
    scene = areas()
    bare = replace(scene, words=tuple(replace(word, bare=True) for word in scene.words))
    plates = [len(list(read(svg(each)).iter(f"{SPACE}rect"))) for each in (scene, bare)]
    assert plates[0] - plates[1] == len(scene.words)


def test_the_colours_of_the_two_counties_are_those_of_their_fills():
    assert {each.rgb for each in fills().values()} == {(86, 180, 233), (163, 35, 27)}
