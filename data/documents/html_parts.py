"""Pieces of HTML from plain text: whatever a name holds is text, never markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data.maps.svg_text import xml


def text(told: str) -> str:
    """Plain text for between tags or in an attribute."""
    return xml(told)


def lines(told: str) -> str:
    """Plain text whose line feeds stay."""
    return "<br>".join(text(line) for line in told.split("\n"))


def tag(name: str, inside: str, **attributes: str) -> str:
    """An element around HTML; ``class_`` is the attribute class. Values of attributes are plain text."""
    told = "".join(f' {key.rstrip("_").replace("_", "-")}="{text(value)}"' for key, value in attributes.items())
    return f"<{name}{told}>{inside}</{name}>"


def paragraph(told: str, class_: str = "") -> str:
    """A paragraph of plain text; nothing for an empty one."""
    return (tag("p", lines(told), class_=class_) if class_ else tag("p", lines(told))) if told else ""


def table(
    heads: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: Iterable[int] = (), caption: str = ""
) -> str:
    """A table that scrolls in its own frame on a phone. ``rows`` are HTML, ``heads`` plain; columns in ``numbers`` flush right."""
    right = set(numbers)

    def cell(kind: str, at: int, inside: str) -> str:
        return tag(kind, inside, class_="n") if at in right else tag(kind, inside)

    head = tag("tr", "".join(cell("th", at, text(name)) for at, name in enumerate(heads)))
    body = "".join(tag("tr", "".join(cell("td", at, inside) for at, inside in enumerate(row))) for row in rows)
    named = tag("caption", text(caption)) if caption else ""
    return tag("div", tag("table", f"{named}<thead>{head}</thead><tbody>{body}</tbody>"), class_="wide")


def details(summary: str, inside: str, **attributes: str) -> str:
    """What opens at a touch, without any script; ``summary`` and ``inside`` are HTML."""
    return tag("details", tag("summary", summary) + inside, **attributes)
