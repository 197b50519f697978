"""Two who changed the same thing: what the loser was about to save beside what stands now, and the choice between them.

A page asks ``tried`` to make a change and calls ``standoff`` in each run; what is held in hand stays until
the viewer decides.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from components import session
from components.tables import bold, cell, table
from components.text import escape
from data.store import Clash, Moved, StoreProblem

_KEPT = "both-values"
Insist = Callable[[Sequence[Clash]], object]
"""Makes the change all the same, having seen these: the store is told of them as what was looked at."""


@dataclass
class _Standoff:
    words: str
    clashes: tuple[Clash, ...]
    insist: Insist | None


def tried(place: str, change: Callable[[], object], insist: Insist | None = None) -> bool:
    """Make a change; whether it was made. Where another was first, both values wait at ``place`` for the viewer.

    Without ``insist`` there is nothing to decide, such as for what somebody else withdrew. Any other refusal is told at once.
    """
    try:
        change()
    except Moved as moved:
        if not moved.clashes:
            session.complain(moved)
            return False
        hold(place, str(moved), moved.clashes, insist)
    except StoreProblem as problem:
        session.complain(problem)
        return False
    else:
        return True
    return False


def hold(place: str, words: str, clashes: Sequence[Clash], insist: Insist | None) -> None:
    """Let both values wait at ``place``; begins the page anew, so that it shows what stands now."""
    st.session_state.setdefault(_KEPT, {})[place] = _Standoff(words, tuple(clashes), insist)
    st.rerun()


def standoff(place: str, called: Callable[[str], str] = str, said: Callable[[str, str], str] | None = None) -> None:
    """Draw both values that wait at ``place``, and the ways on; nothing where none do.

    ``called`` gives a thing's name for people, ``said`` (what, value) a value's words.
    """
    held: _Standoff | None = st.session_state.get(_KEPT, {}).get(place)
    if held is None:
        return
    words = said or (lambda _what, value: value)
    rows = [_row(one, called, words) for one in held.clashes]
    # A dialog, for the viewer may be far down the page; it stays until the viewer has decided.
    st.dialog("他人已先改动", width="large", dismissible=False, icon=":material/group:")(_ask)(place, held, rows)


def _ask(place: str, held: _Standoff, rows: Sequence[dict[str, str]]) -> None:
    st.warning(escape(held.words))
    table(rows, "双方内容对照")
    with st.container(horizontal=True):
        if st.button("保留对方的", icon=":material/check:", key=f"both-theirs-{place}", type="primary"):
            _over(place)
        insist = held.insist
        wanted = insist is not None and st.button("仍改为我的", icon=":material/edit:", key=f"both-mine-{place}")
        if insist is not None and wanted and tried(place, lambda: insist(held.clashes), insist):
            _over(place)


def _row(one: Clash, called: Callable[[str], str], words: Callable[[str, str], str]) -> dict[str, str]:
    when = f"，{session.local(one.at)}" if one.at else ""
    by = f"{bold(one.by)}{when}" if one.by else "—"
    mine, theirs = (cell(words(one.what, value)) or "（空）" for value in (one.mine, one.theirs))
    return {"事项": cell(called(one.what)), "对方的（现用）": theirs, "我的（未保存）": mine, "对方": by}


def _over(place: str) -> None:
    st.session_state[_KEPT].pop(place, None)
    st.rerun()
