"""What an own scheme was made from (模板): kept as a key, told by its title, found again whatever others are called."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, select

from data import schemes
from data.scheme_keys import own_named
from data.store.records import OwnScheme
from data.store.tables import own_scheme


class Template(NamedTuple):
    """A template's title and text, as they were when the scheme was made from it."""

    title: str
    text: str


def words(connection: Connection, based_on: str) -> str:
    """What a scheme was made from, for people: 《2026年甲县考核》; what is no key as it is kept."""
    found = _keyed(connection, based_on)
    return f"《{found.title}》" if found else based_on


def template(connection: Connection, own: OwnScheme) -> Template | None:
    """The template of a scheme, removed or not; None where there was none or it cannot be told which.

    Rows of earlier programs keep a title in 《》: it counts where just one other scheme bears it.
    """
    return _keyed(connection, own.based_on) or _titled(connection, own)


def _keyed(connection: Connection, key: str) -> Template | None:
    if key in schemes.scheme_ids():
        return Template(schemes.scheme(key).title, schemes.scheme_text(key))
    named = own_named(key)
    if named is None:
        return None
    query = select(own_scheme.c.title, own_scheme.c.text).where(own_scheme.c.number == named[0])
    query = query.where(own_scheme.c.revision == named[1]) if named[1] else query.order_by(own_scheme.c.revision.desc())
    row = connection.execute(query.limit(1)).first()
    return Template(row.title, row.text) if row else None


def _titled(connection: Connection, own: OwnScheme) -> Template | None:
    others = select(own_scheme.c.title, own_scheme.c.text).where(own_scheme.c.state == "current", own_scheme.c.number != own.id)
    known = [Template(row.title, row.text) for row in connection.execute(others)]
    known += [Template(schemes.scheme(id_).title, schemes.scheme_text(id_)) for id_ in schemes.scheme_ids()]
    alike = [one for one in known if f"《{one.title}》" == own.based_on]
    return alike[0] if len(alike) == 1 else None
