"""One word for one value of the format: on the editor's tables, in workbooks and in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

import pytest

from data.scheme_book.codecs import codec_of
from data.schemes import scheme
from scoring.diff_words import said
from scoring.field_words import WORDS, some, word
from scoring.kinds import Element
from scoring.scheme import Scheme
from scoring.scheme_cells import OneOf, SomeOf
from scoring.scheme_parts import tables_of
from scoring.scheme_tables import FieldTable
from scoring.shape import element_in

COUNTY = scheme("jiangmen-2020-county")


def _literals(annotation: Any) -> list[str]:
    if get_origin(annotation) is Literal:
        return list(get_args(annotation))
    return [each for inner in get_args(annotation) for each in _literals(inner)]


def _coded(kind: type[Element], seen: set[type[Element]]) -> Iterator[tuple[str, str, Any, str]]:
    """Element, field, annotation and value, for every value that the format lists."""
    if kind in seen:
        return
    seen.add(kind)
    for name, info in kind.model_fields.items():
        yield from ((kind.__name__, name, info.annotation, value) for value in _literals(info.annotation))
        if inner := element_in(info.annotation):
            yield from _coded(inner, seen)


CODED = list(_coded(Scheme, set()))


@pytest.mark.parametrize(("kind", "name", "annotation", "value"), CODED, ids=lambda each: str(each)[:20])
def test_every_listed_value_has_a_word_that_workbooks_and_sentences_share(
    kind: str, name: str, annotation: Any, value: str
):
    assert value in WORDS[name], f"Name it in scoring/field_words.py: {name}, {value}"
    codec = codec_of(name, annotation)
    assert codec is not None
    written = [value] if get_origin(annotation) is tuple else value
    assert codec.say(written) == word(name, value) == said(COUNTY, kind, name, value)
    assert codec.mean(codec.say(written)) == written


def test_within_a_field_every_word_means_one_value():
    assert all(len(set(words.values())) == len(words) for words in WORDS.values())


def test_the_editors_tables_use_the_same_words():
    tables = tables_of({"combine": "weighted", "item_weights": {"equal": "leaves"}})
    offered = {}
    for table in tables:
        cells = table.fields if isinstance(table, FieldTable) else table.columns
        offered |= {
            (table.key, one.path[-1]): one.codec.words for one in cells if isinstance(one.codec, OneOf | SomeOf)
        }
    coded = {key: dict(words) for key, words in offered.items() if set(words) != {"true", "false"}}
    assert len(coded) >= 8
    assert all(words == some(field, words) for (_, field), words in coded.items())


def test_what_is_no_listed_value_is_said_as_it_stands():
    assert (word("kind", "别的"), word("title", "tick")) == ("别的", "tick")
