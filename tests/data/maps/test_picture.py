"""The picture as PNG: real Chinese letters from the package's font, the right colours, and plain words where it cannot be."""

from __future__ import annotations

import csv
import io
import socket
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from data.maps import picture
from data.maps.paint import grade_fill
from data.maps.picture import NoFontError, PictureError, font_file, png
from data.maps.svg import PAD, svg
from data.regions import SOURCE_LINE, children
from tests.data.maps.small_map import areas, features

REGIONS = Path(__file__).resolve().parents[3] / "data" / "regions"


def image(data):
    return Image.open(io.BytesIO(data)).convert("RGB")


def word(text):
    """A picture of one word in black on white."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><rect width="200" height="40" fill="#fff"/>'
        f'<text x="4" y="28" font-size="20" font-family="Noto Sans CJK SC">{text}</text></svg>'
    )


def inked(data):
    return sum(pixel < 128 for pixel in image(data).convert("L").tobytes())


@cache
def font():
    """The simplified Chinese face of the collection."""
    for index in range(20):
        face = ImageFont.truetype(str(font_file()), 24, index=index)
        if face.getname()[0] == picture.FAMILY:
            return face
    raise AssertionError(f"{picture.FAMILY} is not in the collection")


def has_glyph(char):
    return bytes(font().getmask(char)) != bytes(font().getmask("\U0010ffff"))


def test_a_chinese_name_is_written_and_not_boxes():
    assert inked(png(word("台山市"))) > 300
    assert inked(png(word(""))) == 0
    assert png(word("台山市")) != png(word("恩平市"))  # boxes would be alike
    assert png(word("台山市")) != png(word("\U0010fffd" * 3))


def test_a_letter_that_the_font_lacks_is_told_from_one_it_has():
    assert has_glyph("衡")
    assert not has_glyph("\U0010fffd")


def test_every_character_of_guangdongs_and_inner_mongolias_names_has_a_glyph():
    names = [
        place.name for code in ("440000", "150000") for city in children(code) for place in (city, *children(city.code))
    ]
    with (REGIONS / "towns_gd_nm.csv").open(encoding="utf-8-sig", newline="") as file:
        names += [value for row in csv.DictReader(file) for key, value in row.items() if "name" in key and value]
    letters = sorted({char for name in names for char in name if not char.isspace()})
    assert len(letters) > 1000
    assert [char for char in letters if not has_glyph(char)] == []


def test_every_character_of_the_legend_and_the_notes_has_a_glyph():
    said = (
        "好较好一般较差暂缺无数据未开展未公开不在本次范围另行制定待评议内部资料·未经审定示意图。"
        + SOURCE_LINE
        + "●◆▲■○◉〔〕～"
    )
    assert [char for char in sorted(set(said)) if not char.isspace() and not has_glyph(char)] == []


def test_an_area_has_its_fills_colour_at_its_middle_and_the_sea_is_pale():
    scene = areas()
    drawn = image(png(svg(scene), 2))
    thing = scene.things[0]
    x, y = scene.pixel(112.1, 22.1)
    assert drawn.getpixel((int((x + PAD) * 2), int((y + PAD) * 2))) == thing.fill.rgb
    assert drawn.getpixel((2, 2)) == (255, 255, 255)


def test_an_island_of_less_than_a_pixel_is_seen_in_its_colour():
    island = [[[113.7, 22.9], [113.7, 22.9004], [113.7004, 22.9], [113.7, 22.9]]]
    drawn = features()
    both = {"type": "MultiPolygon", "coordinates": [drawn["features"][1]["geometry"]["coordinates"], island]}
    drawn["features"][1]["geometry"] = both
    scene = areas(drawn)
    x, y = scene.pixel(113.7, 22.9)
    colours = image(png(svg(scene), 2))
    assert colours.getpixel((round((x + PAD) * 2), round((y + PAD) * 2))) == scene.things[1].fill.rgb


@pytest.mark.parametrize("grade", ["好", "较好", "一般", "较差"])
def test_each_grade_is_painted_in_its_colour(grade):
    fill = grade_fill(grade)
    box = f'<rect width="40" height="40" fill="#{bytes(fill.rgb).hex()}"/>'
    drawn = image(png(f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">{box}</svg>', 1))
    assert drawn.getpixel((20, 20)) == fill.rgb


def test_the_same_picture_gives_the_same_bytes():
    assert png(svg(areas(), title="江门市")) == png(svg(areas(), title="江门市"))


def test_the_scale_says_how_many_pixels():
    text = word("市")
    assert image(png(text, 1)).size == (200, 40)
    assert image(png(text, 3)).size == (600, 120)


def test_the_file_holds_the_picture_and_nothing_of_this_machine():
    data = png(svg(areas(), title="江门市"))
    at, kinds = 8, []
    while at < len(data):
        kinds.append(data[at + 4 : at + 8])
        at += 12 + int.from_bytes(data[at : at + 4], "big")
    assert set(kinds) <= {b"IHDR", b"IDAT", b"IEND", b"sRGB", b"gAMA", b"pHYs"}
    assert socket.gethostname().encode() not in data


@pytest.mark.parametrize("scale", [0, -1, 100, 10_000])
def test_a_picture_that_would_be_nothing_or_too_large_is_refused_in_words(scale):
    with pytest.raises(PictureError, match=r"图片尺寸.*请缩小倍数"):
        png(svg(areas()), scale)


@pytest.mark.parametrize(
    "broken", ["", "<svg>", "地图", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><g></svg>']
)
def test_what_is_no_picture_is_refused_in_words(broken):
    with pytest.raises(PictureError, match="图片未能生成"):
        png(broken)


@pytest.mark.parametrize("package", [picture.FONT_PACKAGE, picture.DRAW_PACKAGE])
def test_a_missing_package_is_told_with_its_mend_and_the_svg_can_still_be_had(monkeypatch, package):
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(NoFontError, match=rf"未安装 {package}.*pip install -r requirements.txt.*SVG"):
        png(svg(areas()))
    with pytest.raises(NoFontError):
        picture.ready()
    assert svg(areas()).startswith("<svg")


def test_names_that_look_like_markup_do_not_break_the_picture():
    assert image(png(svg(areas(features('<b>&"\x00', "恩平市")), title="<svg>"))).size[0] > 100
