"""A map of two counties and one of two towns, made up, for tests of what is drawn of them."""

from __future__ import annotations

from data.looks import LIGHT
from data.maps import paint, scene
from data.maps.things import Thing
from data.maps.view import Frame

SQUARE = [[[112.0, 22.0], [112.0, 23.0], [113.0, 23.0], [113.0, 22.0], [112.0, 22.0]]]
TRIANGLE = [[[113.0, 22.0], [113.0, 23.0], [114.0, 22.0], [113.0, 22.0]]]
FRAME = Frame(640, 400)


def feature(code, name, coordinates, label):
    about = {"code": code, "name": name, "level": "county", "label": label}
    return {"type": "Feature", "properties": about, "geometry": {"type": "Polygon", "coordinates": coordinates}}


def features(first="台山市", second="恩平市"):
    two = [feature("440781", first, SQUARE, [112.5, 22.5]), feature("440785", second, TRIANGLE, [113.3, 22.3])]
    return {"type": "FeatureCollection", "features": two}


TWO = features()


def fills(colors=LIGHT):
    return {
        "440781": paint.grade_fill("较好", colors=colors, lines=["◆ 较好 89.95"], tip="台山市\n等次：◆ 较好"),
        "440785": paint.grade_fill("较差", colors=colors, lines=["■ 较差 59.00"], tip="恩平市\n等次：■ 较差"),
    }


def areas(drawn=TWO, colors=LIGHT, frame=FRAME, **more):
    return scene.of_areas(drawn, fills(colors), frame=frame, colors=colors, **more)


def towns(colors=LIGHT, frame=FRAME, **more):
    points = [
        Thing("440781115", "海宴镇", fills(colors)["440781"], 112.3, 22.4),
        Thing("440781116", "川岛镇", fills(colors)["440785"], 112.7, 22.6),
    ]
    return scene.of_points({"features": TWO["features"][:1]}, points, frame=frame, colors=colors, **more)
