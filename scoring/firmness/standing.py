"""Forms for places alone: they make sense, too, where the document draws no lines and so gives no grade to lose."""

from __future__ import annotations

from scoring.firmness.form import Form, form
from scoring.firmness.places import Ordering
from scoring.firmness.weightings import Stretch, normalised
from scoring.linear import terms
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.trial import Level

UNLINED = ""
"""The one band of a scale without lines."""


def rank_form(scheme: Scheme, result: UnitResult, level: Level, *, rules: bool = True) -> Form | None:
    """The unit's form at a level as far as its place is concerned; None where its score is no straight line there.

    With lines it is ``form``; without, a scale of a single band.
    """
    if result.score_grade is not None:
        return form(scheme, result, level, rules=rules)
    if result.inherited or result.exact is None or not result.linear:
        return None
    found = terms(scheme, level, result)
    if found.x is None or not found.linear:
        return None
    weights = normalised([*level.originals.values()])
    everything = Stretch(None, None)
    return Form(tuple(level.originals), found.x, weights, found.offset, (), (UNLINED,), (UNLINED,), everything)


def ordering_of(scheme: Scheme) -> Ordering:
    """What places are read from: the scheme's own, and by score alone where no line gives a grade."""
    lined = scheme.bands and scheme.bands.items
    return Ordering.of(scheme) if lined else Ordering(("score",), (UNLINED,), scheme.places)
