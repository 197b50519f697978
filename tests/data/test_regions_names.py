"""Names: every known way to write a place finds it, and nothing else ever does."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.regions import Match, Place, Scope, UnknownPlaceError, among, area, breadcrumb, children, match, place, towns
from data.regions.places import read_csv, six_digit
from data.regions.spellings import core, known_forms, plain
from tests.data import wrong_names

JIANGMEN = among("440700", "county")
TAISHAN = towns("440781")
CHINA = six_digit()


def province(code: str) -> tuple[Place, ...]:
    return (place(code), *among(code, "city"), *among(code, "county"))


def found(name: str, within: tuple[Place, ...]) -> str:
    told = match(name, within).place
    return told.name if told else ""


@pytest.mark.parametrize(
    ("home", "level", "count"),
    [
        ("440000", "city", 21), ("440000", "county", 124), ("150000", "city", 12), ("150000", "county", 103),
        ("440700", "county", 7), ("440700", "town", 73), ("440232", "town", 9), ("440205", "town", 10),
    ],
)  # fmt: skip
def test_every_unit_is_found_by_its_full_name_alone_and_after_its_superiors(home: str, level: str, count: int) -> None:
    within = among(home, level)
    assert len(within) == count
    for each in within:
        above = "".join(one.name for one in breadcrumb(each.code)[:-1])
        assert match(each.name, within).place == each
        assert match(above + each.name, within).place == each


def test_qujiang_has_nine_towns_and_all_of_them_are_found() -> None:
    nine = [each for each in towns("440205") if each.name.endswith("镇")]
    assert len(nine) == 9
    assert [match(each.name, nine).place for each in nine] == nine


def test_every_alias_of_the_file_finds_its_place_within_its_province() -> None:
    rows = read_csv("aliases_gd_nm.csv")
    assert Counter(row["code"][:2] for row in rows) == {"44": 162, "15": 163}
    for row in rows:
        assert match(row["alias"], province(row["code"][:2] + "0000")).place == place(row["code"]), row


@pytest.mark.parametrize("code", ["440000", "150000"])
def test_no_known_form_of_a_province_city_or_county_is_shared_within_its_province(code: str) -> None:
    forms = Counter(form for each in {*province(code)} for form in known_forms(each))
    assert [form for form, count in forms.items() if count > 1] == []


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("江门市台山市", "台山市"), ("广东省江门市台山市", "台山市"), ("江门台山", "台山市"), ("江门市／台山市", "台山市"),
        ("广东 江门 台山", "台山市"), ("广东-江门-新会", "新会区"), ("江门市新会市", "新会区"), ("广东台山", "台山市"),
        ("台山市人民政府", "台山市"), ("台山市政府", "台山市"), ("新会市", "新会区"), ("江海", "江海区"), ("ＪＩＡＮＧ", ""),
    ],
)  # fmt: skip
def test_a_county_after_its_superiors_short_or_by_its_office_is_found(name: str, full: str) -> None:
    assert found(name, JIANGMEN) == full


@pytest.mark.parametrize(
    "name",
    ["台城街道", "台城街", "台城街办", "台城街道办", "台城街道办事处", "台山市台城街道", "江门台山台城街道办事处"],
)
def test_a_street_by_its_office_is_the_same_institution(name: str) -> None:
    assert found(name, TAISHAN) == "台城街道"


@pytest.mark.parametrize("name", ["川岛", "川岛镇政府", "川岛镇人民政府", "江门市川岛镇", "台山／川岛镇"])
def test_a_town_is_found_bare_because_it_can_be_nothing_else(name: str) -> None:
    assert found(name, TAISHAN) == "川岛镇"


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("441825", "连山 连山县 连山自治县 清远市连山县"),
        ("440232", "乳源 乳源县 乳源瑶族自治县 韶关乳源"),
        ("652800", "巴音郭楞 巴音郭楞州 巴音郭楞蒙古自治州"),
        ("450000", "广西"),
        ("640000", "宁夏"),
        ("650000", "新疆"),
        ("150000", "内蒙古 内蒙"),
        ("222400", "延边 延边州"),
        ("622926", "东乡 东乡县 东乡族自治县"),
        ("451228", "都安 都安县"),
        ("150723", "鄂伦春 鄂伦春旗"),
        ("150724", "鄂温克旗 鄂温克族自治旗"),
        ("410304", "瀍河 瀍河区 洛阳瀍河区"),
        ("429021", "神农架"),
        ("310115", "浦东 浦东新区 上海浦东"),
        ("150623", "鄂前旗 鄂托克前旗 鄂尔多斯市鄂前旗"),
        ("152221", "科右前旗 兴安盟科右前旗"),
        ("152921", "阿左旗"),
        ("152524", "苏右旗 锡林郭勒盟苏右旗"),
        ("152525", "东乌旗"),
        ("150223", "达茂旗 包头达茂旗 包头市达茂联合旗"),
        ("150422", "巴左旗"),
        ("150926", "察右前旗"),
        ("440117", "从化市 广州市从化市 广州从化"),
        ("440118", "增城市"),
        ("440114", "花都市"),
        ("441204", "高要市 肇庆高要"),
        ("150602", "东胜市"),
        ("150600", "伊克昭盟"),
        ("420600", "襄樊市"),
        ("441403", "梅县"),
        ("152200", "兴安盟行署 兴安盟行政公署"),
    ],
)
def test_a_place_is_found_without_its_peoples_by_its_banners_short_form_and_by_the_name_it_had(
    code: str, names: str
) -> None:
    within = province(code[:2] + "0000")
    assert {name: match(name, within).place for name in names.split()} == dict.fromkeys(names.split(), place(code))


def test_every_former_name_comes_from_a_revision_that_had_it_and_finds_the_place_in_its_province() -> None:
    rows = read_csv("former_names_cn.csv")
    assert len(rows) == 232
    for row in rows:
        assert place(row["code"]).name == row["name"] != row["former"]
        assert "1999-12" <= row["last_in"] < row["gone_in"] <= "2023-06"
        within = [each for each in CHINA if each.code[:2] == row["code"][:2]]
        assert match(row["former"], within).place == place(row["code"]), row


def taken(names: list[tuple[tuple[Place, ...], str]]) -> list[tuple[str, str]]:
    return [(name, told.name) for within, name in names if (told := match(name, within).place)]


def test_of_some_five_hundred_wrong_or_ambiguous_names_none_is_taken() -> None:
    guangdong, inner = province("440000"), province("150000")
    names = [(CHINA, name) for name in wrong_names.ALL_OVER_CHINA]
    names += [
        (within, name) for name in wrong_names.NO_NAMES for within in (JIANGMEN, TAISHAN, guangdong, inner, CHINA)
    ]
    names += [(among(home, level), name) for home, level, name in wrong_names.BY_HAND]
    for within in (guangdong, inner):
        names += [(within, name) for _, name in wrong_names.in_a_neighbours_hands(within[0].code)]
        names += [(within, name) for _, name in wrong_names.one_character_wrong([each.code for each in within])]
    assert len({name for _, name in names}) > 500
    assert taken(names) == []


def test_a_county_under_a_neighbouring_city_is_offered_with_its_own() -> None:
    for home in ("440000", "150000"):
        within = province(home)
        for code, name in wrong_names.in_a_neighbours_hands(home):
            told = match(name, within)
            assert place(code) in told.candidates, name
            assert "所写的上级与区划表不符" in told.why


def test_a_name_of_several_gives_them_all_with_their_superiors_and_says_so() -> None:
    told = match("鹤山", CHINA)
    assert told == Match(
        None,
        ("鹤壁市鹤山区", "江门市鹤山市"),
        (place("410602"), place("440784")),
        "有2个地方都可称“鹤山”：鹤壁市鹤山区、江门市鹤山市。",
    )
    assert match("鹤山", JIANGMEN).place == place("440784")
    assert match("开平", CHINA).suggestions == ("唐山市开平区", "江门市开平市")


def test_a_form_that_is_a_town_here_and_a_county_there_is_asked() -> None:
    within = (*among("441800", "county"), *among("441800", "town"))
    told = match("三水", (place("440607"), *within))
    assert told.suggestions == ("佛山市三水区", "连州市三水瑶族乡")
    assert [each.level for each in told.candidates] == ["county", "town"]
    assert match("三水", within).place == told.candidates[1]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("台山县", "没有完全同名的，最接近的是台山市。"),
        ("鹤山县", "没有完全同名的，最接近的是鹤山市。"),
        ("佛山市台山市", "“佛山市台山市”所写的上级与区划表不符：台山市属江门市。"),
        ("江门市", "“江门市”（广东省江门市）不在所查范围之内。"),
        ("鼓楼区", "“鼓楼区”（南京市鼓楼区、徐州市鼓楼区、福州市鼓楼区等）不在所查范围之内。"),
        ("合计", "区划表的所查范围内没有“合计”。"),
        (" \u200b", "没有写名称。"),
        ("台" * 61, "文字过长，不是地名。"),
    ],
)
def test_what_is_not_taken_says_why(name: str, why: str) -> None:
    assert match(name, JIANGMEN).why == why


def test_a_place_that_is_found_needs_no_words() -> None:
    assert match("台山", JIANGMEN) == Match(place("440781"))


def test_a_place_given_twice_is_one() -> None:
    assert match("台山", [*JIANGMEN, *JIANGMEN]).place == place("440781")


def test_places_of_the_same_codes_and_other_names_are_told_apart() -> None:
    own = (Place("440781", "甲乙镇", "town", None),)
    assert match("台山市", (place("440781"),)).place == place("440781")
    assert match("台山市", own).place is None
    assert match("甲乙", own).place == own[0]


SCOPE = Scope((*JIANGMEN, *TAISHAN))
PIECES = sorted({piece for each in SCOPE.places for piece in (*each.name, core(each.name))})
SUPERIORS = ["江门", "江门市", "广东", "广东省", "佛山市", "台山", "／", " "]


@given(st.lists(st.sampled_from([*PIECES, *SUPERIORS]), max_size=5).map("".join))
def test_what_finds_a_place_is_a_known_form_of_it_after_its_own_superiors_only(text: str) -> None:
    told = SCOPE.match(text).place
    if told is None:
        return
    rest = plain(text).replace("/", "")
    endings = [form for form in known_forms(told) if rest.endswith(form)]
    assert endings, text
    above = {form for each in breadcrumb(told.code)[:-1] for form in known_forms(each)}
    assert any(_made_of(rest.removesuffix(form), above) for form in endings), text


def _made_of(text: str, forms: set[str]) -> bool:
    return not text or any(text.startswith(form) and _made_of(text.removeprefix(form), forms) for form in forms)


@given(st.text(max_size=12))
def test_no_text_at_all_breaks_it_and_none_but_a_known_form_finds_a_place(text: str) -> None:
    told = match(text, CHINA)
    if told.place is not None:
        assert any(plain(text).endswith(form) for form in known_forms(told.place))
    else:
        assert told.why
        assert len(told.candidates) == len(told.suggestions)


@given(st.sampled_from(["鹤山", "台城", "大江", "某江区", "佛山市台山市", "开平", "恩", "海宴镇", "江"]), st.randoms())
def test_the_order_of_the_places_makes_no_difference(name: str, chance: random.Random) -> None:
    places = [*JIANGMEN, *TAISHAN, place("410602")]
    turned = list(places)
    chance.shuffle(turned)
    assert match(name, turned) == match(name, places) == Scope(turned).match(name)


def test_a_roster_spans_all_of_its_level_within_the_smallest_place_that_holds_it() -> None:
    assert area(["440781"]) == area(["440703", "440705"]) == children("440700")
    assert area(["440200", "440500"]) == children("440000")
    assert area(["440781115"]) == towns("440781")
    assert len(area(["440781115", "440703002"])) == 73


def test_the_towns_of_two_cities_are_only_those_of_the_counties_named() -> None:
    assert area(["440232100", "440781115"]) == (*towns("440232"), *towns("440781"))


def test_a_roster_of_two_levels_spans_both_and_unknown_codes_none() -> None:
    assert area(["440781", "440783", "440781115"]) == tuple(
        sorted((*children("440700"), *among("440700", "town")), key=lambda each: each.code)
    )
    assert area(["", "999999", "44078"]) == ()
    assert area(["999999", "440781"]) == children("440700")


def test_a_city_without_counties_counts_among_the_counties() -> None:
    assert [each.name for each in among("440000", "county") if each.level == "city"] == ["东莞市", "中山市"]
    assert among("441900", "county") == (place("441900"),)
    assert among("440781", "city") == ()
    with pytest.raises(UnknownPlaceError):
        among("999999", "town")
