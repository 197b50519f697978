"""How one field of a written scheme stands in a cell of a table, and what a cell that was typed means in the scheme.

A codec says a value (``say``) and means a text (``mean``, None: nothing written). Saying may lose what a cell cannot
hold; therefore only cells that were changed are ever written back (``scoring.scheme_tables``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from scoring.scheme_text import Path, Tree
from scoring.scheme_tree import rows, texts

ELSEWHERE = "（见YAML）"
"""Stands for what a cell cannot hold, such as joined conditions."""


class Codec(Protocol):
    """Between a written value and the text of its cell."""

    def say(self, value: Tree, tree: dict) -> str:
        """The cell's text; "" where nothing is written."""

    def mean(self, text: str, tree: dict) -> Tree:
        """What a typed text writes; never asked of an empty one."""

    def options(self, tree: dict) -> tuple[str, ...]:
        """The texts to choose from; none where anything can be typed."""


@dataclass(frozen=True)
class Plain:
    """One text or number, word for word."""

    def say(self, value: Tree, tree: dict) -> str:
        return ELSEWHERE if isinstance(value, dict) else "、".join(texts(value))

    def mean(self, text: str, tree: dict) -> Tree:
        return text

    def options(self, tree: dict) -> tuple[str, ...]:
        return ()


@dataclass(frozen=True)
class Several(Plain):
    """A list of texts, parted by 、 or, where a part has a 、 itself, by ；."""

    def say(self, value: Tree, tree: dict) -> str:
        parts = texts(value)
        if not any("、" in part for part in parts):
            return "、".join(parts)
        return "；".join(parts) + ("；" if len(parts) == 1 else "")

    def mean(self, text: str, tree: dict) -> Tree:
        parts = re.split("[；;]" if re.search("[；;]", text) else "、", text)
        kept = [part.strip() for part in parts if part.strip()]
        return kept[0] if len(kept) == 1 else list(kept)


@dataclass(frozen=True)
class OneOf(Plain):
    """One of the format's own words, each said in Chinese; ``default`` is what an absent field means."""

    words: Mapping[str, str] = field(default_factory=dict)
    default: str = ""

    def say(self, value: Tree, tree: dict) -> str:
        written = value if isinstance(value, str) else self.default
        return self.words.get(written, written)

    def mean(self, text: str, tree: dict) -> Tree:
        return next((key for key, word in self.words.items() if word == text), text)

    def options(self, tree: dict) -> tuple[str, ...]:
        return tuple(self.words.values())

    def __hash__(self) -> int:
        return hash((tuple(self.words.items()), self.default))


YES = {"true": "是", "false": "否"}


@dataclass(frozen=True)
class SomeOf(Several):
    """Several of the format's own words: 打√、总分."""

    words: Mapping[str, str] = field(default_factory=dict)

    def say(self, value: Tree, tree: dict) -> str:
        return super().say([self.words.get(part, part) for part in texts(value)], tree)

    def mean(self, text: str, tree: dict) -> Tree:
        meant = texts(super().mean(text, tree))
        back = {word: key for key, word in self.words.items()}
        return [back.get(part, part) for part in meant]

    def __hash__(self) -> int:
        return hash(tuple(self.words.items()))


@dataclass(frozen=True)
class Named(Plain):
    """Another element of the scheme, named as the screen names it; its id where the name is not its alone."""

    of: str = ""

    def say(self, value: Tree, tree: dict) -> str:
        if not isinstance(value, str):
            return super().say(value, tree)
        return names_of(tree, self.of).get(value, value)

    def mean(self, text: str, tree: dict) -> Tree:
        return next((key for key, name in names_of(tree, self.of).items() if name == text), text)

    def options(self, tree: dict) -> tuple[str, ...]:
        return tuple(names_of(tree, self.of).values())


@dataclass(frozen=True)
class SomeNamed(Several):
    """Several other elements of the scheme, each as ``Named``."""

    of: str = ""

    def say(self, value: Tree, tree: dict) -> str:
        known = names_of(tree, self.of)
        return super().say([known.get(part, part) for part in texts(value)], tree)

    def mean(self, text: str, tree: dict) -> Tree:
        back = {name: key for key, name in names_of(tree, self.of).items()}
        return [back.get(part, part) for part in texts(super().mean(text, tree))]


@dataclass(frozen=True)
class Grade(Plain):
    """One of the scheme's grades."""

    def options(self, tree: dict) -> tuple[str, ...]:
        return tuple(texts(tree.get("grades")))


@dataclass(frozen=True)
class Days(Plain):
    """统计时间: a first and a last day."""

    def say(self, value: Tree, tree: dict) -> str:
        return "至".join(texts(value))

    def mean(self, text: str, tree: dict) -> Tree:
        return [part.strip() for part in re.split("至|到|~|～|—", text)]


def names_of(tree: dict, key: str) -> dict[str, str]:
    """Id → name of the elements listed under a key; the id itself where a name is missing or used twice."""
    listed = [(row.get("id"), row.get("name")) for _, row in rows(tree, key)]
    names = [name for _, name in listed]
    return {
        id_: name if isinstance(name, str) and name and names.count(name) == 1 else id_
        for id_, name in listed
        if isinstance(id_, str)
    }


def field_at(row: Tree, path: Path) -> Tree:
    """The value written at a path of field names; None where nothing is."""
    for name in path:
        row = row.get(name) if isinstance(row, dict) and isinstance(name, str) else None
    return row


def put(row: dict, path: Path, value: Tree) -> None:
    """Write a value at a path of field names, or take it away (None); what is left empty around it goes, too."""
    name, rest = str(path[0]), path[1:]
    if rest:
        inner = row.get(name)
        inner = dict(inner) if isinstance(inner, dict) else {}
        put(inner, rest, value)
        value = inner or None
    if value is None:
        row.pop(name, None)
    else:
        row[name] = value
