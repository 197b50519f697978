"""What a scheme's text calls itself, read and rewritten while the rest may still be faulty and every comment stays."""

from __future__ import annotations

from typing import NamedTuple

import yaml

from scoring.scheme_text import read_text


class Heading(NamedTuple):
    """A scheme's ``id`` and ``title`` as written; "" for one that cannot be read."""

    id: str
    title: str


def heading(text: str) -> Heading:
    """The two, whatever else is wrong with the text."""
    tree = read_text(text).tree
    told = tree if isinstance(tree, dict) else {}
    return Heading(_word(told.get("id")), _word(told.get("title")))


def with_heading(text: str, *, scheme_id: str, title: str) -> str:
    """The same text under another id and title, everything else as it was, to the blank.

    A text that cannot be read as YAML comes back as it is: there is no telling where its heading ends.
    """
    changed = _put(_put(text, "title", title), "id", scheme_id)
    return changed if heading(changed) == (scheme_id, title) else text


def _word(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _put(text: str, key: str, value: str) -> str:
    """The text with the top-level ``key`` set; as it is where it says so already or cannot be read."""
    tree = read_text(text).tree
    if not isinstance(tree, dict) or tree.get(key) == value:
        return text
    found = _value_of(text, key)
    if found is None:
        return f"{key}: {_written(value)}\n{text}"
    start, end = found
    return text[:start] + _written(value) + text[end:]


def _value_of(text: str, key: str) -> tuple[int, int] | None:
    """Where the value of a top-level key begins and ends; None where it is not written."""
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    for name, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if isinstance(name, yaml.ScalarNode) and name.value == key:
            start, end = value.start_mark.index, value.end_mark.index  # a folded text ends after its last line
            return start, start + len(text[start:end].rstrip())
    return None


def _written(value: str) -> str:
    """The value as it may stand after a colon: plain, or in quotes where YAML would read it otherwise."""
    tree = read_text(f"key: {value}").tree
    plain = isinstance(tree, dict) and tree == {"key": value}
    return value if plain else yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10_000).strip()
