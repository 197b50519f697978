"""The result on one picture for a phone or a message: the headline, how many have each grade, and everybody's place and grade.

1080 pixels wide and at most 2400 high, drawn as SVG and turned into a PNG on the server in the Chinese font that comes with
the program. A list that is too long is cut, and the picture says so.
"""

from __future__ import annotations

from collections.abc import Iterable

from data.documents.locked_lines import Line
from data.documents.phone_data import Part, PhoneData, Room, phone_data
from data.locked import Locked
from data.looks import LIGHT, Look, look, neutral
from data.maps import picture
from data.maps.svg_text import BASE, FONT, cut, wide, wrapped, xml
from scoring.standing import UNJUDGED

WIDTH, HIGHEST = 1080, 2400
_PAD, _GAP = 48, 20
_ACROSS = WIDTH - 2 * _PAD
_BARE = Room(0, 0, named=False, heirs_named=False)
_TRIALS = (
    (Room(), 12), *((Room(heirs=0), lines) for lines in (12, 6, 4, 2)),
    *((Room(first, 0, heirs_named=False), 12) for first in (999, 20, 15, 10, 8, 6, 5, 4, 3, 2, 1, 0)),
    *((Room(0, 0, heirs_named=False), lines) for lines in (8, 5, 3, 2, 1)), (_BARE, 0),
)  # fmt: skip
"""How much is listed, and how many lines the names of one grade may take where a list is cut. The first that fits is taken."""
_CHIP, _NUMBER, _SCORE = 190, 118, 170  # pixels across


def phone_picture(locked: Locked, viewer: str = "") -> bytes:
    """The picture as PNG; ``viewer`` is written across it until 批复. Raises PictureError where none can be drawn."""
    return picture.png(phone_svg(locked, viewer), 1)


def picture_data(locked: Locked) -> PhoneData:
    """The texts of the picture as it is drawn, cut where it is cut."""
    return _fitting(locked)[0]


def phone_svg(locked: Locked, viewer: str = "") -> str:
    """The picture as SVG, the same bytes for the same 锁定版."""
    data, inside, high = _fitting(locked)
    mark = "" if locked.standing.approved else _watermark(viewer, high)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{high}" viewBox="0 0 {WIDTH} {high}"'
        f' role="img" font-family="{FONT}"><title>{xml(f"{data.title}{data.subtitle}")}</title>'
        f'<rect width="{WIDTH}" height="{high}" fill="{LIGHT.paper}"/>{inside}{mark}</svg>'
    )


def _fitting(locked: Locked) -> tuple[PhoneData, str, int]:
    """The longest list that fits; were none to fit, the shortest one."""
    for room, lines in _TRIALS:
        data, sheet = phone_data(locked, room), _Sheet(locked.state.scheme.grades, lines, room)
        sheet.draw(data)
        if sheet.y <= HIGHEST:
            break
    return data, "".join(sheet.drawn), round(sheet.y)


