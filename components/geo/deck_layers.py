"""The layers of a deck as JSON text: ground, areas or points, borders of what is marked, lines, words, the inset."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from data.maps import paint
from data.maps.scene import Geometry, Scene, Thing, Word
from data.maps.view import LINE, coordinate

FONT = "Noto Sans SC, Noto Sans CJK SC, Microsoft YaHei, PingFang SC, sans-serif"
MANY = 12  # areas; with more, lighting one up under the pointer redraws too much for a machine without a graphics card
SIGN = 1.2  # of a point's radius: a larger shape would cover the colour
PLACES = 5  # decimals of a degree for words and points: a metre
DASHES = [{"@@type": "PathStyleExtension", "dash": True, "dashMode": "path"}]
# Without a graphics card, picking the borders takes longer than a click lasts, and the click is lost.
UNPICKED_BORDERS = {"polygons-stroke": {"pickable": False}}


def layers(scene: Scene) -> list[str]:
    """Each layer's JSON, lowest first."""
    things = _points(scene) if scene.points else [*_areas(scene), *_marked(scene)]
    ground = [*_ground(scene), *things[:1], *_lines(scene), *things[1:]]
    return [*ground, *_words(scene), *_inset(scene)]


def _ground(scene: Scene) -> list[str]:
    if not scene.ground:
        return []
    return [_borders(scene, "ground", map(_written, scene.ground), paint.pale(scene.colors))]


def _areas(scene: Scene) -> list[str]:
    about = {
        "id": _fresh("areas", scene),
        "pickable": True,
        "autoHighlight": len(scene.things) <= MANY,
        "highlightColor": [255, 255, 255, 70],
        "stroked": True,
        "filled": True,
        "_subLayerProps": UNPICKED_BORDERS,
        "getFillColor": "@@=properties.rgb",
        "getLineColor": paint.rgb(scene.colors.paper),
        "getLineWidth": 1.5 if len(scene.things) <= 40 else 1,
        "lineWidthUnits": "pixels",
    }
    features = (_feature(_drawn(thing), {"code": thing.code, "rgb": thing.fill.rgb, "tip": thing.tip})
                for thing in scene.things)  # fmt: skip
    return [_layer("GeoJsonLayer", about, _collection(features))]


def _fresh(layer: str, scene: Scene) -> str:
    """A layer's id, new with each selection and click: the page has taken the click, so the browser lets go of its mark.

    Streamlit pales everything but the clicked object for as long as that object's layer is there; and there a second
    click on the same object would only unmark it and reach nobody.
    """
    return f"{layer}-{scene.selected}-{scene.turn}" if scene.selected else layer


def _marked(scene: Scene) -> list[str]:
    """The selected area's border, and its neighbours' dashed, once more on top: their own are half hidden under others'."""
    found = []
    near = [_own(thing) for thing in scene.things if thing.code in scene.near and thing.code != scene.selected]
    chosen = [_own(thing) for thing in scene.things if thing.code == scene.selected]
    if near:
        dashed = {"extensions": DASHES, "getDashArray": [3, 2]}
        found.append(_outlined(scene, "near", near, 2.5, dashed))
    if chosen:
        found.append(_outlined(scene, "chosen", chosen, 4, {}))
    return found


def _own(thing: Thing) -> str:
    return _feature(_drawn(thing), {"code": thing.code})


def _outlined(scene: Scene, name: str, features: Iterable[str], width: float, more: Mapping[str, Any]) -> str:
    about = {
        "id": name,
        "pickable": False,
        "stroked": True,
        "filled": False,
        "getLineColor": paint.rgb(scene.colors.text),
        "getLineWidth": width,
        "lineWidthUnits": "pixels",
        "lineJointRounded": True,
    }
    return _layer("GeoJsonLayer", about | dict(more), _collection(features))


