"""Every layer of every scheme: each place has a word, the legend has each colour, no grey says what a colour says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.demo import demo_of, load_one
from data.looks import DARK, LIGHT, Palette
from data.maps import paint
from data.maps.layers import Change, Firm, Measures, Painted, Scale, Shift, kinds, layer_ids, painted
from data.maps.layers import change as change_layer
from data.maps.layers import firm as firm_layer
from data.maps.layers.model import firm
from data.maps.paint import RGB
from data.schemes import scheme_ids
from data.state import State, load_state
from data.store import Assessment, Store
from tests.data.maps.hands import every_unit, open_store
from tests.pages import builders
from tests.pages.documents import EVERY, HALF

TEMPLATE = "template-2026-county"
MADE: dict[str, Callable[[Store], Assessment]] = {
    "jiangmen-2020-county": builders.county,
    "jiangmen-2020-county, empty": lambda store: builders.empty(store, "jiangmen-2020-county", "空"),
    "jiangmen-2020-town": builders.towns,
    "jiangmen-2020-city": builders.city,
    TEMPLATE: lambda store: load_one(store, demo_of(TEMPLATE)),
    **{name: lambda store, make=make: make(store, 1) for name, make in EVERY.items()},
    **{f"{name}, half": lambda store, make=make: make(store, HALF) for name, make in EVERY.items()},
    **{f"{name}, empty": lambda store, make=make: make(store, 0) for name, make in EVERY.items()},
}


class Everything(Measures):
    """A change for every unit, so that no kind is left out; firmness worked out once a group."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, str], Firm] = {}

    def firm(self, state: State, group: str) -> Firm:
        key = (state.assessment.id, group)
        if key not in self.known:
            self.known[key] = firm(state, group)
        return self.known[key]

    def changes(self, state: State, group: str) -> dict[str, str]:
        return {"last": "较上年", "s1": "情景"}

    def change(self, state: State, group: str, choice: str) -> Change:
        units = state.results.group(group)
        shifts = {one.unit: Shift(why="暂缺") for one in units} | {
            one.unit: Shift((one.score - at % 3 + 1, one.grade), (one.score, one.grade))
            for at, one in enumerate(units)
            if one.score is not None
        }
        return Change("上年", ("上年", "本年"), shifts, "图示较上年的变化。")


