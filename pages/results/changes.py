"""变动说明: what changed between any two versions, for whom and why. The address names both: ?from=17&to=21"""

import streamlit as st

from components import page, session
from components.results import changes_view, since
from components.results.timeline import timeline
from components.text import escape
from data.state import State


def draw(current: State) -> None:
    """The two versions, the headline, each unit, what was done, the files."""
    versions = changes_view.chosen(current)
    if versions is None:
        return
    try:
        change = session.change(current.assessment.id, *versions)
    except since.UNREADABLE as problem:
        st.error(escape(str(problem)), icon=":material/error:")
        return
    changes_view.headline(change)
    only = changes_view.units(current, change)
    if only:
        timeline(change, only)
    changes_view.deeds(change)
    changes_view.downloads(current, change)


state = page.head("变动说明")
page.live(draw, state, key="changes")
page.foot(state)
