"""Places: codes, names, parents and town points, read from the statistical division table."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import regions
from data.regions import UnknownPlaceError, breadcrumb, children, match, place, towns
from data.regions.places import HERE, read_csv

JIANGMEN = ["蓬江区", "江海区", "新会区", "台山市", "开平市", "鹤山市", "恩平市"]


def names(places):
    return [each.name for each in places]


def test_jiangmen_has_its_seven_counties_in_the_order_of_the_division():
    assert names(children("440700")) == JIANGMEN
    assert [each.code for each in children("440700")] == [
        "440703", "440704", "440705", "440781", "440783", "440784", "440785",
    ]  # fmt: skip


def test_jiangmen_has_73_towns_and_71_of_them_have_a_coordinate():
    found = [town for county in children("440700") for town in towns(county.code)]
    assert len(found) == 73
    assert sum(town.located for town in found) == 71


def test_ruyuan_and_qujiang_have_nine_towns_on_the_map():
    assert sum(town.located for town in towns("440232")) == 9
    assert sum(town.located for town in towns("440205") if town.name.endswith("镇")) == 9


def test_farms_and_parks_are_no_towns_unless_asked_for():
    assert "圭峰区" not in names(towns("440705"))
    assert "圭峰区" in names(children("440705", unofficial=True))


def test_a_place_says_where_it_belongs():
    assert names(breadcrumb("440781")) == ["广东省", "江门市", "台山市"]
    assert names(breadcrumb("440781115")) == ["广东省", "江门市", "台山市", "川岛镇"]
    assert names(breadcrumb("100000")) == ["全国"]


def test_a_city_without_counties_has_its_towns_directly():
    assert "虎门镇" in names(towns("441900"))
    assert "小榄镇" in names(towns("442000"))


def test_a_county_outside_the_two_provinces_has_no_towns():
    assert towns("110101") == ()


@pytest.mark.parametrize("code", ["", "999999", "44078", "台山市", "440781999"])
def test_an_unknown_code_is_refused_and_named(code):
    with pytest.raises(UnknownPlaceError, match=f"“{code}”不在行政区划表中"):
        place(code)
    with pytest.raises(UnknownPlaceError):
        children(code)


def test_every_place_lies_below_another_and_the_counts_are_the_nations():
    assert len(children("100000")) == 34
    assert len(children("440000")) == 21
    assert sum(each.level == "county" for city in children("440000") for each in children(city.code)) == 122
    for city in children("150000"):
        assert all(each.parent == city.code for each in children(city.code))


def test_a_full_name_finds_its_place():
    assert match("台山市", children("440700")).place == place("440781")


@pytest.mark.parametrize("name", ["台山", " 台 山 市 ", "台山市\u200b", "\ufeff台山", "台\u3000山\n市"])
def test_a_short_name_and_what_cannot_be_seen_make_no_difference(name):
    assert match(name, children("440700")).place == place("440781")


def test_a_former_name_finds_todays_place():
    assert match("新会市", children("440700")).place == place("440705")


@pytest.mark.parametrize(
    ("name", "suggested"),
    [("台山县", "台山市"), ("恩平巿", "恩平市"), ("蓬江区（试点）", "蓬江区"), ("开平市区", "开平市")],
)
def test_a_misspelt_name_is_suggested_and_never_taken(name, suggested):
    found = match(name, children("440700"))
    assert found.place is None
    assert suggested in found.suggestions


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "乌鲁木齐", "42", "市", "区", "合计"])
def test_what_is_no_name_finds_nothing(name):
    assert match(name, children("440700")).place is None


def test_a_name_that_fits_several_places_gives_them_all_with_their_parents():
    everywhere = [county for province in children("100000") for city in children(province.code)
                  for county in (children(city.code) or (city,)) if county.name == "鼓楼区"]  # fmt: skip
    found = match("鼓楼区", everywhere)
    assert found.place is None
    assert set(found.suggestions) == {"南京市鼓楼区", "徐州市鼓楼区", "福州市鼓楼区", "开封市鼓楼区"}


def test_a_place_outside_the_area_is_not_found():
    assert match("曲江区", children("440700")).place is None


def test_a_towns_short_name_is_suggested():
    found = match("台城", towns("440781"))
    assert found.place is None
    assert "台城街道" in found.suggestions


def test_every_alias_in_the_file_finds_its_place_within_its_province():
    within = {}
    for province in ("440000", "150000"):
        cities = children(province)
        counties = [each for city in cities for each in children(city.code) if each.level == "county"]
        within[province] = (place(province), *cities, *counties)
    rows = read_csv("aliases_gd_nm.csv")
    assert len(rows) == 325
    for row in rows:
        found = match(row["alias"], within[row["code"][:2] + "0000"])
        assert found.place == place(row["code"]), row


@given(st.text(max_size=8))
def test_no_text_but_a_known_name_ever_finds_a_place(text):
    found = match(text, children("440700")).place
    if found is not None:
        visible = "".join(char for char in text if char in "".join(JIANGMEN))
        assert visible[:2] == found.name[:2]


def test_the_package_names_its_source_beside_its_files():
    assert (HERE / "NOTICE.md").read_text(encoding="utf-8").count("GS(2024)0650号") == 2
    assert "GS(2024)0650号" in regions.SOURCE_LINE
