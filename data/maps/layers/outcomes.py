"""结果运用: who is to be praised, talked to or summoned, by the gravest; every outcome with its clause in the tip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.follow_up import ground, outcome_key
from data.maps import paint
from data.maps.layers.gravity import borne_by_gravity, gravest, ladder, looks
from data.maps.layers.model import Asked, Painted, rests, tip
from data.maps.paint import Fill
from data.maps.spots import Spot, facts
from data.store import CHOICES, Decision
from scoring.explain import at_odds, telling, told_consequences
from scoring.results import Consequence
from scoring.rules import Outcome
from scoring.scheme import Scheme
from scoring.sentences import pending_text, recommended_text
from scoring.standing import word

NONE = "无拟办事项"


def told_outcomes(scheme: Scheme) -> tuple[Outcome, ...]:
    """The outcomes that distinguish units, in the scheme's order; those that follow for every grade alike say nothing."""
    return tuple(each for each in scheme.outcomes if telling(scheme, each) and not each.concerns)


def painted(found: Sequence[Spot], asked: Asked) -> Painted:
    """Consequences from the gravest down, then praise, then those of whom nothing is proposed or known yet."""
    outcomes = told_outcomes(asked.scheme)
    known, decided = looks(outcomes, asked.colors), asked.measures.decided(asked.state)
    fills = {spot.place.code: _fill(spot, outcomes, known, decided, asked) for spot in found}
    note = f"图示按测算等次和情形拟作的结果运用（{rests(*outcomes)}），均须由人审定{_several(outcomes)}。"
    return Painted(fills, ladder(outcomes, asked.colors), note)


def _fill(
    spot: Spot,
    outcomes: Sequence[Outcome],
    known: Mapping[str, Fill],
    decided: Mapping[tuple[str, str], Decision],
    asked: Asked,
) -> Fill:
    assert spot.state is not None
    assert spot.result is not None
    scheme, result = spot.state.scheme, spot.result
    found = [each for each in told_consequences(scheme, result) if each.outcome in outcomes]
    lines = [_line(spot, each, decided) for each in found]
    waiting = pending_text(result) if result.to_check else ""
    shown = tip(spot, *lines, _both(spot), waiting, recommended_text(scheme, result), *facts(spot))
    heaviest = gravest([each.outcome for each in found], outcomes)
    if heaviest is None:
        if result.grade:  # there is a result, and nothing follows: not the grey of what is missing
            return Fill(paint.pale(asked.colors), NONE, "－", tip=shown)
        return Fill(paint.rgb(asked.colors.line), word(result), "○", tip=shown)
    fill = known[heaviest.action]
    return replace(fill, lines=(fill.sign, *_more(spot, found)), tip=shown)


def _several(outcomes: Sequence[Outcome]) -> str:
    """How the colour is chosen, where a place can have several consequences. The order is the document's, the reading ours."""
    if len(borne_by_gravity(outcomes)) < 2:
        return ""
    return "；一地有几项的，按最重的着色（轻重依文件所列次序，提交报告为最轻），逐项见提示"


def _line(spot: Spot, each: Consequence, decided: Mapping[tuple[str, str], Decision]) -> str:
    """拟谈话提醒（六（六））：等次为“一般”；已决定：采纳."""
    assert spot.state is not None
    assert spot.result is not None
    scheme, outcome = spot.state.scheme, each.outcome
    why = ground(scheme, spot.result, outcome)
    made = decided.get((spot.result.unit, outcome_key(scheme, outcome)))
    told = f"拟{outcome.action}（{outcome.basis}）" + (f"：{why}" if why else "")
    return told + (f"；已决定：{CHOICES[made.ruling.choice]}" if made else "")


def _more(spot: Spot, found: Sequence[Consequence]) -> list[str]:
    """How many more there are, under the gravest."""
    return [f"共{len(found)}项"] if len(found) > 1 else []


def _both(spot: Spot) -> str:
    assert spot.state is not None
    assert spot.result is not None
    return "既拟表扬，又拟作其他处理，请一并审定" if at_odds(spot.state.scheme, spot.result) else ""
