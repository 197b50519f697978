"""What holds a grade and what would change it, in sentences in which every number is rounded so that they stay true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from scoring import exact
from scoring.firmness.form import BENT
from scoring.firmness.grade import Firmness, firmness
from scoring.firmness.marks import TotalMove, total_moves
from scoring.firmness.radius_words import radius_sentence
from scoring.firmness.remarks import Remarks
from scoring.firmness.ways import total_way, weight_way
from scoring.results import UnitResult
from scoring.scheme import Scheme
from scoring.trial import component_level


@dataclass(frozen=True)
class Distance:
    """Points from the official score to the lines as printed, by score. None: there is no such line.

    ``up`` points are missing to ``better``; ``down`` points above the line below which it is ``worse`` (0: on the line).
    """

    better: str | None
    up: Fraction | None
    worse: str | None
    down: Fraction | None


def distance(scheme: Scheme, result: UnitResult) -> Distance:
    """How many points to the next grade up, and down to the line of its own (距等次线). All None without a grade."""
    if result.score is None or result.score_grade is None or scheme.bands is None:
        return Distance(None, None, None, None)
    bands = scheme.bands.items
    place = next(i for i, band in enumerate(bands) if band.grade == result.score_grade)
    above = bands[place - 1] if place else None
    below = bands[place + 1] if place + 1 < len(bands) else None
    return Distance(
        above.grade if above else None,
        above.min - result.score if above else None,
        below.grade if below else None,
        result.score - bands[place].min if below else None,
    )


def firmness_sentences(scheme: Scheme, result: UnitResult, *, weighed: bool = True) -> tuple[str, ...]:
    """What holds the grade and what would change it, most telling first. Empty where the question makes no sense.

    「距“好”差1.90分：交叉考核须由92.00升至96.74以上」; 以上、以下、以内 include the number itself, as in law.
    ``weighed``: also what other weights would do, which is no question for the unit itself.
    """
    firm = firmness(scheme, result)
    if firm is None:
        return () if result.linear or result.score_grade is None else (BENT,)
    capped = [cap_sentence(firm, result)] if firm.caps else []
    remarks = Remarks(scheme, result)
    told = [*capped, *_upward(remarks, firm), *_downward(remarks, firm)]
    return tuple(told if len(scheme.counted) == 1 or not weighed else [*told, *_weights(scheme, result, firm)])


def cap_sentence(firm: Firmness, result: UnitResult) -> str:
    """Which clauses bar every better grade, whatever the score."""
    cites = "、".join(dict.fromkeys(limit.cite for limit in firm.caps))
    by_score = f"按分数为“{result.score_grade}”，" if result.score_grade != result.grade else ""
    return f"{by_score}因受{cites}限制等次最高为“{result.grade}”：限制未解除前，得分再高、权重怎样调整都不升等次"


def _upward(remarks: Remarks, firm: Firmness) -> Iterator[str]:
    scheme, result = remarks.scheme, remarks.result
    if firm.form.reach.high is None or result.score is None:
        return
    grade, line = line_at(scheme, firm.form.reach.high + firm.form.offset)
    short = f"距“{grade}”差{points(scheme, line - result.score)}分"
    if moves := total_moves(remarks, firm.form, up=True):
        yield f"{short}：{total_way(scheme, _smallest(moves), up=True, must=True)}"
    else:
        full = all(remarks.ends(part.id)[1] == scheme.full_of(part.id) for part in scheme.counted)
        most = f"{'满分' if full else '最高分'}{_unmoved(remarks)}"
        only = f"即使得{most}" if len(scheme.counted) == 1 else f"任何一种{scheme.words.component}单独升至{most}"
        yield f"{short}：{only}，也进不了“{grade}”"


def _downward(remarks: Remarks, firm: Firmness) -> Iterator[str]:
    scheme, result = remarks.scheme, remarks.result
    if firm.form.reach.low is None or result.score is None:
        return
    grade, line = line_at(scheme, firm.form.reach.low + firm.form.offset)
    spare = stands(scheme, grade, result.score - line)
    moves = total_moves(remarks, firm.form, up=False)
    if not moves:
        lowest = any(remarks.ends(part.id)[0] for part in scheme.counted)
        least = f"{'最低分' if lowest else '0分'}{_unmoved(remarks)}"
        yield f"{spare}：任何一种{scheme.words.component}单独降至{least}，也不降等次"
        return
    yield f"{spare}：{total_way(scheme, _smallest(moves), up=False)}即低于该线"


def _unmoved(remarks: Remarks) -> str:
    """What stays as it is when a person's marks go to one end."""
    whole = all(remarks.whole(part.id) for part in remarks.scheme.counted)
    return "" if whole else "（按实际数值、完成情况计分的不变）"


def stands(scheme: Scheme, grade: str, spare: Fraction) -> str:
    """Where a score is by the line of its grade."""
    return f"高出“{grade}”等次线{points(scheme, spare)}分" if spare else f"正在“{grade}”等次线上"


def _weights(scheme: Scheme, result: UnitResult, firm: Firmness) -> Iterator[str]:
    yield radius_sentence(firm, f"各{scheme.words.component}")
    if firm.fixed:
        return
    if firm.form.reach.high is not None:
        yield (
            _move(scheme, firm, True)
            or f"任何{scheme.words.component}权重都进不了“{line_at(scheme, firm.form.reach.high + firm.form.offset)[0]}”"
        )
    if firm.form.reach.low is not None:
        yield (
            _move(scheme, firm, False)
            or f"任何{scheme.words.component}权重都不会低于“{line_at(scheme, firm.form.reach.low + firm.form.offset)[0]}”"
        )


def _move(scheme: Scheme, firm: Firmness, up: bool) -> str | None:
    move = firm.up if up else firm.down
    if move is None:
        return None
    level = component_level(scheme)
    line = line_at(scheme, (firm.form.reach.low or Fraction(0)) + firm.form.offset)[0] if not up else ""
    effect = f"即达到“{move.grade}”" if up else f"即低于“{line}”等次线"
    return f"{weight_way(level, move)}{effect}" if level else None


def _smallest(moves: tuple[TotalMove, ...]) -> TotalMove:
    return min(moves, key=lambda move: abs(move.to - move.before))


def line_at(scheme: Scheme, effective: Fraction) -> tuple[str, Fraction]:
    """The grade that begins at an effective line, and its line as printed."""
    bands = scheme.bands.items if scheme.bands else ()
    found = next(band for band in bands if exact.effective(band.min, scheme.places) == effective)
    return found.grade, found.min


def points(scheme: Scheme, value: Fraction) -> str:
    """A difference of scores: the official decimals where they are exact."""
    fits = scheme.places is not None and (value * 10**scheme.places).denominator == 1
    return exact.fixed(value, scheme.places or 0) if fits else exact.shown(value)
