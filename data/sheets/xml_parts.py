"""XML read piece by piece, in bounded memory, without entities or outside references."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import defusedxml.ElementTree as Safe
from defusedxml.common import DefusedXmlException

from data.sheets.problems import RefusalError


def events(data: bytes) -> Iterator[tuple[str, str, Element]]:
    """("start" or "end", local name, element) in document order. Raises RefusalError for a DTD, ParseError for bad XML."""
    try:
        for event, element in Safe.iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
            yield event, local(element.tag), element
    except DefusedXmlException as error:
        raise RefusalError("xml-entities") from error


def tree(data: bytes) -> Element:
    """A small part as a whole. Raises as ``events``."""
    try:
        return Safe.fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise RefusalError("xml-entities") from error


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
