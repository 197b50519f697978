"""等次稳定性: how firm every grade and place is, what would change it, and which readings matter more than the weights."""

from __future__ import annotations

from components import page
from components.explore import (
    firmness_address,
    firmness_bars,
    firmness_empty,
    firmness_loading,
    firmness_ranks,
    firmness_readings,
    firmness_verdicts,
    naming,
    whatif,
)
from data.state import State


def draw(state: State) -> None:
    """The verdicts, the bars of one unit, places over all weightings, readings beside weights, the method."""
    group = whatif.choose_group(state)
    if not firmness_empty.weighs(state, group):
        return
    firm = firmness_loading.loaded(state, group)
    names = naming.names_of(state, group)
    firmness_empty.toolbar(state)
    firmness_empty.single(firm)
    unit = firmness_address.unit_of(names, firmness_address.first(firm, names))
    if firm.judged:
        firmness_verdicts.first_words(firm, names)
        firmness_verdicts.show(firm, names)
    else:
        firmness_empty.no_grades(firm)
    level = firmness_bars.section(firm, names)
    firmness_ranks.section(firm, names, level)
    firmness_readings.section(firm, names)
    firmness_empty.method()
    firmness_address.write(state, group, names, unit, level)


state = page.head("等次稳定性")
if firmness_empty.opens(state):
    page.live(draw, state, key="firmness")
page.foot(state)
