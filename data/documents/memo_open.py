"""What the memo leaves open: readings nobody has confirmed, sheets that have not come, facts that wait, what is odd."""

from __future__ import annotations

from collections.abc import Iterator

from data.documents.cells import RESULTS
from data.documents.compared_units import in_order, label, masked
from data.scenarios import Compared
from scoring.assumption_words import label_words
from scoring.assumptions import Assumption


def open_points(compared: Compared) -> Iterator[str]:
    """One paragraph a point, those that bear on grades first; that there is none is said, too."""
    told = [*_readings(compared), *_missing(compared), *_waiting(compared), *_odd(compared)]
    yield from told or ["没有尚待确定的事项。"]


def _readings(compared: Compared) -> Iterator[str]:
    state, words = compared.state, compared.base.scheme.words
    quiet = []
    for reading in state.unconfirmed:
        most = _most(compared, reading)
        if not most and not {reading.key, reading.key.partition(".")[0]} & RESULTS:
            continue
        if not most:
            quiet.append(f"“{reading.name}”")
            continue
        others = "、".join(f"“{label_words(text)}”" for text in reading.labels if text != state.reading(reading))
        yield (
            f"“{reading.name}”：原文未规定，尚未确认。{_sentence(reading.text)}"
            f"改用{others}的，至多有{most}{words.measure}{words.units}等次改变。"
        )
    if quiet:
        yield f"另有{len(quiet)}项影响计分的口径原文未规定、尚未确认，换用所列的其他口径不改变等次：{'、'.join(quiet)}。"


def _sentence(text: str) -> str:
    return text if text.endswith("。") else f"{text}。"


def _most(compared: Compared, reading: Assumption) -> int:
    """The most grades that another reading changes among the units told of here."""
    effects = compared.state.effects_of(reading)
    return max((len(compared.names.keys() & effect.changes.keys()) for effect in effects), default=0)


def _missing(compared: Compared) -> Iterator[str]:
    scheme = compared.base.scheme
    told = []
    for unit in in_order(compared):
        result = compared.base.results.of(unit)
        if result.missing:
            parts = "、".join(scheme.component(part).name for part in result.missing)
            told.append(f"{compared.names[unit]}（{parts}）")
    if told:
        lacking = f"暂缺{len(told)}{scheme.words.measure}{scheme.words.units}的结果：{'、'.join(told)}"
        yield f"{lacking}。暂缺的不计得分、等次和位次，位次为暂列。"


def _waiting(compared: Compared) -> Iterator[str]:
    scheme = compared.base.scheme
    waiting = [compared.names[unit] for unit in in_order(compared) if compared.base.results.of(unit).to_check]
    if waiting:
        yield f"有情形尚待第二人核对、核对后结果可能改变的：{'、'.join(waiting)}。"
    floors = [compared.names[unit] for unit in in_order(compared) if compared.base.results.of(unit).recommended]
    if floors:
        yield f"“原则上”的保底尚待认定、认定后等次提高的{scheme.words.units}：{'、'.join(floors)}。"


def _odd(compared: Compared) -> Iterator[str]:
    for number, column in enumerate(compared.columns):
        for problem in column.problems:
            yield f"{label(number)}：{masked(compared, problem)}。"
    for refused in compared.refused:
        yield masked(compared, f"“{refused.name}”未列入比对：{'；'.join(refused.problems)}。")
