"""A scene as one SVG picture: title, map, words, legend and notes, to be kept, printed or turned into a PNG.

Everything is inside the picture, drawn with no style sheet, no script and nothing from outside. Whatever stands in names
and notes is text (``svg_text.xml``), never markup.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from data.maps import paint, svg_text
from data.maps.labels import Box
from data.maps.paint import Fill
from data.maps.svg_glyphs import glyph
from data.maps.svg_path import path
from data.maps.svg_text import BASE, FONT, wide, wrapped, xml
from data.maps.things import Geometry, Scene, Thing, Word
from data.maps.view import LINE, POINT, extent

PAD = 14  # pixels round everything
FRAME, INSET = "frame", "inset"  # what each map's edge is called
SWATCH = 18  # the side of a colour in the legend
BORDER, CHOSEN, NEAR = (
    2.2,
    4,
    2.5,
)  # strokes in pixels; of a border half is seen, as fills lie upon it: islands are not eaten
CROWD = 20  # of so many areas each is small: thick borders would cover it


def svg(scene: Scene, *, title: str = "", legend: Sequence[Fill] = (), notes: Sequence[str] = ()) -> str:
    """The whole picture, as wide as the scene's frame and a margin; well-formed XML, the same bytes for the same scene.

    ``legend``: the colours with their shapes and words. ``notes``: sentences beneath, each from a new line: where the
    figures and the borders are from, how final they are, when it was drawn.
    """
    across = scene.frame.width
    head, down = _title(scene, title, across)
    drawn = _map(scene, FRAME)
    parts = [head, f'<g transform="translate(0 {_n(down)})">{drawn}</g>']
    down += scene.frame.height
    for part in (_legend(scene, legend, across), _notes(scene, notes, across)):
        if part[0]:
            parts.append(f'<g transform="translate(0 {_n(down)})">{part[0]}</g>')
            down += part[1]
    return _whole(scene, title, "".join(parts), across + 2 * PAD, down + 2 * PAD)


def _whole(scene: Scene, title: str, inside: str, width: float, height: float) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_n(width)}" height="{_n(height)}"'
        f' viewBox="0 0 {_n(width)} {_n(height)}" role="img" font-family="{FONT}">'
        f"<title>{xml(title)}</title>"
        f'<rect width="100%" height="100%" fill="{scene.colors.paper}"/>'
        f'<g transform="translate({PAD} {PAD})">{inside}</g></svg>'
    )


def _title(scene: Scene, title: str, across: float) -> tuple[str, float]:
    size = scene.letters + 6
    return _lines(wrapped(title, size, across), size, scene.colors.text, gap=10) if title else ("", 0)


def _notes(scene: Scene, notes: Sequence[str], across: float) -> tuple[str, float]:
    size = scene.letters - 1
    told = [line for note in notes if note for line in wrapped(note, size, across)]
    return _lines(told, size, scene.colors.quiet, before=8)


def _lines(lines: Sequence[str], size: float, ink: str, *, before: float = 0, gap: float = 0) -> tuple[str, float]:
    """Lines one beneath the other from the left edge, and how much of the picture's height they take."""
    high = size * 1.5
    drawn = (_text(0, before + (at + 0.5) * high, line, size, ink, "start") for at, line in enumerate(lines))
    return "".join(drawn), before + len(lines) * high + gap if lines else 0


def _legend(scene: Scene, legend: Sequence[Fill], across: float) -> tuple[str, float]:
    """The colours with shape and word, side by side as far as there is room."""
    size, x, y, drawn = scene.letters, 0.0, 8.0, []
    for fill in legend:
        word = svg_text.cut(svg_text.plain(fill.word), size, across - SWATCH - 6)
        step = SWATCH + 6 + wide(word, size) + 16
        if x and x + step - 16 > across:
            x, y = 0.0, y + SWATCH + 8
        drawn.append(
            _swatch(scene, fill, x, y) + _text(x + SWATCH + 6, y + SWATCH / 2, word, size, scene.colors.text, "start")
        )
        x += step
    return "".join(drawn), y + SWATCH + 2 if drawn else 0