def _lines(scene: Scene) -> list[str]:
    """境界线: above the areas, beneath what is marked."""
    return (
        [_outlined(scene, "lines", (_feature(_written(line)) for line in scene.lines), 1.5, {})] if scene.lines else []
    )


def _points(scene: Scene) -> list[str]:
    """All points, then the marked ones' rings: the selected one's thick, its neighbours' thin."""
    places = PLACES if len(scene.things) <= 250 else PLACES - 1
    rows = (
        _row({"code": each.code, "at": _at(each.lon, each.lat, places), "rgb": each.fill.rgb, "tip": each.tip})
        for each in scene.things
    )
    about = {
        "id": _fresh("towns", scene),
        "pickable": True,
        "autoHighlight": True,
        "stroked": True,
        "filled": True,
        "getPosition": "@@=at",
        "getFillColor": "@@=rgb",
        "getLineColor": paint.rgb(scene.colors.paper),
        "getRadius": scene.radius,
        "radiusUnits": "pixels",
        "getLineWidth": 2.5 if scene.radius > 6 else 1,
        "lineWidthUnits": "pixels",
    }
    near = [thing for thing in scene.things if thing.code in scene.near and thing.code != scene.selected]
    chosen = [thing for thing in scene.things if thing.code == scene.selected]
    rings = [_rings(scene, *each) for each in (("near", near, 1.5), ("chosen", chosen, 3.5)) if each[1]]
    return [_layer("ScatterplotLayer", about, _array(rows)), *rings]


def _rings(scene: Scene, name: str, things: Iterable[Thing], width: float) -> str:
    about = {
        "id": name,
        "pickable": False,
        "stroked": True,
        "filled": False,
        "getPosition": "@@=at",
        "getLineColor": paint.rgb(scene.colors.text),
        "getRadius": scene.radius + 1,
        "radiusUnits": "pixels",
        "getLineWidth": width,
        "lineWidthUnits": "pixels",
    }
    return _layer("ScatterplotLayer", about, _array(_row({"at": _at(each.lon, each.lat)}) for each in things))


def _words(scene: Scene) -> list[str]:
    """The words, and thin lines to the place they speak of where they had to step aside for one another."""
    home = {thing.code: _at(thing.lon, thing.lat) for thing in scene.things}
    leaders = [{"from": home[word.code], "to": _at(*scene.at(word))} for word in scene.words if word.leader]
    found = []
    if leaders:
        about = {
            "id": "leaders",
            "pickable": False,
            "getSourcePosition": "@@=from",
            "getTargetPosition": "@@=to",
            "getColor": paint.rgb(scene.colors.text),
            "getWidth": 1.5,
        }
        found.append(_layer("LineLayer", about, _array(map(_row, leaders))))
    for name, words, size in (("signs", scene.signs, round(SIGN * scene.radius)), ("words", scene.labels, scene.letters)):
        rows = [_word(scene, word, _at(*scene.at(word))) for word in words]
        if rows or name == "words":
            found.append(_text(name, rows, size))
    return found


def _word(scene: Scene, word: Word, at: list[float]) -> dict[str, Any]:
    """A word as a row; one that is bare has a plate and an edge that nobody sees."""
    edge = scene.colors.text if scene.selected and word.code == scene.selected else scene.colors.paper
    plate, border = (word.plate, paint.rgb(edge)) if not word.bare else ((0, 0, 0, 0), (0, 0, 0, 0))
    return {"at": at, "text": word.text, "plate": plate, "ink": word.ink, "edge": border}


def _text(name: str, rows: Iterable[dict[str, Any]], size: int) -> str:
    about = {
        "id": name,
        "pickable": False,
        "getPosition": "@@=at",
        "getText": "@@=text",
        "getSize": size,
        "getColor": "@@=ink",
        "getTextAnchor": "middle",
        "getAlignmentBaseline": "center",
        "lineHeight": LINE,
        "characterSet": "auto",
        "fontFamily": FONT,
        "fontWeight": 600,
        "background": True,
        "getBackgroundColor": "@@=plate",
        "getBorderColor": "@@=edge",
        "getBorderWidth": 1.5,
        "backgroundPadding": [4, 2, 4, 2],
        "backgroundBorderRadius": 4,
    }
    return _layer("TextLayer", about, _array(map(_row, rows)))


