"""提请审定事项, last part: what the office must have done before the meeting; none of it is for the meeting to decide."""

from __future__ import annotations

from collections.abc import Iterator

from data.locked import Locked
from data.papers.gaps import missing
from data.papers.openness import open_part
from data.papers.paper import Text
from data.papers.words import READING, cites, day_text
from scoring.sentences import pending_text


def before(locked: Locked) -> list[Text]:
    """Missing sheets, figures not filled in, 情形 that wait for their second person, open 异议, readings not confirmed."""
    seen = open_part(locked)
    told = [*_missing(locked), *_targets(locked), *_checks(seen), *_objections(seen), *_readings(locked)]
    return [Text(f"{number}. {text}。", grounds) for number, (text, grounds) in enumerate(told, 1)]


def _missing(locked: Locked) -> Iterator[tuple[str, tuple[str, ...]]]:
    grounds = cites(*locked.state.scheme.counted) or (READING,)
    yield from ((gap, grounds) for gap in missing(locked))


def _targets(locked: Locked) -> Iterator[tuple[str, tuple[str, ...]]]:
    for target in locked.state.unfilled:
        yield f"填报目标数值“{target.name}”，请在“口径”填报", cites(target)


def _checks(locked: Locked) -> Iterator[tuple[str, tuple[str, ...]]]:
    state = locked.state
    for result in state.results.units:
        if result.to_check:
            kinds = [state.scheme.fact(fact.fact) for fact in result.facts if not fact.confirmed]
            yield f"核对{result.unit}的情形：{pending_text(result)}，请在“情形登记”核对", cites(*kinds)


def _objections(locked: Locked) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in locked.standing.open_objections:
        text = one.text.strip().rstrip("。")
        yield f"办理异议第{one.item}号（{one.unit}，{day_text(one.raised_on)}提出）：{text}", (READING,)


def _readings(locked: Locked) -> Iterator[tuple[str, tuple[str, ...]]]:
    mattering = {reading.key for reading, _ in locked.state.mattering}
    rest = [reading.name for reading in locked.state.unconfirmed if reading.key not in mattering]
    if rest and locked.standing.settled is None:
        none = "；均不影响本次等次" if locked.state.scheme.grades else ""
        yield f"确认其余口径{len(rest)}项：{'、'.join(rest)}{none}，见口径确认表", (READING,)