@pytest.fixture(scope="module", params=sorted(MADE))
def state(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    with open_store(tmp_path_factory.mktemp("layers")) as store:
        yield load_state(store, MADE[request.param](store).id)


@pytest.fixture(scope="module", params=[LIGHT, DARK], ids=["light", "dark"])
def colors(request: pytest.FixtureRequest) -> Palette:
    return request.param


@pytest.fixture(scope="module")
def told(state: State, colors: Palette) -> list[tuple[str, Painted]]:
    """Each layer that is offered, of all units and of each group alone."""
    measures, found = Everything(), every_unit(state)
    return [
        (layer, painted(layer, found, colors, group, measures))
        for group in ("", *dict.fromkeys(one.group for one in state.results.units))
        for layer in layer_ids(kinds(found, [state], measures, group))
    ]


@pytest.fixture(scope="module")
def greys(colors: Palette) -> set[RGB]:
    """No data, and ground of which nothing is told."""
    return {paint.rgb(colors.line), paint.pale(colors)}


def test_every_scheme_has_a_case() -> None:
    assert set(scheme_ids()) <= set(MADE)


def test_every_place_is_painted_with_a_word_and_a_tip(state: State, told: list[tuple[str, Painted]]) -> None:
    assert told
    places = {spot.place.code: spot.place.name for spot in every_unit(state)}
    for layer, shown in told:
        assert set(shown.fills) == set(places), layer
        for code, name in places.items():
            fill = shown.fills[code]
            assert fill.word.strip(), layer
            assert fill.tip.split("\n")[0] == name, layer
            assert "None" not in fill.tip + fill.word + "".join(fill.lines), layer


def test_the_legend_covers_every_colour_and_a_grey_by_its_own_word(told, greys: set[RGB]) -> None:
    for layer, shown in told:
        by_color: dict[RGB, set[str]] = {}
        for fill in shown.legend:
            by_color.setdefault(fill.rgb, set()).add(fill.sign)
        for fill in shown.fills.values():
            assert fill.rgb in by_color, (layer, fill)
            assert fill.rgb not in greys or fill.sign in by_color[fill.rgb], (layer, fill)


def test_no_grey_says_what_a_colour_says_and_no_two_plates_say_the_same(told, greys: set[RGB]) -> None:
    for layer, shown in told:
        signs = [fill.sign for fill in shown.legend]
        assert len(signs) == len(set(signs)), (layer, signs)
        coloured = {fill.word for fill in shown.legend if fill.rgb not in greys}
        assert coloured.isdisjoint(fill.word for fill in shown.legend if fill.rgb in greys), layer
        assert coloured.isdisjoint(fill.word for fill in shown.fills.values() if fill.rgb in greys), layer


def test_every_plate_has_a_shape_where_a_place_is_coloured(told, greys: set[RGB]) -> None:
    for layer, shown in told:
        assert all(fill.shape for fill in shown.legend if fill.rgb not in greys), layer


def test_greys_stand_last_in_the_legend(told, greys: set[RGB]) -> None:
    for layer, shown in told:
        found = [fill.rgb in greys for fill in shown.legend]
        assert found == sorted(found), layer


def test_every_layer_says_in_one_sentence_what_it_shows(told) -> None:
    for layer, shown in told:
        assert shown.note.startswith("图示"), layer
        assert shown.note.endswith("。"), layer


# The scale and the colours

VALUES = st.lists(st.fractions(min_value=-50, max_value=100_000, max_denominator=1000), min_size=1, max_size=20)


@given(VALUES)
def test_every_value_lies_within_the_step_that_the_legend_gives_its_colour(values: list[Fraction]) -> None:
    scale = Scale.of(values)
    steps = {fill.rgb: fill.word for fill in scale.legend(max(values))}
    for value in values:
        word = steps[paint.shade_fill(scale.share(value), "x").rgb].removesuffix("分")
        low, high = (Fraction(each) for each in word.split("～"))
        assert low <= value < high


@given(VALUES)
def test_a_higher_value_is_never_paler(values: list[Fraction]) -> None:
    shares = [Scale.of(values).share(value) for value in sorted(values)]
    assert shares == sorted(shares)


# Machado, Oliveira and Fernandes 2009, severity 1.0, in linear RGB
EYES = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
}


def seen(color: RGB, eye: str) -> tuple[float, float, float]:
    """A colour as an eye sees it, in CIE Lab."""
    straight = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (each / 255 for each in color)]
    r, g, b = (min(1, max(0, sum(m * c for m, c in zip(row, straight, strict=True)))) for row in EYES[eye])
    x, y, z = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047, 0.2126 * r + 0.7152 * g + 0.0722 * b, 0
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


@pytest.mark.parametrize("eye", sorted(EYES))
@pytest.mark.parametrize(
    "colors",
    [change_layer.SHADES, (*firm_layer.SHADES, firm_layer.FIXED), paint.SHADES],
    ids=["change", "firm", "points"],
)
def test_the_colours_of_a_layer_are_told_apart_by_every_eye(colors: tuple[RGB, ...], eye: str) -> None:
    for one, other in combinations(colors, 2):
        assert dist(seen(one, eye), seen(other, eye)) > 12, (one, other)


@pytest.mark.parametrize("eye", sorted(EYES))
@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    "colors", [change_layer.SHADES, (*firm_layer.SHADES, firm_layer.FIXED)], ids=["change", "firm"]
)
def test_no_colour_of_a_layer_is_taken_for_ground_or_for_no_data(colors, palette: Palette, eye: str) -> None:
    for one in colors:
        for grey in (paint.rgb(palette.line), paint.pale(palette), paint.rgb(palette.paper)):
            assert dist(seen(one, eye), seen(grey, eye)) > 12, (one, grey)