class _Sheet:
    """A picture that grows downwards: ``y`` is where the next thing begins. ``most``: lines for names."""

    def __init__(self, grades: tuple[str, ...], most: int, room: Room) -> None:
        self.grades, self.most, self.room = grades, most, room
        self.drawn: list[str] = []
        self.y = 0.0

    def draw(self, data: PhoneData) -> None:
        """Everything, from the top."""
        self._head(data)
        for sentence in data.sentences:
            self._text(sentence, 34, LIGHT.text, gap=8)
        self.y += _GAP
        for part in data.parts:
            self._part(part, data)
        self._line()
        for told in data.foot:
            self._text(told, 26, LIGHT.quiet, gap=6)
        self.y += _PAD - _GAP

    def _head(self, data: PhoneData) -> None:
        band = 64 if data.marking else 24
        self.drawn.append(f'<rect width="{WIDTH}" height="{band}" fill="{LIGHT.grades[0].color}"/>')
        if data.marking:
            self._word(WIDTH / 2, band / 2, data.marking, 28, LIGHT.paper, "middle")
        self.y = band + 32
        self._text(data.title, 48, LIGHT.text, bold=True)
        self._text(data.subtitle, 30, LIGHT.quiet, gap=24)

    def _part(self, part: Part, data: PhoneData) -> None:
        beside = part.cut if not part.lines else ""
        if part.name:
            self._text(part.name, 36, LIGHT.text, gap=8, bold=True)
            self._beside(part.name, beside)
        elif beside:
            self._text(beside, 28, LIGHT.quiet, gap=8)
        if not part.cut:  # else every grade has its number before its names
            self._counts(part)
        for line in part.lines:
            self._row(line)
        if part.cut and part.lines:
            self._text(part.cut, 28, LIGHT.quiet, before=12, gap=8)
        self._names(part, data)
        self.y += _GAP

    def _beside(self, name: str, told: str) -> None:
        """A remark after a heading that has just been written, on its line or, where it is too long, on the next."""
        begin = wide(name, 36) + 24
        if told and begin + wide(told, 28) <= _ACROSS:
            self._word(_PAD + begin, self.y - 8 - 36 * 0.75, told, 28, LIGHT.quiet)
        elif told:
            self._text(told, 28, LIGHT.quiet, gap=8)

    def _counts(self, part: Part) -> None:
        """A tile a grade: its colour, shape, word, and how many."""
        if not part.counts:
            return
        size = (_ACROSS - 16 * (len(part.counts) - 1)) / len(part.counts)
        for at, (grade, number) in enumerate(part.counts):
            x, shown = _PAD + at * (size + 16), self._look(grade)
            self.drawn.append(_box(x, self.y, size, 116, shown.color))
            self._word(x + size / 2, self.y + 40, f"{shown.shape} {grade}", 30, shown.ink, "middle")
            self._word(x + size / 2, self.y + 84, str(number), 44, shown.ink, "middle", bold=True)
        self.y += 116 + _GAP

    def _row(self, line: Line) -> None:
        """Place, name, score and grade; beneath the name what must be said of it."""
        self._line()
        graded = bool(line.grade)
        left = _PAD + (_NUMBER if graded else 0)
        right = WIDTH - _PAD - (_CHIP + _SCORE if graded else 0)
        names = wrapped(line.unit, 36, right - left - 12)
        top, middle = self.y, self.y + 36
        for at, name in enumerate(names):
            self._word(left, middle + at * 46, name, 36, LIGHT.text)
        if graded:
            self._word(_PAD + _NUMBER - 24, middle, line.place, 30, LIGHT.quiet, "end")
            self._word(WIDTH - _PAD - _CHIP - 16, middle, line.score, 38, LIGHT.text, "end", bold=True)
            self._chip(line, middle)
        self.y = top + 26 + len(names) * 46
        for told in filter(None, (line.edge, *line.notes)):
            self._text(told, 28, LIGHT.quiet, x=left, gap=4)
        self.y += 8

    def _chip(self, line: Line, middle: float) -> None:
        shown = self._look(line.grade)
        x = WIDTH - _PAD - _CHIP
        self.drawn.append(_box(x, middle - 27, _CHIP, 54, shown.color))
        self._word(x + _CHIP / 2, middle, cut(f"{shown.shape} {line.grade}", 30, _CHIP - 8), 30, shown.ink, "middle")

    def _names(self, part: Part, data: PhoneData) -> None:
        """The names by grade; where there is no room for a single line of them, how many each grade has."""
        named = self.room.heirs_named if part.heirs else self.room.named
        signs = {grade: data.signs.get(grade, grade) for grade, _ in part.names}
        if part.names and not named:
            told = "　".join(f"{signs[grade]} {len(names)}个" for grade, names in part.names)
            return self._text(told, 30, LIGHT.text, gap=8)
        for grade, names in part.names:
            head, shown = f"{signs[grade]}（{len(names)}）：", len(names)
            while shown > 1 and len(wrapped(_listed(head, names, shown), 30, _ACROSS)) > self.most:
                shown -= 1
            self._text(_listed(head, names, shown), 30, LIGHT.text, gap=8)
        return None

    def _look(self, grade: str) -> Look:
        if grade in self.grades:
            return look(self.grades, grade, LIGHT)
        if grade == UNJUDGED:
            return neutral(LIGHT)
        return Look(LIGHT.line, LIGHT.text, LIGHT.ground, "○", "circle-open")

    def _text(
        self,
        text: str,
        size: float,
        ink: str,
        *,
        x: float = _PAD,
        before: float = 0,
        gap: float = 0,
        bold: bool = False,
    ) -> None:
        self.y += before
        for line in wrapped(text, size, WIDTH - _PAD - x):
            self._word(x, self.y + size * 0.7, line, size, ink, bold=bold)
            self.y += size * 1.45
        self.y += gap

    def _word(
        self, x: float, middle: float, text: str, size: float, ink: str, anchor: str = "start", *, bold: bool = False
    ) -> None:
        """One line about its middle. The packaged font has one weight: what is bold is drawn with an edge of its own ink."""
        edge = f' stroke="{ink}" stroke-width="{size / 40:g}"' if bold else ""
        self.drawn.append(
            f'<text x="{x:g}" y="{middle + BASE * size:g}" font-size="{size:g}" fill="{ink}"{edge}'
            f' text-anchor="{anchor}">{xml(text)}</text>'
        )

    def _line(self) -> None:
        self.drawn.append(f'<rect x="{_PAD}" y="{self.y:g}" width="{_ACROSS}" height="1.5" fill="{LIGHT.line}"/>')
        self.y += 14


def _listed(head: str, names: tuple[str, ...], shown: int) -> str:
    more = f"等{len(names)}个" if shown < len(names) else ""
    return head + "、".join(names[:shown]) + more


def _box(x: float, y: float, across: float, high: float, color: str) -> str:
    return f'<rect x="{x:g}" y="{y:g}" width="{across:g}" height="{high:g}" rx="12" fill="{color}"/>'


def _watermark(viewer: str, high: float) -> str:
    """The viewer's name, pale and slanting, over all of the picture; nothing where there is none."""
    if not viewer.strip():
        return ""
    name = xml(cut(viewer.strip(), 40, 560))
    step = max(wide(viewer.strip(), 40), 160) + 160
    marks = "".join(_mark(name, x, y) for y in range(160, round(high) + 200, 300) for x in _steps(step, y))
    return f'<g fill="{LIGHT.text}" fill-opacity="0.07" font-size="40">{marks}</g>'


def _steps(step: float, y: float) -> Iterable[float]:
    begin = -(y % 2) * step / 2
    return (begin + at * step for at in range(int(WIDTH / step) + 2))


def _mark(name: str, x: float, y: float) -> str:
    return f'<text transform="translate({x:g} {y:g}) rotate(-24)">{name}</text>'