def _inset(scene: Scene) -> list[str]:
    """The small map, moved into the corner of the view: its pixels are told as the coordinates that are drawn there."""
    small = scene.inset
    if small is None:
        return []
    left, top = scene.corner

    def placed(x: float, y: float) -> list[float]:
        return _at(*coordinate(left + x, top + y, scene.view, scene.frame))

    def moved(value: Any) -> Any:
        return placed(*small.pixel(value[0], value[1])) if isinstance(value[0], int | float) else [*map(moved, value)]

    def geometry(of: Geometry) -> str:
        return _compact({"type": of["type"], "coordinates": moved(of["coordinates"])})

    wide, high = small.frame.width, small.frame.height
    corners = [placed(*each) for each in ((0, 0), (0, high), (wide, high), (wide, 0), (0, 0))]
    box = _compact({"type": "Polygon", "coordinates": [corners]})
    paper = _feature(box, {"rgb": paint.rgb(scene.colors.paper)})
    areas = (_feature(geometry(each.geometry), {"rgb": each.fill.rgb}) for each in small.things if each.geometry)
    filled = {
        "id": "inset",
        "pickable": False,
        "stroked": False,
        "filled": True,
        "getFillColor": "@@=properties.rgb",
    }
    edges = [box, *map(geometry, small.lines)]
    words = [_word(small, word, placed(word.x, word.y)) for word in small.words]
    return [
        _layer("GeoJsonLayer", filled, _collection([paper, *areas])),
        _outlined(scene, "inset-lines", map(_feature, edges), 1, {}),
        _text("inset-words", words, small.letters),
    ]


def _borders(scene: Scene, name: str, geometries: Iterable[str], fill: paint.RGB) -> str:
    about = {
        "id": name,
        "pickable": False,
        "stroked": True,
        "filled": True,
        "getFillColor": fill,
        "getLineColor": paint.rgb(scene.colors.paper),
        "getLineWidth": 1.5,
        "lineWidthUnits": "pixels",
    }
    return _layer("GeoJsonLayer", about, _collection(map(_feature, geometries)))


def _layer(kind: str, about: Mapping[str, Any], data: str) -> str:
    return f'{_compact({"@@type": kind, **about})[:-1]},"data":{data}}}'


def _collection(features: Iterable[str]) -> str:
    return f'{{"type":"FeatureCollection","features":{_array(features)}}}'


def _feature(geometry: str, properties: Mapping[str, Any] | None = None) -> str:
    return f'{{"type":"Feature","properties":{_compact(properties or {})},"geometry":{geometry}}}'


def _array(parts: Iterable[str]) -> str:
    return f"[{','.join(parts)}]"


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _compact(value: Any) -> str:
    return _encode(value)


_row = _compact


def _at(lon: float, lat: float, places: int = PLACES) -> list[float]:
    return [round(lon, places), round(lat, places)]


def _drawn(thing: Thing) -> str:
    """A thing's geometry as text: as it was written before, or written now."""
    if thing.geometry_json:
        return thing.geometry_json
    return _written(thing.geometry) if thing.geometry else "null"


_WRITTEN: dict[int, tuple[Geometry, str]] = {}
"""By the identity of a geometry, which is held so that no other gets its number: outlines are kept anyhow."""


def _written(geometry: Geometry) -> str:
    known = _WRITTEN.get(id(geometry))
    if known is None:
        if len(_WRITTEN) > 4096:
            _WRITTEN.clear()
        known = _WRITTEN[id(geometry)] = geometry, _compact(geometry)
    return known[1]
