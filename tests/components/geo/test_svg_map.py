"""What the SVG map sends to the browser, which means draws the map, and the downloads. test_svg_map_journey drives it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from components.geo import export, svg_map
from components.geo.svg_data import encode
from data.looks import DARK
from data.maps import paint, picture, scene
from data.maps.things import Thing
from data.maps.view import Frame
from data.regions import EXPORT_REMINDER, SOURCE_LINE, outlines
from tests.data.maps.small_map import areas, features, towns


def data(drawn):
    return encode(drawn, "两县地图")


def test_every_place_has_its_code_path_colour_and_words():
    sent = data(areas())
    assert sent["codes"] == ["440781", "440785"]
    assert [each[0] for each in sent["d"]] == ["M", "M"]
    assert [sent["kinds"][at]["color"] for at in sent["fill"]] == ["#56B4E9", "#A3231B"]
    assert [each["text"] for each in sent["words"]] == ["台山市\n◆ 较好 89.95", "恩平市\n■ 较差 59.00"]
    assert sent["tips"] == ["台山市\n等次：◆ 较好", "恩平市\n等次：■ 较差"]
    assert sent["alt"] == "两县地图"


def test_a_point_has_a_place_and_no_path_and_its_shape():
    drawn = towns()
    sent = data(drawn)
    assert sent["d"] is None
    assert sent["xy"][:2] == pytest.approx(drawn.pixel(112.3, 22.4), abs=0.06)
    assert all(each["glyph"] for each in sent["kinds"])


def test_what_is_said_of_a_place_holds_its_name_and_its_word_though_the_tip_does_not():
    dumb = replace(areas().things[0].fill, tip="得分：89.95分")
    sent = data(scene.of_areas(features(), {"440781": dumb}))
    assert sent["tips"][0] == "台山市\n得分：89.95分\n◆ 较好"


def test_the_browser_keeps_what_it_built_while_only_colours_words_or_the_selection_change():
    kept = data(areas())["shape"]
    assert data(areas(colors=DARK))["shape"] == kept
    assert data(areas(selected="440781", near=frozenset({"440785"})))["shape"] == kept
    assert data(areas(frame=Frame(500, 400)))["shape"] != kept
    assert data(towns())["shape"] != kept


def test_the_selected_place_and_its_neighbours_go_by_number_and_strangers_are_left_out():
    sent = data(areas(selected="440785", near=frozenset({"440781", "999999"})))
    assert (sent["selected"], sent["near"]) == (1, [0])
    assert data(areas(selected="999999"))["selected"] == -1


def test_a_place_without_room_for_its_name_keeps_it_for_an_enlarged_map():
    sent = data(replace(areas(), words=areas().words[:1]))
    assert [each[:2] for each in sent["spare"]] == [[1, "恩平市 ■"]]


def test_the_sign_of_a_point_is_drawn_within_it_and_not_once_more_upon_it():
    places = [Thing(str(at), "镇", paint.grade_fill("好"), 112.5, 22.5) for at in range(40)]
    sheet = scene.of_points(features(), places)
    assert sheet.signs
    assert not [each for each in data(sheet)["words"] if each["text"] == "●"]


def test_a_mere_shape_gives_way_to_the_name_when_enlarged():
    words = areas().words
    sent = data(replace(areas(), words=(words[0], replace(words[1], text="■"))))
    assert [each.get("mark") for each in sent["words"]] == [None, 1]
    assert [each[1] for each in sent["spare"]] == ["恩平市 ■"]


def test_the_small_map_in_the_corner_is_sent_with_its_place():
    small = replace(areas(frame=Frame(90, 110)), words=areas(frame=Frame(90, 110)).words[:1])
    sent = data(areas(inset=small))["inset"]
    assert (sent["w"], sent["h"], len(sent["d"]), len(sent["words"])) == (90, 110, 2, 1)
    assert sent["at"] == (640 - 90 - 8, 400 - 110 - 8)


def test_all_is_plain_json():
    assert json.loads(json.dumps(data(areas(features("<b>&", "恩平"))))) | {"inset": None} == data(
        areas(features("<b>&", "恩平"))
    )


def test_every_county_of_guangdong_fits_into_200_kb():
    drawn = outlines("440000", "county")
    said = {
        each["properties"]["code"]: paint.grade_fill(
            "较好", lines=["◆ 较好 89.95"], tip=f"{each['properties']['name']}\n等次：◆ 较好（受限制）\n得分：89.95分\n位次：暂列第100位"
        )
        for each in drawn["features"]
    }
    assert len(said) == 124
    sent = data(scene.of_areas(drawn, said, frame=Frame(800, 540)))
    assert len(json.dumps(sent)) <= 200_000


def test_1610_towns_fit_into_a_quarter_of_a_megabyte():
    fill = paint.grade_fill("较好", lines=["◆ 较好 89.95"], tip="镇\n等次：◆ 较好\n得分：89.95分")
    dots = [Thing(f"440781{n:03}", f"第{n}镇", fill, 112 + n % 40 / 41, 22 + n // 40 / 41) for n in range(1610)]
    sent = data(scene.of_points({"features": features()["features"][:1]}, dots))
    assert len(sent["codes"]) == 1610
    assert len(json.dumps(sent, ensure_ascii=False).encode()) <= 250_000


def test_the_script_is_whole_and_asks_nothing_from_outside():
    script = svg_map.script()
    assert script.count("export default") == 1
    assert "http://www.w3.org/2000/svg" in script
    assert script.count("http") == 1
    assert "innerHTML" not in script


# Which means


def means_app():
    import streamlit as st

    from components.geo import means

    st.markdown(f"现用{means.chosen()}")
    means.switch()


@pytest.mark.parametrize(
    ("asked", "drawn"), [({}, "svg"), ({"draw": "webgl"}, "webgl"), ({"draw": "svg"}, "svg"), ({"draw": "x"}, "svg")]
)
def test_the_address_decides_and_svg_draws_until_the_browser_has_told(asked, drawn):
    app = AppTest.from_function(means_app)
    for name, value in asked.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert app.markdown[0].value == f"现用{drawn}"


def test_what_the_browser_told_holds_until_the_address_says_otherwise():
    app = AppTest.from_function(means_app)
    app.session_state["map-means-known"] = "webgl"
    app.run()
    assert app.markdown[0].value == "现用webgl"
    app.query_params["draw"] = "svg"
    app.run()
    assert app.markdown[0].value == "现用svg"


def test_the_switch_writes_the_address_and_automatic_clears_it():
    app = AppTest.from_function(means_app).run()
    app.segmented_control[0].set_value("webgl").run()
    assert app.query_params["draw"] in ("webgl", ["webgl"])
    assert app.markdown[0].value == "现用webgl"
    app.segmented_control[0].set_value("").run()
    assert "draw" not in app.query_params
    assert app.markdown[0].value == "现用svg"


# Downloads


def export_app():
    from components.geo import export
    from tests.data.maps.small_map import areas

    export.offer(areas(), title="江门市：等次", legend=(), notes=("示例数据。",), name="地图_江门市_等次_2026-11-29")


def test_both_downloads_are_offered_with_the_reminder_before_publication():
    app = AppTest.from_function(export_app).run()
    assert not app.exception
    assert [each.label for each in app.get("download_button")] == ["下载 PNG", "下载 SVG"]
    assert app.caption[0].value == EXPORT_REMINDER


def test_without_the_font_png_is_refused_in_words_and_svg_still_offered(monkeypatch):
    def lacking() -> None:
        raise picture.NoFontError("未安装 noto_cjk_sans_otc，不能生成 PNG；请改为下载 SVG。")

    monkeypatch.setattr(picture, "ready", lacking)
    app = AppTest.from_function(export_app).run()
    assert [each.proto.disabled for each in app.get("download_button")] == [True, False]
    assert "不能生成 PNG" in app.caption[0].value


def test_no_exported_map_lacks_its_source_nor_that_it_is_a_sketch_and_not_final():
    assert export.complete(["示例数据。", ""]) == ("示例数据。", "内部资料·未经审定。", SOURCE_LINE, "示意图。")
    already = ("内部资料·未经审定。等次为测算结果。", SOURCE_LINE, "示意图。2026年11月29日制图。")
    assert export.complete(already) == already


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        (("地图", "江门市", "等次", "2026-11-29"), "地图_江门市_等次_2026-11-29"),
        (("地图", '甲/乙\\丙:*?"<>|丁', "a b\x00"), "地图_甲_乙_丙_丁_a_b"),
        (("", "..", "  "), "地图"),
        (("地图", "市" * 300), "地图_" + "市" * 60),
    ],
)
def test_a_files_name_can_be_kept_on_every_system(parts, name):
    assert export.file_name(*parts) == name
