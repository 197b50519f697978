"""The map itself, by whichever means this browser has; a click is the same by either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from components.geo import address, deck, means, svg_map
from components.geo.patient_click import lose_no_click
from components.width import column_width
from data.maps import spots as map_spots
from data.maps.scene import Scene
from data.maps.spots import Spot
from data.maps.view import Frame
from data.regions import Place

HIGHEST, LOWEST, SHARE = 560, 380, 0.8  # pixels, and of the width: a projector shows the whole of it
TOLD = 40  # places named to those who cannot see the map; more are in the list


def frame() -> Frame:
    """As wide as the column in this browser; less high on a narrow one, so that a phone can scroll past it."""
    width = column_width("map-width")
    return Frame(width, round(min(max(width * SHARE, LOWEST), HIGHEST)))


def draw(scene: Scene, here: Place, by_code: Mapping[str, Spot]) -> None:
    """The scene with WebGL or as SVG."""

    def clicked(code: str) -> None:
        address.take(by_code.get(code))

    alt = described(here, list(by_code.values()))
    size = scene.frame
    if means.chosen() == "svg":
        svg_map.show(scene, key=f"map-svg-{here.code}", alt=alt, on_select=clicked)
        return
    lose_no_click("map-clicks")
    # A canvas whose size changes under it stays squeezed: a new size has a new key.
    deck.show(scene, key=f"map-{here.code}-{size.height}", alt=alt, on_select=clicked)


def described(here: Place, spots: Sequence[Spot]) -> str:
    """The map in words."""
    told = [" ".join((spot.place.name, *map_spots.facts(spot))) for spot in map_spots.by_rank(spots) if spot.result]
    more = f"；另有{len(told) - TOLD}个，见名单" if len(told) > TOLD else ""
    return f"{here.name}地图：{'；'.join(told[:TOLD])}{more}"
