"""Who stands near a line (临界): the points missing to the next grade, and those above the line of the own."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from scoring.explain import score_text
from scoring.grading import verdict
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme
from scoring.speech import Sentence, say, strong

NEAR = Fraction(1)
"""Fewer points than this from a line, a unit stands at the edge (临界, 不足1分)."""


def to_next(scheme: Scheme, result: UnitResult) -> tuple[str, Fraction] | None:
    """The next line that would better the grade, and the points missing to it, as printed.

    None at the top, and where the limits bar every better grade: "距“好”差0.50分" would promise what cannot be had.
    """
    if result.score is None or result.score_grade is None or result.grade is None or scheme.bands is None:
        return None
    above = [band for band in reversed(scheme.bands.items) if band.min > result.score]
    found = next(
        (band for band in above if scheme.worse_than(result.grade, _ends_in(scheme, result, band.grade))), None
    )
    return (found.grade, found.min - result.score) if found else None


def _ends_in(scheme: Scheme, result: UnitResult, grade: str) -> str:
    """What a grade by score comes to under the unit's confirmed limits."""
    return (
        verdict(scheme, grade, [fact for fact in result.facts if fact.confirmed], result.category_grades).grade or grade
    )


def to_fall(scheme: Scheme, result: UnitResult) -> tuple[str, Fraction] | None:
    """The line below which the grade would be worse, by its grade, and the points above it; 0 is exactly on it.

    Under a limit it may be a lower line than that of the score. None where no lower score changes the grade.
    """
    if result.score is None or result.score_grade is None or result.grade is None or scheme.bands is None:
        return None
    reached = [band for band in scheme.bands.items if band.min <= result.score]
    for band, below in pairwise(reached):
        if scheme.worse_than(_ends_in(scheme, result, below.grade), result.grade):
            return band.grade, result.score - band.min
    return None


def above_line(scheme: Scheme, result: UnitResult) -> Fraction | None:
    """Points between the official score and the line of the grade it reaches; 0 is exactly on the line."""
    if result.score is None or result.score_grade is None or scheme.bands is None:
        return None
    return result.score - next(band.min for band in scheme.bands.items if band.grade == result.score_grade)


def at_edge(results: Results) -> list[tuple[UnitResult, Sentence]]:
    """Units less than a point from a line that decides their grade, nearest first, each with a sentence on how near.

    Only those that are marked themselves: a helping unit moves with its towns.
    """
    found = []
    marked = {group.id for group in results.scheme.marked_groups}
    for result in (result for result in results.units if result.group in marked):
        following = to_next(results.scheme, result)
        above = above_line(results.scheme, result)
        if following and following[1] < NEAR:
            found.append((following[1], result, _below(results.scheme, result, *following)))
        elif above is not None and above < NEAR and _would_fall(results.scheme, result):
            found.append((above, result, _just_above(results.scheme, result, above)))
    return [(result, sentence) for _, result, sentence in sorted(found, key=lambda entry: entry[0])]


def _would_fall(scheme: Scheme, result: UnitResult) -> bool:
    """Whether below the line of its score the unit's grade would be worse; under a limit it may be the same."""
    place = scheme.grades.index(result.score_grade or "")
    below = scheme.grades[place + 1 : place + 2]
    return bool(below) and _ends_in(scheme, result, below[0]) != result.grade


def _below(scheme: Scheme, result: UnitResult, grade: str, gap: Fraction) -> Sentence:
    return say(strong(f"{result.unit}距“{grade}”差{score_text(scheme, gap)}分"))


def _just_above(scheme: Scheme, result: UnitResult, above: Fraction) -> Sentence:
    if not above:
        return say(strong(f"{result.unit}恰在“{result.score_grade}”线上"))
    return say(strong(f"{result.unit}仅高出“{result.score_grade}”线{score_text(scheme, above)}分"))
