"""以此为模板: next year's draft from a scheme that is there.

What belongs to the old paper alone (文号, dates, 原文存疑, its text) is emptied and asked for; rules, indicators, facts,
limits and rosters are kept. Clauses still name the old paper's until somebody has compared them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scoring.scheme_cells import field_at
from scoring.scheme_tables import deep
from scoring.scheme_tree import rows, texts

_OWN_DATES = ("number", "issued", "period", "cutoff", "publicity", "text")


@dataclass(frozen=True)
class Open:
    """Something the new paper must say: which table asks for it, and the words."""

    table: str
    words: str


def from_template(tree: dict, title: str, year: str) -> dict:
    """The draft for ``year`` ("2026") called ``title``, from a scheme's written tree, which stays as it was.

    Its id is the old one for the new year; the store sees to it that no two are alike.
    """
    made = deep(tree)
    old_title, old_number = (field_at(made, ("document", name)) for name in ("title", "number"))
    before = year_of(str(made.get("title", ""))) or year_of(str(old_title))
    told = made.get("document")
    document = {n: v for n, v in told.items() if n not in _OWN_DATES} if isinstance(told, dict) else {}
    ours = made.get("template") == "true"  # a neutral template of ours is no paper to rest on
    source = f"《{old_title}》" + (f"（{old_number}）" if old_number else "") if old_title and not ours else ""
    based_on = [source, *texts(document.get("based_on"))] if source else texts(document.get("based_on"))
    scheme_id = str(made.get("id") or "own")
    scheme_id = scheme_id.replace(before, year) if before and before in scheme_id else f"{scheme_id}-{year}"
    made |= {"id": scheme_id, "title": title, "short": title if ours else _short(made, title, before, year)}
    made["document"] = {**document, "title": title} | ({"based_on": based_on} if based_on else {})
    for name in ("doubts", "supersedes", "template"):
        made.pop(name, None)
    for _, step in rows(made, "steps"):
        step.pop("due", None)
    if before:
        _move_late(made, int(year) - int(before))
    return made


def title_for(title: str, year: str) -> str:
    """A title proposed for another year: the first year in it replaced, or put before it; what is made of a template is none."""
    own = title.removesuffix("（模板）")
    return re.sub(r"(?:19|20)\d\d", year, own, count=1) if year_of(own) else f"{year}年{own}"


def _short(made: dict, title: str, before: str, year: str) -> str:
    short = str(made.get("short") or title)
    return short.replace(before, year, 1) if before and before in short else f"{year}年{short}"


def year_of(text: str) -> str:
    """The first year that a text names, "" where it names none."""
    found = re.search(r"(?:19|20)\d\d", text)
    return found[0] if found else ""


def _move_late(made: dict, years: int) -> None:
    """逾期扣减 cannot stand without its days: they move by the years between, to be compared with the new paper."""
    for _, late in rows(made, "late"):
        for name in ("due", "deduct_from"):
            day = str(late.get(name, ""))
            if re.fullmatch(r"\d{4}-\d\d-\d\d", day):
                late[name] = f"{int(day[:4]) + years}{day[4:]}"


def open_points(tree: dict) -> tuple[Open, ...]:
    """What a scheme of one's own still leaves unsaid. None of it keeps it from being used."""
    return tuple(_open(tree))


def _open(tree: dict) -> Iterator[Open]:
    names = {"number": "印发文号", "issued": "成文日期", "issuer": "印发机关"}
    missing = [word for name, word in names.items() if not field_at(tree, ("document", name))]
    if not field_at(tree, ("document", "period")) and not field_at(tree, ("document", "cutoff")):
        missing.append("统计时间")
    if missing:
        yield Open("basic", f"{'、'.join(missing)}未填")
    undated = [str(row.get("what", "")) for _, row in rows(tree, "steps") if not row.get("due")]
    if undated:
        yield Open("steps", f"步骤{len(undated)}项未填完成期限")
    empty = [str(row.get("name", "")) for _, row in rows(tree, "groups") if not row.get("units")]
    if empty:
        yield Open("groups", f"“{'、'.join(empty)}”没有名单，可在新建年度考核时导入")
    if list(rows(tree, "late")):
        yield Open("", "逾期扣减的日期已按年度顺延，请在YAML中核对")
