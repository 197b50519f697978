"""XML read piece by piece, in bounded memory, without a DTD: so without entities and outside references.

The DTD is looked for by the parser itself, in whatever encoding, up to the first element, where it would have to stand;
then the fast parser may read on. (defusedxml does the same in Python, ten times slower and heavier.)
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element
from xml.parsers import expat

from data.sheets.problems import RefusalError

DEEPEST = 100
"""Elements within each other; workbooks have a dozen."""
MOST_ELEMENTS = 500_000
"""Elements of one part: a hundred thousand cells with text have three each."""


class _FirstElement(Exception):  # noqa: N818 - no error: the prologue has ended
    pass


def events(data: bytes) -> Iterator[tuple[str, str, Element]]:
    """("start" or "end", local name, element) in document order. Raises RefusalError for a DTD, SyntaxError for bad XML."""
    _refuse_dtd(data)
    if _begun(data) > MOST_ELEMENTS:
        raise RefusalError("xml-huge")
    depth = number = 0
    for event, element in ElementTree.iterparse(io.BytesIO(data), events=("start", "end")):
        if event == "start":
            depth, number = depth + 1, number + 1
            if depth > DEEPEST or number > MOST_ELEMENTS:
                raise RefusalError("xml-huge")
        else:
            depth -= 1
        yield event, local(element.tag), element


def _begun(data: bytes) -> int:
    """About how many elements there are, told without parsing: signs "<" but for ends. 0 in UTF-16, which is counted as it is read."""
    return 0 if b"\0" in data[:4] else data.count(b"<") - data.count(b"</")


def tree(data: bytes) -> Element:
    """A small part as a whole. Raises as ``events``."""
    root = None
    for _, _, element in events(data):
        root = element if root is None else root
    if root is None:
        raise SyntaxError("no element")
    return root


def _refuse_dtd(data: bytes) -> None:
    def declared(*_: Any) -> None:
        raise RefusalError("xml-entities")

    def past(*_: Any) -> None:
        raise _FirstElement

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler, parser.EntityDeclHandler, parser.StartElementHandler = declared, declared, past
    try:
        parser.Parse(data, True)
    except _FirstElement:
        return


def local(tag: Any) -> str:
    """A name without its namespace: Strict and Transitional workbooks differ only there."""
    return str(tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str:
    """An attribute by its local name, whatever its namespace; "" if absent."""
    found = element.get(name)
    if found is not None:
        return found
    return next((value for key, value in element.attrib.items() if local(key) == name), "")


def find(element: Element, name: str) -> Element | None:
    """The first child of that local name."""
    return next((child for child in element if local(child.tag) == name), None)


def all_named(element: Element, name: str) -> list[Element]:
    """All descendants of that local name, in document order."""
    return [child for child in element.iter() if local(child.tag) == name]
