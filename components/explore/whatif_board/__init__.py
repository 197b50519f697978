"""The planner's bench (权重测算): sliders, and the ranking before → after, redrawn every frame while one is dragged.

A drag is computed and drawn in the browser with whole numbers (BigInt); on release the values come back to Python,
which computes for itself. Both follow the same rules (scoring floor; exact.js), and a browser test compares them.

The protocol. Numbers travel as strings of integers, each over the one denominator of its kind:

* ``settings``: controls (value, original, low, high, step), ``current`` and the grade lines
* ``marks``: each unit's ``x`` and ``offset``
* ``shown``: the scores before

so 89.24 over 100 is ``"8924"``. Absent is null. Grades are indexes into ``lines``, best first. On release the state
``released`` becomes ``{"token": …, "values": {id: "numerator/denominator"}}``. The ``token`` names the question put to
the planner: the mode, the controls and where they open. While it stays the same the browser keeps the values in hand
through any rerun, also with new marks; a new token opens the board anew and voids what was released under the old one.
So ``Control.value`` is where a board *opens* (a saved scenario, a shared link): do not feed the result back into it.

Files, in the order they are joined: exact (arithmetic), linking (weights that share a total), layout (geometry), dom,
story (words), chart, crowd (over 40 units), controls, board (wiring).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from fractions import Fraction
from itertools import pairwise
from math import lcm
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from components.grades import LIGHT, look

HERE = Path(__file__).parent
SAME = -1
CROWD = 40
"""Up to so many units the board draws each one's line (board.js says the same)."""
SCRIPTS = ("exact", "linking", "layout", "dom", "story", "chart", "crowd", "controls", "board")


@dataclass(frozen=True)
class Control:
    """One slider: a weight, a tick's points (赋分) or a grade line. ``original`` is the document's, shown as 原 40."""

    id: str
    name: str
    value: Fraction
    original: Fraction
    low: Fraction = Fraction(0)
    high: Fraction = Fraction(100)
    step: Fraction = Fraction(1, 10)
    unit: str = "%"


@dataclass(frozen=True)
class BoardUnit:
    """One 考核对象: what its score is linear in, and how it stood under the document.

    ``x`` has one number a control (mode lines: empty), or is None where a result is missing (暂缺). ``offset`` is what
    no control moves. ``best`` is the index of the best grade a limit (等次限制) still allows, or None. The three
    ``before`` are None for a unit without a score; ``before_grade`` also where the scheme has no grade lines.
    """

    id: str
    name: str
    x: tuple[Fraction, ...] | None
    offset: Fraction = Fraction(0)
    best: int | None = None
    before_score: Fraction | None = None
    before_grade: int | None = None
    before_rank: int | None = None


@dataclass(frozen=True)
class Board:
    """Everything on the bench.

    * weights: score = Σ wᵢ·xᵢ ÷ Σ wᵢ + offset; the sliders keep the total of the originals
    * points: score = Σ pᵢ·xᵢ + offset; the sliders stay in descending order
    * lines: score = offset; the controls are the first grade lines, best first, and stay in descending order

    The score is then rounded half-up to ``places`` decimals (None: not at all), the grade is the first of ``lines``
    (name, least score; best first) it reaches, and no better than the unit's ``best``. Places go by what ``rank``
    names, first to last, and equals share one; where it is empty there are no places (不排位). ``colours`` and
    ``shapes`` (of ●◆▲■) are one a grade; empty takes those all pages use, by the theme the viewer has chosen.
    """

    mode: Literal["weights", "points", "lines"]
    controls: tuple[Control, ...]
    units: tuple[BoardUnit, ...]
    lines: tuple[tuple[str, Fraction], ...]
    places: int | None = 2
    colours: tuple[str, ...] = ()
    shapes: tuple[str, ...] = ()
    caption_before: str = "文件权重"
    caption_after: str = "测算权重"
    restore: str = "恢复文件权重"
    noun: str = "考核对象"
    rank: tuple[Literal["grade", "score"], ...] = ("grade", "score")
    places_before: int | None = SAME  # decimals of the scores before, where another rounding is tried
    token: str = ""  # what else makes it another question: the scheme's hash, a scenario's id

    def __post_init__(self) -> None:
        problems = list(_problems(self))
        if problems:
            raise ValueError("；".join(problems))


def whatif_board(board: Board, key: str, height: int = 460) -> dict[str, Fraction] | None:
    """Show the bench and return {control id: value} of the last release, or None before any.

    ``height`` is the drawing's least height in pixels; it grows with the number of units. The values are exact, within
    the controls' bounds and, for weights, of the originals' total: anything else is not from this board and gives None.
    """
    state = st.session_state.get(key)
    released = read_release(board, state.get("released") if isinstance(state, Mapping) else None)
    result = _COMPONENT(
        key=key,
        data=encode(board, released, height),
        default={"released": None},
        on_released_change=lambda: None,
    )
    return read_release(board, result.get("released"))


