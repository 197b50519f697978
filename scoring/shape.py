"""Which element belongs at which place of a scheme file: read from the models, so that no list is kept twice."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any, get_args

from scoring.kinds import Element, Ruled
from scoring.scheme import Scheme
from scoring.scheme_text import Path


def element_in(annotation: Any) -> type[Element] | None:
    """The element that a field holds: Unit for ``tuple[Unit, ...]``, Bands for ``Bands | None``, None for a number."""
    if isinstance(annotation, type) and issubclass(annotation, Element):
        return annotation
    return next((found for inner in get_args(annotation) if (found := element_in(inner))), None)


def element_at(path: Path) -> type[Element] | None:
    """The element written at a path, such as Band for ("bands", "items", 0); None where none belongs."""
    here: type[Element] | None = Scheme
    for part in path:
        if isinstance(part, str):
            field = here.model_fields.get(part) if here else None
            here = element_in(field.annotation) if field else None
    return here


def ruled_places(tree: Any) -> Iterator[tuple[Path, dict]]:
    """Every mapping in the written tree that must cite a clause or own up to an assumption."""
    pending: deque[tuple[Path, Any]] = deque([((), tree)])
    while pending:
        path, node = pending.popleft()
        kind = element_at(path)
        if kind is None:
            continue
        if isinstance(node, dict):
            if issubclass(kind, Ruled):
                yield path, node
            pending += [((*path, key), child) for key, child in node.items()]
        elif isinstance(node, list):
            pending += [((*path, index), child) for index, child in enumerate(node)]
