"""What a trial comes to, computed exactly: who changes grade and why, before and after, how grades migrate, what weighs what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from fractions import Fraction

import streamlit as st

from components.explore import whatif_slope
from components.explore.address import of_group
from components.grades import chip, palette, shape
from components.links import link
from components.navigation import FIRMNESS
from components.results.charts import CONFIG
from components.tables import cell, table
from components.text import markdown
from data.state import State
from scoring import exact
from scoring.explain import score_text
from scoring.firmness.form import has_firmness
from scoring.firmness.grade import Firmness, firmness
from scoring.firmness.headline import all_firm
from scoring.firmness.words import firmness_sentences
from scoring.moved import moved
from scoring.results import Results, UnitResult
from scoring.scheme import Scheme
from scoring.sentences import Sentence, say, strong
from scoring.standing import MISSING, UNJUDGED, draws_lines, gives_places, word
from scoring.trial import CATEGORIES, LINES, POINTS, WEIGHTS, Level, Trial, levels

Names = Mapping[str, str]
"""Unit → what it is called on this page."""
NOBODY: Mapping[str, str] = {}
AT_ONCE, NEAREST = 12, 8
"""Sentences told at once; and of how many units, the least firm first, firmness is told in words."""


def headline(before: Results, after: Results, names: Names) -> str:
    """How many change: "1个市（区）改变等次，2个位次变化"; of grades and places only what the scheme has."""
    found, words = moved(before, after, names), after.scheme.words
    noun = f"{words.measure}{words.units}"
    lined = draws_lines(before.scheme) or draws_lines(after.scheme)
    if not gives_places(after.scheme):
        graded, scored = (found.grades, "改变等次", "等次均不变"), (found.scores, "得分变化", "得分均不变")
        return _counted(noun, *(graded if lined else scored))
    if not lined:
        return _counted(noun, found.places, "位次变化", "位次均不变")
    grades = _counted(noun, found.grades, "改变等次", "等次均不变")
    return f"{grades}，{_counted(words.measure, found.places, '位次变化', '位次均不变')}"


def _counted(noun: str, number: int, changed: str, stayed: str) -> str:
    return f"{number}{noun}{changed}" if number else stayed


def sentences(before: Results, after: Results, names: Names, why: Mapping[str, str] = NOBODY) -> list[Sentence]:
    """One for each unit whose grade changes: 对象丙 89.24 → 90.02：较好 → 好，因交叉考核权重 40 → 46.

    ``why`` says what did it, by unit (``scoring.causes``).
    """
    return [
        _sentence(name, (_score(was, before.scheme), _score(now, after.scheme)), was, now, why.get(now.unit, ""))
        for name, was, now in _pairs(before, after, names)
        if was.grade != now.grade
    ]


def _sentence(name: str, scores: tuple[str, str], was: UnitResult, now: UnitResult, why: str) -> Sentence:
    """A score that stays is said once."""
    before, after = scores
    moved = f"{name} {'' if before == after else f'{before} → '}"
    return say(moved, strong(after), f"：{word(was)} → ", strong(word(now)), f"，{why}" if why else "")


def show(
    before: Results, after: Results, names: Names, why: Mapping[str, str] = NOBODY, *, drawn: bool = False, narrow: bool = False
) -> None:
    """The sentences, the lines before → after beside how the grades migrated, then every unit before and after.

    ``drawn``: the board draws the scores already, so the lines begin with the places. ``narrow``: a phone has no room for
    sums, nor for a table in which nothing moves.
    """
    st.markdown(f"**{headline(before, after, names)}**")
    _tell(sentences(before, after, names, why))
    picture, counted = st.columns([3, 2], gap="medium")
    with picture:
        _slope(before, after, names, whatif_slope.PLACE if drawn else whatif_slope.SCORE)
    with counted:
        told = not narrow or any(was.grade != now.grade for _, was, now in _pairs(before, after, names))
        if told and (moved := migration(before, after, names, sums=not narrow)):
            st.markdown("**等次变动**　:gray[行为原等次，列为测算等次，数字为个数]")
            table(moved, "原等次与测算等次的对照")
    with st.container(key="whatif-exact"):
        table([_row(before, after, *pair) for pair in _pairs(before, after, names)], "测算前后的位次、得分与等次")


def _tell(told: list[Sentence]) -> None:
    """All of them; of many the first at once and the rest on demand."""
    lines = [f"- {markdown(sentence)}" for sentence in told]
    st.markdown("\n".join(lines[:AT_ONCE]))
    if lines[AT_ONCE:]:
        with st.expander(f"其余{len(lines) - AT_ONCE}个改变等次的"):
            st.markdown("\n".join(lines[AT_ONCE:]))


def _slope(before: Results, after: Results, names: Names, first: str) -> None:
    """The picture, by score or, where there are places, by place."""
    by = whatif_slope.SCORE
    if gives_places(after.scheme):
        key = f"whatif-slope-{'place' if first == whatif_slope.PLACE else 'score'}-first"
        both = [whatif_slope.SCORE, whatif_slope.PLACE]
        chosen = st.segmented_control(
            "画得分还是位次", both, default=first, key=key, required=True, label_visibility="collapsed"
        )
        by = str(chosen or first)
    pairs, colors = _pairs(before, after, names), palette()
    if lines := whatif_slope.lines_of(before, after, pairs, by, colors):
        figure = whatif_slope.slope(before, after, lines, by, colors)
        told = whatif_slope.described(lines, by)
        st.plotly_chart(figure, config=CONFIG, width="stretch", key="whatif-slope", alt=told)
    if told := whatif_slope.left_out(pairs, lines, after.scheme.words.measure):
        st.caption(told)


def _pairs(before: Results, after: Results, names: Names) -> list[tuple[str, UnitResult, UnitResult]]:
    """(name, before, after) by the place after; those without a score last."""
    found = [(name, before.of(unit), after.of(unit)) for unit, name in names.items()]
    return sorted(found, key=lambda pair: (pair[2].rank is None, pair[2].rank or 0))


def _row(before: Results, after: Results, name: str, was: UnitResult, now: UnitResult) -> dict[str, str]:
    scheme, colours = after.scheme, palette()
    grade = f"{shape(scheme.grades, now.grade, colours)} {now.grade}" if now.grade else word(now)
    if was.grade != now.grade:
        grade = f"{word(was)} → **{grade}**"
    place = _change("—" if was.rank is None else str(was.rank), "—" if now.rank is None else str(now.rank))
    return {
        scheme.words.unit: f"**{cell(name)}**" if was.grade != now.grade else cell(name),
        **({"位次": place} if gives_places(scheme) else {}),
        "得分": _change(_score(was, before.scheme), _score(now, scheme)),
        **({"等次": grade} if draws_lines(before.scheme) or draws_lines(scheme) else {}),
    }


def _change(was: str, now: str) -> str:
    return now if was == now else f"{was} → **{now}**"


def _score(result: UnitResult, scheme: Scheme) -> str:
    return MISSING if result.score is None else score_text(scheme, result.score)


def migration(before: Results, after: Results, names: Names, *, sums: bool = True) -> list[dict[str, str]]:
    """Rows before, columns after, ``sums`` at the end; empty where nothing is graded."""
    known = [(word(was), word(now)) for _, was, now in _pairs(before, after, names) if was.score is not None]
    counts = Counter(pair for pair in known if MISSING not in pair)
    without = any(UNJUDGED in pair for pair in counts)
    if not any(set(pair) - {UNJUDGED} for pair in counts):
        return []
    grades = (*after.scheme.grades, *([UNJUDGED] if without else []))
    return [
        {"原等次": was}
        | {now: _count(counts[was, now], was == now) for now in grades}
        | ({"合计": str(sum(counts[was, now] for now in grades))} if sums else {})
        for was in grades
    ]


def _count(number: int, stayed: bool) -> str:
    if not number:
        return "·"
    return str(number) if stayed else f"**{number}**"


def effective(scheme: Scheme, trial_scheme: Scheme, group: str, trial: Trial) -> list[dict[str, str]]:
    """What each way and category, and whatever else was moved or is read otherwise, weighs or is worth before and after."""
    was, now = levels(scheme, group), levels(trial_scheme, group)
    shown = [
        level for level in now if level in (WEIGHTS, CATEGORIES) or level in trial or _read_otherwise(level, was, now)
    ]
    return [
        {
            "项目": cell(now[level].name),
            "名称": cell(now[level].names[name]),
            "原": _value(now[level], before) if (before := _original(was, level, name)) is not None else "—",
            "测算": _change("—" if before is None else _value(now[level], before), _value(now[level], value)),
        }
        for level in shown
        for name, value in now[level].originals.items()
    ]


def _read_otherwise(level: str, was: Mapping[str, Level], now: Mapping[str, Level]) -> bool:
    """Whether another reading gives other points or lines. Item weights follow from those of the categories shown."""
    return level in (POINTS, LINES) and (level not in was or was[level].originals != now[level].originals)


def _original(was: Mapping[str, Level], level: str, name: str) -> Fraction | None:
    return was[level].originals.get(name) if level in was else None


def weights(scheme: Scheme, trial_scheme: Scheme, group: str, trial: Trial) -> None:
    """Draw what everything weighs, before and after."""
    table(effective(scheme, trial_scheme, group, trial), "原值与测算值")
    st.caption("类别权重由各项指标权重推出；权重合计不变，移动一项，其余按比例变动。")


def _value(level: Level, value: Fraction) -> str:
    return f"{exact.shown(value, 2)}{'%' if level.mode == 'weights' else '分'}"


def firm(state: State, results: Results, names: Names, group: str) -> None:
    """How far all weights can move at once, for the least firm units the nearest change in words, and where there is more."""
    scheme = results.scheme
    found = firm_ones(results, names)
    st.markdown(f"**{all_firm(scheme, found.values())}**")
    more = of_group(state, group)
    link(state, FIRMNESS, "逐个判断、排位与口径影响见等次稳定性", ":material/arrow_forward:", width="stretch", **more)
    for unit, name in least_firm(found, names)[:NEAREST]:
        result = results.of(unit)
        if told := firmness_sentences(scheme, result):
            with st.container(border=True):
                st.markdown(
                    f"**{cell(name)}**　{_score(result, scheme)}分　{chip(scheme.grades, result.grade or '', palette())}"
                )
                st.markdown("\n".join(f"- {cell(text)}" for text in told))


def firm_ones(results: Results, units: Iterable[str]) -> dict[str, Firmness]:
    """How firm the grade is of each unit of which that is a question."""
    known = [results.of(unit) for unit in units if has_firmness(results.scheme, results.of(unit))]
    return {result.unit: firm for result in known if (firm := firmness(results.scheme, result))}


def least_firm(found: Mapping[str, Firmness], names: Names) -> list[tuple[str, str]]:
    """Every unit with its name, those that the least re-weighting changes first; in their order where there are few."""
    told = list(names.items())
    if len(told) <= NEAREST:
        return told
    sizes = {unit: firm.radius.value for unit, firm in found.items() if firm.radius}
    return sorted((each for each in told if each[0] in sizes), key=lambda each: sizes[each[0]])


def can_be_firm(results: Results) -> bool:
    """Whether re-weighting is a question here: several ways with weights, and lines to cross."""
    scheme = results.scheme
    return len(scheme.counted) > 1 and draws_lines(scheme)
