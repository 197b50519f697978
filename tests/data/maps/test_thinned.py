"""Labels where there are more places than room."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.maps.labels import Box
from data.maps.thinned import Plate, Wish, thinned
from data.maps.view import Frame, extent

SIZE = 13
FRAMES = [Frame(320, 400), Frame(440, 540), Frame(640, 540), Frame(900, 620), Frame(1200, 700)]


def crowd(places, *, keep=False):
    return tuple(
        Wish(x, y, (f"某某{at}镇\n◆ 较好 89.21", f"某某{at}镇 ◆", f"某某{at}镇"), "◆", keep and at == 0)
        for at, (x, y) in enumerate(places)
    )


def boxes(plates):
    return [Box(each.x, each.y, *extent(each.text, SIZE)) for each in plates if each is not None]


def over(found):
    return [1 for at, a in enumerate(found) for b in found[:at] if a.over(b.x, b.y, b.wide, b.high)]


in_frame = st.tuples(st.floats(0, 320), st.floats(0, 400))
places = st.lists(in_frame, min_size=1, max_size=60)


@given(places, st.sampled_from([0, 4, 9]), st.booleans())
def test_plates_overlap_nowhere_and_stay_inside_the_frame(at, radius, keep):
    found = boxes(thinned(crowd(at, keep=keep), FRAMES[0], SIZE, radius))
    assert not over(found)
    assert all(box.wide / 2 <= box.x <= 320 - box.wide / 2 for box in found)
    assert all(box.high / 2 <= box.y <= 400 - box.high / 2 for box in found)


@given(places, st.sampled_from([0, 4, 9]))
def test_what_is_kept_is_labelled_however_crowded(at, radius):
    assert thinned(crowd(at, keep=True), FRAMES[0], SIZE, radius)[0] is not None


@given(places)
def test_no_plate_covers_a_point(at):
    found = boxes(thinned(crowd(at), FRAMES[0], SIZE, 4))
    assert not [1 for box in found for x, y in at if box.over(x, y, 6, 6)]


@given(places)
def test_an_areas_plate_lies_over_the_point_it_speaks_of_and_over_no_others(at):
    spots = {(round(x), round(y)) for x, y in at}
    wishes = crowd(sorted(spots))
    for wish, plate in zip(wishes, thinned(wishes, FRAMES[0], SIZE), strict=True):
        if plate is None:
            continue
        (box,) = boxes([plate])
        assert box.over(wish.x, wish.y, 0, 0)
        near = [each for each in wishes if each is not wish and max(abs(each.x - wish.x), abs(each.y - wish.y)) > 8]
        assert not [1 for each in near if box.over(each.x, each.y, 0, 0)]


@given(places)
def test_the_same_places_are_labelled_the_same_way(at):
    first = thinned(crowd(at), FRAMES[0], SIZE, 4)
    thinned.cache_clear()
    assert thinned(crowd(at), FRAMES[0], SIZE, 4) == first


@pytest.mark.parametrize("frame", FRAMES)
def test_a_lone_place_says_all_it_has_where_it_is(frame):
    wish = Wish(frame.width / 2, frame.height / 2, ("台山市\n◆ 较好 89.95", "台山市 ◆", "台山市"))
    assert thinned((wish,), frame, SIZE) == (Plate("台山市\n◆ 较好 89.95", wish.x, wish.y),)


def test_the_first_of_two_on_one_spot_is_named_and_the_other_is_left_out():
    both = (Wish(100, 100, ("台山市",)), Wish(102, 100, ("开平市",)))
    first, other = thinned(both, FRAMES[0], SIZE, 4)
    assert first is not None
    assert other is None or not over(boxes([first, other]))
    assert [each and each.text for each in thinned(both, FRAMES[0], SIZE)] == ["台山市", None]


def test_where_a_name_finds_no_room_the_sign_may():
    """Two areas 30 pixels apart between walls of others: a name of three letters needs 49."""
    row = [Wish(20 + 30 * at, 200, ("某某县",), "●") for at in range(10)]
    said = [plate.text for plate in thinned(tuple(row), FRAMES[0], SIZE) if plate]
    assert "●" in said
    assert set(said) <= {"某某县", "●"}


def test_quiet_places_are_named_only_when_the_others_have_said_all():
    quiet, loud = Wish(150, 200, ("广州市",), quiet=True), Wish(180, 200, ("江门市\n● 本次范围", "江门市"))
    assert [each and each.text for each in thinned((quiet, loud), FRAMES[0], SIZE)][1] == "江门市\n● 本次范围"


def test_nothing_is_written_where_something_else_is():
    wish = Wish(280, 350, ("南澳县",))
    assert thinned((wish,), FRAMES[0], SIZE) != (None,)
    assert thinned((wish,), FRAMES[0], SIZE, 0, (230, 300, 320, 400)) == (None,)
