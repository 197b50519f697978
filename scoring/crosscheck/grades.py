"""A grade that differs: a line, a limit, or what it was read from."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from fractions import Fraction

from scoring import exact
from scoring.crosscheck.case import Case, Cause
from scoring.crosscheck.expected import DUST, plain_grade
from scoring.crosscheck.layout import TOTAL, Slot
from scoring.crosscheck.trace import comparisons, looked_up
from scoring.grading import grade_for


def by_rule(case: Case, slot: Slot) -> Iterator[Cause]:
    """Every cause that gives exactly this grade from the score that stands in the workbook."""
    told, result = plain_grade(case.cell(slot).text), case.of[slot.unit]
    score = case.score(slot)
    if score is None or result.score is None or case.scheme.bands is None:
        return
    by_score = grade_for(case.scheme, score)
    binding = [limit for limit in result.limits if limit.binds]
    floors = [floor for floor in result.floors if floor.binds and floor.confirmed]
    if told not in case.scheme.grades:
        yield Cause("line", f"“{told}”不是本方案的等次（{'、'.join(case.scheme.grades)}）")
        return
    if told == by_score and binding:
        why = binding[0]
        yield Cause(
            "limit-missing", f"只按得分定了等次，没有执行等次限制：{why.text}（{why.cite}），等次最高为“{why.best}”"
        )
    if told == by_score and floors and not binding:
        yield Cause(
            "floor-missing", f"没有执行保底：{floors[0].text}（{floors[0].cite}），等次不低于“{floors[0].worst}”"
        )
    if told != by_score:
        lines = list(_line(case, slot, told, score))
        yield from lines
        if not lines or case.book.node(slot.at) is None:
            yield from _other_limit(case, slot, told, by_score)


def _line(case: Case, slot: Slot, told: str, score: Fraction) -> Iterator[Cause]:
    one = case.slot(slot, TOTAL)
    held = case.cell(one).number if one else case.of[slot.unit].exact
    lines = {band.grade: band.min for band in case.scheme.bands.items} if case.scheme.bands else {}
    if held is not None and held != score and grade_for(case.scheme, held) == told:
        dust = abs(held - score) <= DUST
        what = "Excel的浮点误差" if dust else "未舍入的得分"
        yield Cause(
            "float" if dust else "rounding", f"按{what}{exact.shown(held, 6)}定了等次，本系统按{exact.shown(score)}定"
        )
        return
    node = case.book.node(slot.at)
    signs, table = comparisons(node), looked_up(node)
    alien = [
        value
        for value in [*(value for _, value in signs), *table]
        if value not in lines.values() and value not in (0, 100)
    ]
    absent = [line for line in lines.values() if line and line not in [*(value for _, value in signs), *table]]
    if alien and (signs or table):
        near = [min(absent, key=lambda line: abs(line - value)) for value in dict.fromkeys(alien)] if absent else []
        wrong, own = "、".join(map(exact.plain, dict.fromkeys(alien))), "、".join(map(exact.plain, dict.fromkeys(near)))
        yield Cause("line", f"公式里的等次线写成{wrong}分" + (f"，应为{own}分" if own else ""))
        return
    if score in lines.values() and any(sign in (">", "<=") and value == score for sign, value in signs):
        yield Cause(
            "line",
            f"恰为{exact.plain(score)}分，公式用的是“大于”，应含{exact.plain(score)}分（{exact.plain(score)}分以上）",
        )
        return
    lower = next((grade for grade, line in sorted(lines.items(), key=lambda each: -each[1]) if line < score), None)
    if score in lines.values() and told == lower:
        yield Cause(
            "line", f"恰为{exact.plain(score)}分，按“大于{exact.plain(score)}分”定了等次；应含{exact.plain(score)}分"
        )
        return
    if node is None:
        yield from _other_lines(case, slot, told, score)


def _other_lines(case: Case, slot: Slot, told: str, score: Fraction) -> Iterator[Cause]:
    """Another common line that gives the grade, where the whole column fits it and the lines of the document do not."""
    column = [one for one in case.column(slot) if case.score(one) is not None]
    bands = case.scheme.bands.items if case.scheme.bands else ()
    for at, band in enumerate(bands[:-1]):
        for line in (95, 90, 85, 80, 75, 70, 65, 60):
            lines = {one.grade: Fraction(line) if one is band else one.min for one in bands}
            if line == band.min or not _falls(list(lines.values())):
                continue
            misfits = [one for one in column if one.at in case.off]
            fits = all(
                _graded(lines, case.score(one) or Fraction(0)) == plain_grade(case.cell(one).text) for one in misfits
            )
            held = [
                one
                for one in column
                if one.at not in case.off and case.of[one.unit].grade == case.of[one.unit].score_grade
            ]
            still = all(
                _graded(lines, case.score(one) or Fraction(0)) == plain_grade(case.cell(one).text) for one in held
            )
            if fits and still and bands[at].grade in (told, case.of[slot.unit].score_grade):
                yield Cause("line", f"“{band.grade}”的等次线按{line}分，应为{exact.plain(band.min)}分")
                return


def _falls(lines: list[Fraction]) -> bool:
    return all(one > two for one, two in itertools.pairwise(lines))


def _graded(lines: dict[str, Fraction], score: Fraction) -> str:
    return next((grade for grade, line in lines.items() if score >= line), list(lines)[-1])


def _other_limit(case: Case, slot: Slot, told: str, by_score: str | None) -> Iterator[Cause]:
    """A limit that binds another unit."""
    if by_score is None or not case.scheme.worse_than(told, by_score):
        return
    own = {limit.id for limit in case.of[slot.unit].limits}
    for result in case.results.units:
        for limit in result.limits:
            if limit.best == told and limit.id not in own and result.unit != slot.unit:
                yield Cause(
                    "limit-wrong-unit",
                    f"疑把{result.unit}的等次限制（{limit.cite}）用在了{slot.unit}：本系统中{slot.unit}没有这一情形",
                )
                return