def encode(board: Board, current: Mapping[str, Fraction] | None = None, height: int = 460) -> dict[str, Any]:
    """The board as the browser receives it; ``current`` is where the sliders stand if not where they open."""
    settings = _settings(board)
    marks = _denominator(x for unit in board.units for x in (*(unit.x or ()), unit.offset))
    shown = _denominator(unit.before_score for unit in board.units)
    values = [control.value if current is None else current[control.id] for control in board.controls]
    return {
        "mode": board.mode, "token": token_of(board), "places": board.places, "height": height,
        "settings": str(settings), "marks": str(marks), "shown": str(shown),
        "current": [_whole(value, settings) for value in values],
        "controls": [_control(control, settings) for control in board.controls],
        "units": [_unit(unit, marks, shown) for unit in board.units],
        "lines": [{"name": name, "least": _whole(least, settings)} for name, least in board.lines],
        "rank": list(board.rank),
        "places_before": board.places if board.places_before == SAME else board.places_before,
        "noun": board.noun, "restore": board.restore,
        "caption_before": board.caption_before, "caption_after": board.caption_after,
    } | _looks(board)  # fmt: skip


def token_of(board: Board) -> str:
    """The same as long as the planner is asked the same question; new marks of the same units do not change it."""
    asked = (board.token, board.mode, _settings(board), [astuple(control) for control in board.controls])
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:16]


def read_release(board: Board, released: Any) -> dict[str, Fraction] | None:
    """What the browser sent, checked: the token, every id, every bound, the total or the order. None if not ours."""
    try:
        if released["token"] != token_of(board):
            return None
        values = {control.id: _exact(released["values"][control.id]) for control in board.controls}
    except (TypeError, KeyError, ValueError, ZeroDivisionError):
        return None
    return values if _possible(board, list(values.values())) else None


def _exact(text: Any) -> Fraction:
    """A number as it travels, "460/10"; a float or anything else is a ValueError."""
    if not isinstance(text, str) or not re.fullmatch(r"\d{1,40}/\d{1,40}", text):
        raise ValueError(text)
    return Fraction(text)


def _possible(board: Board, values: list[Fraction]) -> bool:
    """Whether the sliders can stand so: the browser is the user's, so it is not believed."""
    if any(not control.low <= value <= control.high for control, value in zip(board.controls, values, strict=True)):
        return False
    if board.mode == "weights":
        return sum(values) == sum(control.original for control in board.controls)
    return all(higher > lower for higher, lower in pairwise(values))


def _problems(board: Board) -> Iterable[str]:
    """What would make the drawing wrong rather than fail."""
    ids = [control.id for control in board.controls]
    if not ids or len(set(ids)) < len(ids):
        yield "测算项为空或编号重复"
    if any(not c.low <= v <= c.high or c.step <= 0 for c in board.controls for v in (c.value, c.original)):
        yield "测算项的数值须在上下限之内，步长须大于零"
    if not _possible(board, [control.value for control in board.controls]):
        yield "权重合计须与文件一致" if board.mode == "weights" else "各项数值须由高到低"
    if board.mode == "weights" and sum(control.original for control in board.controls) <= 0:
        yield "权重合计须大于零"
    wanted = 0 if board.mode == "lines" else len(ids)
    if any(unit.x is not None and len(unit.x) != wanted for unit in board.units):
        yield f"每个{board.noun}须有{wanted}项数值"
    if board.mode == "lines" and len(board.lines) < len(ids):
        yield "等次线少于测算项"
    if any(higher[1] <= lower[1] for higher, lower in pairwise(board.lines)):
        yield "等次线须由高到低"
    if any(given and len(given) < len(board.lines) for given in (board.colours, board.shapes)):
        yield "颜色或图形少于等次"


def _settings(board: Board) -> int:
    """One denominator for all controls and grade lines."""
    numbers = (n for c in board.controls for n in (c.value, c.original, c.low, c.high, c.step))
    return lcm(_denominator(numbers), _denominator(least for _, least in board.lines))


def _control(control: Control, settings: int) -> dict[str, str]:
    exact = {name: _whole(getattr(control, name), settings) for name in ("value", "original", "low", "high", "step")}
    return {"id": control.id, "name": control.name, "unit": control.unit} | exact


def _unit(unit: BoardUnit, marks: int, shown: int) -> dict[str, Any]:
    before = None if unit.before_score is None else _whole(unit.before_score, shown)
    return {
        "id": unit.id, "name": unit.name, "best": unit.best,
        "x": None if unit.x is None else [_whole(x, marks) for x in unit.x], "offset": _whole(unit.offset, marks),
        "before": {"score": before, "grade": unit.before_grade, "rank": unit.before_rank},
    }  # fmt: skip


def _looks(board: Board) -> dict[str, Any]:
    """How each grade looks: ``tones`` are places in the theme's categorical colours, taken where there are no colours."""
    names = [name for name, _ in board.lines]
    looks = [look(names, name, LIGHT) for name in names]
    return {
        "colours": list(board.colours),
        "tones": [LIGHT.grades.index(each) for each in looks],
        "shapes": list(board.shapes) or [each.shape for each in looks],
    }


def _denominator(numbers: Iterable[Fraction | None]) -> int:
    return lcm(1, *(number.denominator for number in numbers if number is not None))


def _whole(number: Fraction, denominator: int) -> str:
    scaled = number * denominator
    if scaled.denominator != 1:
        raise ValueError(f"{number} is not a multiple of 1/{denominator}")
    return str(scaled.numerator)


def script(*names: str) -> str:
    """The named scripts joined, as the browser gets them: ``script(*SCRIPTS)`` is the whole component."""
    return "\n".join((HERE / f"{name}.js").read_text(encoding="utf-8") for name in names)


_COMPONENT = st.components.v2.component(
    "hengxiao.whatif_board",
    html='<div class="board">\n</div>',
    css=(HERE / "board.css").read_text(encoding="utf-8"),
    js=script(*SCRIPTS),
)
