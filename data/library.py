"""Which schemes there are, and any one of them: the built-in (data/schemes) and the office's own (自编方案)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from data import schemes
from data.scheme_keys import own_key, own_named
from data.store import SCHEME_STATES, USABLE, Assessment, OwnScheme, Store, StoreProblem
from scoring.load import load_scheme
from scoring.scheme import Scheme
from scoring.scheme_text import SchemeError


@dataclass(frozen=True)
class Shelved:
    """One scheme with its text. ``key`` finds it again: a built-in's id, ``own-3``, or ``own-3-2`` for an earlier 版.

    ``own`` is what the store keeps of an own scheme, None for a built-in; ``newest`` is False for an earlier 版 of one.
    """

    key: str
    scheme: Scheme
    text: str
    own: OwnScheme | None = None
    newest: bool = True

    @property
    def usable(self) -> bool:
        """Whether an assessment may be made from it: whole and, where it is the office's own, past 草案 now.

        An earlier 版 never is, however far it had come: it may have been sent back since.
        """
        settled = self.own is None or (self.newest and self.own.state in USABLE)
        return self.scheme.status == "whole" and settled


def built_in() -> list[Shelved]:
    """The schemes that come with the product, by id."""
    return [_built_in(scheme_id) for scheme_id in schemes.scheme_ids()]


def own(store: Store) -> list[Shelved]:
    """The office's own that can be read, each in its newest 版, the newest scheme first."""
    return [found for one in reversed(store.own_schemes()) if (found := _own(one, own_key(one.id)))]


def usable(store: Store) -> list[Shelved]:
    """What an assessment may be made from, the office's own first."""
    return [one for one in (*own(store), *built_in()) if one.usable]


def drafts(store: Store) -> list[OwnScheme]:
    """The own schemes that no assessment may be made from yet, faulty ones too."""
    return [one for one in store.own_schemes() if one.state not in USABLE]


def find(store: Store, key: str) -> Shelved:
    """The scheme of that key. Raises KeyError where there is none or it cannot be read."""
    if key in schemes.scheme_ids():
        return _built_in(key)
    named = own_named(key)
    found = _found(store, *named, key) if named else None
    if found is None:
        raise KeyError(key)
    return found


def earlier(store: Store, own: OwnScheme) -> list[Shelved]:
    """The readable 版 before this one, newest first; where only the state changed, the later alone."""
    seen, found = {own.text}, []
    for one in store.scheme_revisions(own.id):
        shelved = None if one.text in seen or one.revision > own.revision else _own(one, own_key(one.id, one.revision), newest=False)
        found += [shelved] if shelved else []
        seen.add(one.text)
    return found


@dataclass(frozen=True)
class Use:
    """One assessment made from an own scheme, and the 版 that it was made from."""

    assessment: Assessment
    revision: int


def uses(assessments: Iterable[Assessment], revisions: Sequence[OwnScheme]) -> list[Use]:
    """The assessments made from any of a scheme's revisions (newest first): an assessment keeps the text word for word."""
    return [Use(one, revision) for one in assessments if (revision := _made_from(one, revisions)) is not None]


def _made_from(assessment: Assessment, revisions: Sequence[OwnScheme]) -> int | None:
    """The 版 in force when the assessment was made, among those that say just what it keeps."""
    alike = [one for one in revisions if one.hash and one.hash == assessment.scheme_hash]
    then = [one for one in alike if one.at <= assessment.created_at]
    return next((one.revision for one in (*then, *reversed(alike))), None)


def paper_before(revisions: Iterable[OwnScheme], state: str) -> str:
    """The 文号 with which a scheme (its revisions, newest first) last came to a state; "" where it never did."""
    return next((one.paper for one in revisions if one.state == state), "")


def state_word(own: OwnScheme) -> str:
    """How far an own scheme has come: "已同意，第3版"."""
    return f"{SCHEME_STATES.get(own.state, '已移除')}，第{own.revision}版"


def _built_in(scheme_id: str) -> Shelved:
    return Shelved(scheme_id, schemes.scheme(scheme_id), schemes.scheme_text(scheme_id))


def _own(kept: OwnScheme, key: str, newest: bool = True) -> Shelved | None:
    """An own scheme as it can be read; None while its text has faults."""
    if not kept.hash:
        return None
    try:
        return Shelved(key, _loaded(kept.text, kept.title), kept.text, kept, newest)
    except SchemeError:  # an earlier program took it
        return None


def _found(store: Store, number: int, revision: int | None, key: str) -> Shelved | None:
    try:
        newest = store.own_scheme(number)
    except StoreProblem:
        return None
    if revision in (None, newest.revision):
        return _own(newest, key)
    kept = next((one for one in store.scheme_revisions(number) if one.revision == revision), None)
    return _own(kept, key, newest=False) if kept else None


@lru_cache(maxsize=64)
def _loaded(text: str, name: str) -> Scheme:
    return load_scheme(text, name)
