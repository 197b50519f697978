"""A small app around the what-if board, with its own exact arithmetic: what the journeys compare the painting with.

``?case=weights`` (default), ``points``, ``lines``, ``crowd`` or ``throng`` chooses the board.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction as Q

import streamlit as st

from components.explore.whatif_board import Board, BoardUnit, Control, whatif_board

LINES = (("好", Q(90)), ("较好", Q(80)), ("一般", Q(70)), ("较差", Q(0)))
MARKS = {
    "对象甲": ("95.2", "91.3", "91.24"), "对象乙": ("92", "90.9", "91"), "对象丙": ("95.74", "85", "84.81"),
    "对象丁": ("90", "90", "90"), "对象戊": ("84.15", "86.03", "85.5"), "对象己": ("79", "78.4", "78.47"),
    "对象庚": ("96", "94", "95"), "恩平市": None,
}  # fmt: skip


def rounded(score: Q) -> Q:
    """Half-up to two places (no score here is negative)."""
    return Q(int(score * 100 + Q(1, 2)), 100)


def graded(score: Q, lines: Iterable[tuple[str, Q]], best: int | None) -> int:
    """Index of the first line reached, no better than best."""
    reached = next(i for i, (_, least) in enumerate(lines) if score >= least)
    return reached if best is None else max(reached, best)


def results(board: Board, values: dict[str, Q]) -> dict[str, tuple[Q, str, int]]:
    """{unit: (official score, grade, place)}, computed here without a line of the component's arithmetic."""
    numbers = [values[control.id] for control in board.controls]
    lines = list(board.lines)
    if board.mode == "lines":
        lines = [(name, number) for (name, _), number in zip(lines, numbers, strict=False)] + lines[len(numbers) :]
    scored = {}
    for unit in board.units:
        if unit.x is None:
            continue
        score = unit.offset + sum(n * x for n, x in zip(numbers, unit.x, strict=False)) / (
            sum(numbers) if board.mode == "weights" else 1
        )
        scored[unit.id] = (rounded(score), graded(rounded(score), lines, unit.best))
    ordered = sorted((grade, -score) for score, grade in scored.values())
    return {
        name: (score, board.lines[grade][0], bisect_left(ordered, (grade, -score)) + 1)
        for name, (score, grade) in scored.items()
    }


def with_before(board: Board) -> Board:
    """The same board, its units knowing how they stand under the originals."""
    now = results(board, {control.id: control.original for control in board.controls})
    names = [name for name, _ in board.lines]
    units = [
        replace(u, before_score=now[u.id][0], before_grade=names.index(now[u.id][1]), before_rank=now[u.id][2])
        if u.id in now
        else u
        for u in board.units
    ]
    return replace(board, units=tuple(units))


def weights_board() -> Board:
    """Three 考核方式; 对象庚 is held at 较好 by a limit, 恩平市 is 暂缺."""
    named = {"cross": ("交叉考核", 40), "municipal": ("市级考核", 30), "daily": ("日常工作", 30)}
    controls = tuple(Control(id, name, Q(w), Q(w)) for id, (name, w) in named.items())
    units = tuple(
        BoardUnit(name, name, marks and tuple(map(Q, marks)), best=1 if name == "对象庚" else None)
        for name, marks in MARKS.items()
    )
    return Board("weights", controls, units, LINES)


def points_board() -> Board:
    """Tick points over nineteen items: x is the share of each tick."""
    points = dict(zip(("好", "较好", "一般", "较差"), (95, 85, 75, 60), strict=True))
    controls = tuple(Control(name, name, Q(p), Q(p), step=Q(1, 2), unit="分") for name, p in points.items())
    ticks = [(10, 9, 0, 0), (9, 10, 0, 0), (17, 0, 0, 2), (16, 0, 0, 3), (5, 7, 7, 0), (2, 5, 10, 2)]
    units = tuple(BoardUnit(f"u{i}", f"第{i + 1}镇", tuple(Q(n, 19) for n in row)) for i, row in enumerate(ticks))
    return Board("points", controls, units, LINES, 2, (), (), "文件赋分", "测算赋分", "恢复文件赋分")


def lines_board() -> Board:
    """The grade lines themselves move."""
    controls = tuple(Control(name, name, least, least, step=Q(1, 2), unit="分") for name, least in LINES[:3])
    scores = ("92.84", "91.37", "90", "89.24", "85.12", "78.66", "78.66")
    units = tuple(BoardUnit(f"u{i}", f"<b>镇{i + 1}</b>", (), Q(score)) for i, score in enumerate(scores))
    return Board("lines", controls, units, LINES, 2, (), (), "文件等次线", "测算等次线", "恢复文件等次线")


def crowd_board(count: int = 124) -> Board:
    """Many towns, seven indicators whose document weights are 1/7 each: no decimal holds them."""
    controls = tuple(Control(f"c{i}", f"指标{i + 1}", Q(100, 7), Q(100, 7)) for i in range(7))
    marks = [[Q(6400 + (n * 7919 + i * 104729 + n * n * i * 31) % 3600, 100) for i in range(7)] for n in range(count)]
    units = tuple(BoardUnit(f"t{n}", f"示例镇{n + 1}", tuple(row)) for n, row in enumerate(marks))
    return Board("weights", controls, units, LINES)


CASES = {
    "weights": weights_board,
    "points": points_board,
    "lines": lines_board,
    "crowd": crowd_board,
    "throng": lambda: crowd_board(1600),
}

st.set_page_config(page_title="测算", layout="wide")
board = with_before(CASES[st.query_params.get("case", "weights")]())
if st.toggle("另换一组权重"):
    opened = dict(zip(("cross", "municipal", "daily"), (50, 25, 25), strict=True))
    board = replace(board, controls=tuple(replace(c, value=Q(opened[c.id])) for c in board.controls))
st.button("再运行一次")
values = whatif_board(board, key="board")
st.session_state.runs = st.session_state.get("runs", 0) + 1
now = values or {control.id: control.value for control in board.controls}
st.code(
    json.dumps({
        "runs": st.session_state.runs,
        "values": values and {name: str(value) for name, value in values.items()},
        "results": {name: [f"{float(s):.2f}", grade, place] for name, (s, grade, place) in results(board, now).items()},
    }, ensure_ascii=False),
    language=None,
)  # fmt: skip