def _swatch(scene: Scene, fill: Fill, x: float, y: float) -> str:
    box = (
        f'<rect x="{_n(x)}" y="{_n(y)}" width="{SWATCH}" height="{SWATCH}" rx="3" fill="{paint.hexed(fill.rgb)}"'
        f' stroke="{scene.colors.quiet}" stroke-width=".5"/>'
    )
    return box + _shape(fill, x + SWATCH / 2, y + SWATCH / 2)


def _shape(fill: Fill, x: float, y: float, scale: float = 1) -> str:
    """A fill's shape in ink upon its colour."""
    ink = paint.hexed(paint.ink(fill.rgb))
    if drawn := glyph(fill.shape):
        sized = "" if scale == 1 else f" scale({_n(scale, 2)})"
        return f'<path transform="translate({_n(x)} {_n(y)}){sized}" fill="{ink}" d="{drawn}"/>'
    return _text(x, y, fill.shape[:1], 11 * scale, ink, "middle") if fill.shape else ""


def _map(scene: Scene, name: str) -> str:
    """What lies in the frame, and nothing beyond it."""
    wide_, high = scene.frame.width, scene.frame.height
    ground, edge = paint.hexed(paint.pale(scene.colors)), scene.colors.paper
    beneath = _strokes(
        scene,
        scene.ground,
        f'fill="{ground}" fill-rule="evenodd" stroke="{edge}" stroke-width="{BORDER}" paint-order="stroke"',
    )
    above = _strokes(
        scene, scene.lines, f'fill="none" stroke="{scene.colors.quiet}" stroke-width="1.6" stroke-linejoin="round"'
    )
    things = "".join(map(_drawer(scene), scene.things))
    return (
        f'<clipPath id="{name}"><rect width="{wide_}" height="{high}"/></clipPath>'
        f'<rect width="{wide_}" height="{high}" fill="{scene.colors.ground}"/>'
        f'<g clip-path="url(#{name})">{beneath}{"" if scene.points else things}{above}{_marked(scene)}{_inset(scene)}'
        f"{_shapes(scene) if name == FRAME else ''}{''.join(map(_leader(scene), scene.words))}{things if scene.points else ''}"
        f"{''.join(_word(scene, word) for word in scene.labels)}</g>"
    )


def _strokes(scene: Scene, geometries: Sequence[Geometry], look: str) -> str:
    found = [drawn for each in geometries if (drawn := path(each, scene.view, scene.frame))]
    return f"<g {look}>{''.join(_d(each) for each in found)}</g>" if found else ""


def _drawer(scene: Scene) -> Callable[[Thing], str]:
    return lambda thing: _area(scene, thing) if thing.geometry else _point(scene, thing)


def _area(scene: Scene, thing: Thing) -> str:
    if not (drawn := _of(scene, thing)):
        return ""
    look = f'fill="{paint.hexed(thing.fill.rgb)}" fill-rule="evenodd" stroke-linejoin="round" paint-order="stroke"'
    return f'<path {look} stroke="{scene.colors.paper}" stroke-width="{BORDER}" d="{drawn}"/>'


def _point(scene: Scene, thing: Thing) -> str:
    x, y = scene.pixel(thing.lon, thing.lat)
    radius = scene.radius
    chosen = thing.code == scene.selected
    edge, thick = (scene.colors.text, 3) if chosen or thing.code in scene.near else (scene.colors.paper, 1.5)
    dashes = ' stroke-dasharray="4 2"' if not chosen and thing.code in scene.near else ""
    circle = (
        f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill="{paint.hexed(thing.fill.rgb)}"'
        f' stroke="{edge}" stroke-width="{thick}"{dashes}/>'
    )
    return circle + _shape(thing.fill, x, y, radius / POINT)


def _marked(scene: Scene) -> str:
    """The selected area's border and, broken, those of its neighbours, over all the others' paler ones."""
    near = "".join(_d(_of(scene, each)) for each in scene.things if each.geometry and each.code in scene.near)
    chosen = "".join(_d(_of(scene, each)) for each in scene.things if each.geometry and each.code == scene.selected)
    share = 1 if len(scene.things) <= CROWD else 0.6
    drawn = (_border(scene, near, NEAR * share, NEAR * share, ' stroke-dasharray="5 3"') if near else "") + (
        _border(scene, chosen, CHOSEN * share, (CHOSEN + 3) * share, "") if chosen else ""
    )
    return f'<g fill="none" stroke-linejoin="round">{drawn}</g>' if drawn else ""


