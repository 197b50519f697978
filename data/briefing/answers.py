"""Answers kept ready for one unit: why it stands as it does, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from data.briefing.brief import Brief, in_short, paged
from data.briefing.hiding import covered
from data.briefing.model import Page
from data.briefing.parts import weak_page
from data.lettering import width, wrapped
from data.locked import Locked
from data.papers.openness import CLOSED, hidden_units
from scoring.edges import to_next
from scoring.explain import outcome_steps, steps_of
from scoring.firmness.words import firmness_sentences
from scoring.judged import judged
from scoring.results import Step, UnitResult
from scoring.sentences import pending_text
from scoring.waits import lacks

ROWS, WIDE = 8, 32.0
"""Lines that fit a page, and how many full-width letters each holds."""
CITE = 12
"""Letters of a clause after a step; a longer one stands at the foot alone."""


def answers(locked: Locked, unit: str, names: Mapping[str, str] | None = None) -> tuple[Page, ...]:
    """为什么, then 怎样会变, each over as many pages as it needs. Raises KeyError for a unit that is not assessed."""
    brief = Brief(locked, names)
    if unit in hidden_units(locked.state):
        return (covered(_closed(brief, unit), names),)
    result = brief.results.of(unit)
    found = [*_why(brief, result), *_change(brief, result)]
    return tuple(covered(page, names) for page in found)


def _closed(brief: Brief, unit: str) -> Page:
    """Instead of answers on a town whose result is not public."""
    scheme, told = brief.scheme, f"{brief.called(unit)}的{CLOSED}"
    rule = next(iter(scheme.outcomes), scheme.rank)
    return Page(
        f"why:{brief.places[unit]}",
        f"为什么·{brief.called(unit)}",
        told,
        (rule.basis,),
        lines=(told,),
        notes=(f"{told}。",),
    )


def _why(brief: Brief, result: UnitResult) -> Iterator[Page]:
    """The way from the marks to the grade, then the items that cost most; how single items were read goes to the notes."""
    steps = [step for step in _steps(brief, result) if step.what]
    single = {note for part in result.components.values() for row in part.rows.values() for note in row.notes}
    key, topic = f"why:{brief.places[result.unit]}", f"为什么·{brief.called(result.unit)}"
    pages = _split([step for step in steps if step not in single])
    for number, part in enumerate(pages, 1):
        notes = steps if number == 1 else part
        yield Page(
            paged(key, number), topic, _stands(brief, result), _cites(part), lines=tuple(_line(step) for step in part),
            notes=tuple(f"{step.what}（{step.cite}）。" if step.cite else f"{step.what}。" for step in notes),
        )  # fmt: skip
    if page := weak_page(brief, result, paged(key, len(pages) + 1), topic):
        yield page


def _steps(brief: Brief, result: UnitResult) -> list[Step]:
    """The reasons of the computed grade, then the grade that people gave, then what follows the one that stands."""
    follows = outcome_steps(brief.scheme, result)
    found = [step for step in steps_of(brief.scheme, result) if step not in follows]
    given = brief.locked.given(result)
    if given and given.grade != result.grade:
        standing = brief.locked.standing
        step = standing.settled or standing.suggested
        reason = (
            f"：{given.reason.strip().rstrip('。')}" if given.reason.strip() and result.unit not in brief.hidden else ""
        )
        found.append(Step(f"{standing.word}为“{given.grade}”{reason}", step.number if step else ""))
    return found + outcome_steps(brief.scheme, brief.stands(result))


def _cites(steps: Sequence[Step]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(step.cite for step in steps if step.cite))


def _line(step: Step) -> str:
    cite = in_short(step.cite)
    return f"{step.what}（{cite}）" if cite and len(cite) <= CITE else step.what


def _split(steps: Sequence[Step]) -> list[list[Step]]:
    """Steps over pages, so that each holds no more lines than fit."""
    pages: list[list[Step]] = [[]]
    used = 0
    for step in steps:
        lines = len(wrapped(_line(step), WIDE)) if width(_line(step)) > WIDE else 1
        if pages[-1] and used + lines > ROWS:
            pages.append([])
            used = 0
        pages[-1].append(step)
        used += lines
    return [page for page in pages if page]


def _stands(brief: Brief, result: UnitResult) -> str:
    """Where the unit stands in one sentence."""
    name, word = brief.called(result.unit), brief.locked.standing.word
    if brief.scheme.judged:
        one = judged(brief.scheme, result)
        if not one.problems:
            return f"{name}没有已核对的问题情形"
        return f"{name}有问题情形{len(one.problems)}项" + (f"，拟{one.gravest.action}" if one.gravest else "")
    if result.score is None:
        return f"{name}暂缺：{lacks(brief.scheme, result) or '尚无得分'}"
    rank = brief.rank(result)
    place = f"，第{rank}位" if rank is not None else ""
    grade = brief.grade(result)
    if grade is None:
        return f"{name}{brief.points(result.score)}分{place}，等次由评议确定"
    by_score = f"，按分数为“{result.score_grade}”" if result.score_grade and result.score_grade != grade else ""
    return f"{name}{brief.points(result.score)}分{place}{by_score}，{word}“{grade}”"


def _change(brief: Brief, result: UnitResult) -> Iterator[Page]:
    told = [Step(text, "") for text in (*firmness_sentences(brief.scheme, result), *_pending(brief, result))]
    bands = brief.scheme.bands
    cites = (bands.basis,) if bands else ()
    for number, part in enumerate(_split(told), 1):
        yield Page(
            paged(f"change:{brief.places[result.unit]}", number), f"怎样会变·{brief.called(result.unit)}",
            _nearest(brief, result), cites, lines=tuple(step.what for step in part),
            notes=(*(f"{step.what}。" for step in part), *([f"依据：{'、'.join(cites)}。"] if cites else [])),
        )  # fmt: skip


def _nearest(brief: Brief, result: UnitResult) -> str:
    name, following = brief.called(result.unit), to_next(brief.scheme, result)
    held = [limit for limit in result.limits if limit.binds]
    if held and following is None:
        return f"{name}受{held[0].cite}限制，得分再高等次也不变"
    if following:
        return f"{name}距“{following[0]}”差{brief.points(following[1])}分"
    if result.grade and result.grade == brief.scheme.grades[0]:
        return f"{name}已是最高等次“{result.grade}”"
    return f"{name}有待核对或认定的事项" if result.to_check or result.recommended else f"{name}的等次怎样会变"


def _pending(brief: Brief, result: UnitResult) -> Iterator[str]:
    """What waits for a person: a 情形, a recommended floor."""
    if result.recommended:
        yield f"原则上建议评为“{result.recommended}”，由人认定后生效"
    if result.to_check:
        yield pending_text(result)
