"""The whole locked result as one HTML file: it opens from a disk, with no server, no network and no script, and prints.

Headline, ranking, map, every unit with each step and clause, every row with its cell, readings and clauses. Whatever stands
in names and remarks is text. A policy in the file forbids it to fetch anything.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.documents import whole_html_rules as rules
from data.documents.html_parts import paragraph, table, tag, text
from data.documents.locked_lines import Line, Section, counts, grade_heading, sections, sentences
from data.documents.locked_map import REMINDER, locked_maps
from data.documents.whole_html_style import style
from data.documents.whole_html_units import chip, unit
from data.geographies import Own
from data.geographies.in_use import NOTHING
from data.locked import Locked
from data.looks import sign
from data.papers.words import subject
from scoring.standing import gives_places

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
_NAMESPACE = re.compile(r' xmlns="[^"]*"')
_CLIP = re.compile(r'(clipPath id="|clip-path="url\(#)(\w+)')
_MARKS = 40


def whole_html(locked: Locked, viewer: str = "", own: Own = NOTHING) -> str:
    """The file; ``viewer`` stands across it until 批复. The same 锁定版 gives the same text. ``own``: the office's geography."""
    told = sections(locked)
    numbers = {line.unit: at for at, line in enumerate((line for each in told for line in each.lines), start=1)}
    title = f"{subject(locked)}结果"
    parts = {
        "结论": tag("div", "".join(map(paragraph, sentences(locked))), class_="say") + rules.decided(locked),
        "考核情况" if locked.state.scheme.judged else "位次和等次" if gives_places(locked.state.scheme) else "得分和等次":
            "".join(_section(locked, each, numbers, headed=len(told) > 1) for each in told),
        "地图": _map(locked, own),
        "结果运用": rules.follows(locked),
        "分项情况": "".join(unit(locked, line, numbers[line.unit]) for each in told for line in each.lines),
        "口径": rules.readings(locked),
        "条款原文": rules.clauses(locked),
        "数据来源": rules.document_card(locked),
    }  # fmt: skip
    shown = {name: inside for name, inside in parts.items() if inside}
    menu = "".join(tag("a", text(name), href=f"#s{at}") for at, name in enumerate(shown))
    body = "".join(
        tag("section", tag("h2", text(name)) + inside, id=f"s{at}") for at, (name, inside) in enumerate(shown.items())
    )
    return _page(locked, title, viewer, tag("nav", menu) + body)


def _page(locked: Locked, title: str, viewer: str, body: str) -> str:
    marking = locked.marking
    name = viewer.strip() if not locked.standing.approved else ""
    band = tag("div", text("　".join(filter(None, (marking, name)))), class_="marking") if marking or name else ""
    mark = tag("div", tag("span", text(name)) * _MARKS, class_="wm", aria_hidden="true") if name else ""
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"><meta name="robots" content="noindex">'
        f"<title>{text(title)}</title><style>{style()}</style>"
    )
    top = tag("h1", text(title)) + paragraph(locked.stamp, "q") + _fiction(locked)
    return f'<!doctype html><html lang="zh-CN"><head>{head}</head><body>{band}{mark}{top}{body}</body></html>\n'


def _fiction(locked: Locked) -> str:
    if not locked.demo:
        return ""
    places = "地名虚构" if locked.state.scheme.template else "地名真实"
    return paragraph(f"示例数据：{places}，数据与各地角色由程序随机编排，与任何地方的实际工作无关。", "q")


def _section(locked: Locked, section: Section, numbers: dict[str, int], headed: bool) -> str:
    head = tag("h3", text(section.name)) if headed else ""
    early = (
        paragraph("数据未齐，位次为暂列。", "q") if section.provisional and gives_places(locked.state.scheme) else ""
    )
    rows = [_row(locked, line, numbers[line.unit]) for line in section.lines]
    return head + _tiles(locked, section) + early + _table(locked, section.lines, rows)


def _tiles(locked: Locked, section: Section) -> str:
    grades = locked.state.scheme.grades
    told = "".join(
        chip(grades, grade, sign(grades, grade) if grade in grades else grade)
        .replace('class="g ', 'class="tile ')
        .replace("</span>", f"{tag('b', str(number))}</span>")
        for grade, number in counts(locked, section)
    )
    return tag("div", told, class_="tiles") if told else ""


def _table(locked: Locked, lines: Sequence[Line], rows: Sequence[Sequence[str]]) -> str:
    scheme = locked.state.scheme
    if scheme.judged:
        return table((scheme.words.unit, "情形和拟处理"), rows)
    placed = ("位次",) if gives_places(scheme) else ()
    parts = tuple(name for name, _ in lines[0].parts) if lines else ()
    heads = (*placed, scheme.words.unit, "综合得分", grade_heading(locked), *parts, "说明")
    figures = [at for at, name in enumerate(heads) if name in ("位次", "综合得分", *parts)]
    return table(heads, rows, numbers=figures)


def _row(locked: Locked, line: Line, at: int) -> list[str]:
    scheme = locked.state.scheme
    name = tag("a", text(line.unit), href=f"#u{at}")
    notes = "<br>".join(text(each) for each in (line.edge, *line.notes) if each)
    if scheme.judged:
        return [name, notes]
    place = [text(line.place)] if gives_places(scheme) else []
    parts = [text(score) for _, score in line.parts]
    return [*place, name, text(line.score), chip(scheme.grades, line.grade, line.sign), *parts, notes]


def _map(locked: Locked, own: Own) -> str:
    """The maps as inline SVG; in HTML they need no namespace, so that the file names no address at all."""
    found = locked_maps(locked, own)
    if not found.svgs:
        return ""
    drawn = "".join(
        tag("div", _apart(_NAMESPACE.sub("", each), at), class_="map") for at, each in enumerate(found.svgs)
    )
    left = paragraph(f"另有{found.left_out}个没有区划位置，未标在图上。", "q") if found.left_out else ""
    return drawn + left + paragraph(REMINDER, "q")


def _apart(svg: str, at: int) -> str:
    """The clip paths of one map under names of its own: a page may hold several."""
    return _CLIP.sub(lambda found: f"{found[1]}{found[2]}{at}", svg)