def _border(scene: Scene, paths: str, thick: float, halo: float, dashes: str) -> str:
    """A dark border on a pale one: it is seen on dark colours too."""
    return (
        f'<g stroke="{scene.colors.paper}" stroke-width="{_n(halo)}">{paths}</g>'
        f'<g stroke="{scene.colors.text}" stroke-width="{_n(thick)}"{dashes}>{paths}</g>'
    )


def _of(scene: Scene, thing: Thing) -> str:
    return path(thing.geometry, scene.view, scene.frame) if thing.geometry else ""


def _inset(scene: Scene) -> str:
    if scene.inset is None:
        return ""
    frame = scene.inset.frame
    x, y = scene.corner
    border = f'<rect width="{frame.width}" height="{frame.height}" fill="none" stroke="{scene.colors.quiet}"/>'
    return f'<g transform="translate({_n(x)} {_n(y)})">{_map(scene.inset, INSET)}{border}</g>'


def _leader(scene: Scene) -> Callable[[Word], str]:
    def drawn(word: Word) -> str:
        if word.leader is None:
            return ""
        x, y = word.leader
        return (
            f'<path d="M{_n(x)} {_n(y)}L{_n(word.x)} {_n(word.y)}" fill="none" stroke="{scene.colors.text}"'
            ' stroke-width="1.5"/>'
        )

    return drawn


def _word(scene: Scene, word: Word) -> str:
    """A label on its plate (a bare one upon its tile), kept inside the frame however long it is."""
    lines, box = _written(scene, word)
    edge = scene.colors.text if word.code == scene.selected else scene.colors.paper
    plate = "" if word.bare else (
        f'<rect x="{_n(box.x - box.wide / 2)}" y="{_n(box.y - box.high / 2)}" width="{_n(box.wide)}" height="{_n(box.high)}"'
        f' rx="4" fill="{paint.hexed(word.plate)}" stroke="{edge}" stroke-width="1.5"/>'
    )  # fmt: skip
    size, ink = scene.letters, paint.hexed(word.ink)
    top = box.y - (len(lines) - 1) / 2 * size * LINE
    return plate + "".join(
        _text(box.x, top + at * size * LINE, line, size, ink, "middle") for at, line in enumerate(lines)
    )


def _written(scene: Scene, word: Word) -> tuple[list[str], Box]:
    """The lines of a label, cut to the frame, and the plate that holds them."""
    size, frame = scene.letters, scene.frame
    lines = [svg_text.cut(line, size, frame.width - 14) for line in svg_text.plain(word.text).split("\n")]
    across, high = extent("\n".join(lines), size)
    across = max(across, max(wide(line, size) for line in lines) + 6)
    x = min(max(word.x, across / 2 + 1), max(frame.width - across / 2 - 1, across / 2))
    y = min(max(word.y, high / 2 + 1), max(frame.height - high / 2 - 1, high / 2))
    return lines, Box(x, y, across, high)


def _shapes(scene: Scene) -> str:
    """An area whose label found no room still bears its shape: colour never speaks alone."""
    named = {word.code for word in scene.words}
    boxes = [_written(scene, word)[1] for word in scene.words]
    bare = [
        each
        for each in scene.things
        if each.geometry and each.fill.shape and each.code not in named and not each.fill.quiet
    ]
    homes = [(each, *scene.pixel(each.lon, each.lat)) for each in bare]
    return "".join(
        _shape(each.fill, x, y, 0.7) for each, x, y in homes if not any(box.over(x, y, 8, 8) for box in boxes)
    )


def _text(x: float, middle: float, text: str, size: float, ink: str, anchor: str) -> str:
    return (
        f'<text x="{_n(x)}" y="{_n(middle + BASE * size)}" font-size="{_n(size)}" fill="{ink}"'
        f' text-anchor="{anchor}">{xml(text)}</text>'
    )


def _d(drawn: str) -> str:
    return f'<path d="{drawn}"/>'


def _n(number: float, places: int = 1) -> str:
    """A number as short as it can be: 3 rather than 3.0."""
    return f"{round(number, places) + 0:g}"
